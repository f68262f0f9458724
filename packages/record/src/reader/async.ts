/**
 * Reading with an asynchronous AEAD: a queue of records that are being opened ahead of the reader, judged
 * strictly in their order and only when asked for. Their nonces presume that all before them open, and their key
 * that none before them holds a KeyUpdate; where that proves wrong, `rewind` gives the records back and what was
 * opened of them is forgotten. So records are opened ahead, but never acted upon.
 */
import type { AsyncAeadKey } from '@mortise/crypto'
import { ContentType } from '@mortise/wire'
import type { RecordEvent } from '../content.ts'
import type { EncryptionLevel } from '../epoch.ts'
import { headerLength, maxCiphertext } from '../limits.ts'
import type { TrafficKey } from '../trafficKey.ts'
import { acceptOpened, type ReaderState, type Unprotect } from './unprotect.ts'

interface Opening {
  readonly record: Uint8Array
  readonly outcome: Promise<Outcome>
}

type Outcome = { readonly inner: Uint8Array | undefined } | { readonly failure: unknown }

export function unprotectAsync(
  state: ReaderState,
  traffic: TrafficKey<AsyncAeadKey>,
  epoch: EncryptionLevel,
): Unprotect {
  const { framing, content, rules } = state
  const { key } = traffic
  const maxInFlight = Math.max(1, key.maxInFlight)
  const openings: Opening[] = []
  let sequenceNumber = 0 // of the first in `openings`
  let inFlight = 0
  let retired = false

  async function open(record: Uint8Array): Promise<Outcome> {
    inFlight++
    try {
      // RFC 9846 §5.2: the additional data is the header as it came
      const header = record.subarray(0, headerLength)
      const nonce = traffic.nonce(sequenceNumber + openings.length)
      return { inner: await key.open(nonce, header, record.subarray(headerLength)) }
    } catch (failure) {
      return { failure }
    } finally {
      inFlight--
      if (retired && inFlight === 0) traffic.destroy()
    }
  }

  function openAhead(): void {
    // What is skipped moves no sequence number, so there is no telling the next nonce (RFC 9846 §4.3.10).
    const most = rules.skipping() ? 1 : maxInFlight
    while (openings.length < most) {
      const header = framing.header()
      if (!header || header.type !== ContentType.application_data || header.length > maxCiphertext) return
      const record = framing.take(true)
      if (!record) return
      openings.push({ record, outcome: open(record) })
    }
  }

  /** As far as one gets without waiting. */
  function advance(): RecordEvent | undefined | typeof waiting {
    for (;;) {
      const message = content.nextMessage()
      if (message) return message
      openAhead()
      if (openings.length > 0) return waiting
      const header = framing.header()
      if (!header) return undefined
      rules.checkHeader(header)
      const record = framing.take(true)
      if (!record) return undefined
      const event = rules.acceptClear(record)
      if (event) return event
    }
  }

  async function nextOpened(): Promise<RecordEvent | undefined> {
    for (let opening = openings[0]; opening; opening = openings[0]) {
      const outcome = await opening.outcome
      if (retired) return undefined
      openings.shift()
      if ('failure' in outcome) throw outcome.failure
      if (outcome.inner) sequenceNumber++
      const event =
        acceptOpened(state, traffic, epoch, opening.record.length - headerLength, outcome.inner) ?? advance()
      if (event !== waiting) return event
    }
    return undefined
  }

  function rewind(): void {
    framing.putBack(openings.map(({ record }) => record))
    openings.length = 0
  }

  return {
    next() {
      const event = advance()
      return event === waiting ? nextOpened() : event
    },
    ahead: () => openings.reduce((total, { record }) => total + record.length, 0),
    rewind,
    retire() {
      rewind()
      retired = true
      if (inFlight === 0) traffic.destroy()
    },
  }
}

const waiting: unique symbol = Symbol('waiting')
