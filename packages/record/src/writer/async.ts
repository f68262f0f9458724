/**
 * Writing with an asynchronous AEAD: a bounded number of records is being sealed at a time. Each message takes its
 * sequence numbers when it is written, and keeps to the key it was written under, so that neither other messages
 * nor new keys have to wait.
 */
import type { AsyncAeadKey } from '@mortise/crypto'
import { ContentType, inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { headerLength } from '../limits.ts'
import type { TrafficKey } from '../trafficKey.ts'
import { cut, fragmentAt, type Fragments } from './fragments.ts'
import { setHeader } from './header.ts'
import { paddingOf, type Protect, type WriterState } from './protect.ts'
import { createTrailers } from './trailer.ts'

export function protectAsync(state: WriterState, traffic: TrafficKey<AsyncAeadKey>): Protect {
  const { key, nonce } = traffic
  const { tagLength } = traffic.aead
  const header = new Uint8Array(headerLength)
  const trailers = createTrailers()
  const slots = createSlots(Math.max(1, key.maxInFlight))
  let sequenceNumber = 0
  let messages = 0
  let retired = false

  async function seal(
    type: number,
    content: Uint8Array,
    fragments: Fragments,
    first: number,
  ): Promise<Uint8Array> {
    const out = state.allocate(fragments.total)
    const sealing: Promise<unknown>[] = []
    let failure: { readonly cause: unknown } | undefined
    let at = 0
    for (let index = 0; index < fragments.count && !failure; index++) {
      await slots.acquire()
      const fragment = fragmentAt(content, fragments, index)
      const trailer = trailers(type, fragments.paddings?.[index] ?? 0)
      const length = fragment.length + trailer.length + tagLength
      setHeader(header, ContentType.application_data, length)
      out.set(header, at)
      sealing.push(
        sealInto(
          first + index,
          fragment,
          trailer,
          out.subarray(at + headerLength, at + headerLength + length),
        ),
      )
      at += headerLength + length
    }
    await Promise.all(sealing)
    if (failure) throw failure.cause
    return out

    async function sealInto(
      number: number,
      fragment: Uint8Array,
      trailer: Uint8Array,
      place: Uint8Array,
    ): Promise<void> {
      try {
        const sealed = await key.seal(nonce(number), header, fragment, trailer)
        if (sealed.length !== place.length)
          throw new TlsError(faults.ERR_TLS_INTERNAL, {
            detail: inWords && `${place.length} sealed bytes expected, ${sealed.length} given`,
          })
        place.set(sealed)
      } catch (cause) {
        failure ??= { cause }
      } finally {
        slots.release()
      }
    }
  }

  async function sealMessage(
    type: number,
    content: Uint8Array,
    fragments: Fragments,
    first: number,
  ): Promise<Uint8Array> {
    messages++
    try {
      return await seal(type, content, fragments, first)
    } finally {
      messages--
      if (retired && messages === 0) traffic.destroy()
    }
  }

  return {
    write(type, content, size) {
      const limit = state.maxInnerPlaintext() - 1
      const fragments = cut(content.length, Math.min(size, limit), 1 + tagLength, paddingOf(state, limit))
      const first = sequenceNumber
      sequenceNumber += fragments.count
      return sealMessage(type, content, fragments, first)
    },
    records: () => sequenceNumber,
    retire() {
      retired = true
      if (messages === 0) traffic.destroy()
    },
  }
}

interface Slots {
  readonly acquire: () => Promise<void> | undefined
  readonly release: () => void
}

/** Lets so many in at a time, in the order of their coming. */
function createSlots(count: number): Slots {
  const queue: (() => void)[] = []
  let free = count
  return {
    acquire() {
      if (free > 0) {
        free--
        return undefined
      }
      return new Promise((resolve) => queue.push(resolve))
    },
    release() {
      const next = queue.shift()
      if (next) next()
      else free++
    },
  }
}
