/**
 * Bytes in, messages out: the receiving half of the record layer (RFC 9846 §5). Does no I/O and knows nothing of
 * the handshake but how its messages are delimited. Which implementation runs is decided once per traffic key.
 */
import type { MaybePromise } from '@mortise/crypto'
import { AlertDescription, inWords, isTlsError, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { createContent, type RecordEvent } from './content.ts'
import type { EncryptionLevel } from './epoch.ts'
import { createFraming } from './framing.ts'
import { checkRecordSizeLimit, defaultMaxHandshakeMessage, maxInnerPlaintext } from './limits.ts'
import { unprotectAsync } from './reader/async.ts'
import { unprotectNothing } from './reader/clear.ts'
import { createOuterRules } from './reader/outerRules.ts'
import { unprotectSync } from './reader/sync.ts'
import type { ReaderState, Unprotect } from './reader/unprotect.ts'
import { deriveTrafficKey, isAsyncKey, isSyncKey, type RecordKeys, type TrafficKey } from './trafficKey.ts'

/** Whose records are read, and how much of a message is taken. */
export interface RecordReaderOptions {
  /** Who is reading. A server takes an alert in the clear from a client that may have no keys (RFC 9846 §A.1). */
  readonly role: 'client' | 'server'
  /** The longest body, in bytes, that a handshake message of a type may announce. */
  readonly maxHandshakeMessage?: (type: number) => number
}

/**
 * Calls must not overlap: while `next` or `install` has not answered, only `append` and `destroy` may be called.
 * Whatever throws or rejects does so with a TlsError, and the reader is then of no further use: each later call
 * throws the same error, appended bytes are dropped and the key is gone.
 */
export interface RecordReader {
  /**
   * Gives the reader bytes of the stream. They are borrowed, and may be overwritten once `next` has answered
   * `undefined`: all but the beginning of one record is consumed then, and that is copied.
   */
  readonly append: (bytes: Uint8Array) => void
  /**
   * One event; `undefined` if it takes more bytes. Records of change_cipher_spec, empty application data and
   * skipped early data are no events. After an alert other than user_canceled nothing more comes (RFC 9846 §6.1).
   * A promise only if the AEAD key in use is asynchronous.
   * @throws TlsError
   */
  readonly next: () => MaybePromise<RecordEvent | undefined>
  /**
   * Reads under new keys from the next record on, sequence number 0; the keys in use are destroyed. To be called
   * right after the message that calls for it, before `next`.
   * @param epoch whose keys they are
   * @param limits `maxEarlyData`: bytes of application data to accept in epoch `early` (RFC 9846 §4.7.1), none if not given
   * @throws TlsError `ERR_TLS_EXCESS_HANDSHAKE_DATA` if handshake bytes are left over (RFC 9846 §5.1), whatever the key derivation throws
   */
  readonly install: (
    keys: RecordKeys,
    epoch: Exclude<EncryptionLevel, 'initial'>,
    limits?: { readonly maxEarlyData?: number },
  ) => MaybePromise<void>
  /**
   * For where the peer may send nothing more without an answer, though keys don't change (HelloRetryRequest).
   * @throws TlsError `ERR_TLS_EXCESS_HANDSHAKE_DATA` if handshake bytes are left over
   */
  readonly requireMessageBoundary: () => void
  /**
   * Early data was rejected (RFC 9846 §4.3.10). With keys installed, records that don't open are dropped until one
   * does; without, records of type application_data are dropped until a handshake record, the second ClientHello.
   * @param limit bytes of content and padding that may be dropped, else `ERR_TLS_TOO_MUCH_SKIPPED_EARLY_DATA`
   */
  readonly skipRejectedEarlyData: (limit: number) => void
  /**
   * Whether change_cipher_spec records of one byte 0x01 are dropped or refused: dropped between the first ClientHello
   * and the peer's Finished (RFC 9846 §5). Refused at first.
   */
  readonly allowChangeCipherSpec: (allowed: boolean) => void
  /**
   * The record_size_limit that was announced and agreed: bytes of content, type octet and padding of a protected
   * record (RFC 8449 §4). More than 2^14 + 1 means 2^14 + 1.
   * @throws TlsError `ERR_TLS_CONFIG` if below 64
   */
  readonly setMaxPlaintext: (limit: number) => void
  /** Whose keys the next record is read under. */
  readonly epoch: EncryptionLevel
  /** Bytes that were appended and belong to no event so far, for backpressure and for the end of the stream. */
  readonly buffered: number
  /** Whether a handshake message has begun and not been delivered whole. */
  readonly midMessage: boolean
  /** Destroys the key and drops what is buffered. `next` then answers `undefined`. Idempotent. */
  readonly destroy: () => void
}

/** A reader in the clear, epoch `initial`. */
export function createRecordReader(options: RecordReaderOptions): RecordReader {
  const framing = createFraming()
  const content = createContent(options.maxHandshakeMessage ?? defaultMaxHandshakeMessage)
  const rules = createOuterRules(options.role, content)
  let maxPlaintext = maxInnerPlaintext
  const state: ReaderState = { framing, content, rules, maxInnerPlaintext: () => maxPlaintext }
  let unprotect: Unprotect = unprotectNothing(state)
  let epoch: EncryptionLevel = 'initial'
  let failure: TlsError | undefined
  let busy = false
  let ended = false

  function end(): void {
    ended = true
    unprotect.retire()
    framing.clear()
  }

  function fail(error: unknown): TlsError {
    busy = false
    failure ??= isTlsError(error)
      ? error
      : new TlsError(faults.ERR_TLS_INTERNAL, { detail: inWords && 'the record layer failed', cause: error })
    end()
    return failure
  }

  function requireIdle(): void {
    if (failure) throw failure
    if (busy)
      throw fail(
        new TlsError(faults.ERR_TLS_INTERNAL, {
          detail: inWords && 'calls to a record reader must not overlap',
        }),
      )
  }

  /** RFC 9846 §6.1: data after a closure alert is ignored; an error alert ends everything. */
  function deliver(event: RecordEvent | undefined): RecordEvent | undefined {
    if (event?.kind === 'alert' && event.description !== AlertDescription.user_canceled) end()
    return event
  }

  async function deliverLater(event: Promise<RecordEvent | undefined>): Promise<RecordEvent | undefined> {
    busy = true
    try {
      const settled = await event
      busy = false
      return deliver(settled)
    } catch (error) {
      throw fail(error)
    }
  }

  function use(traffic: TrafficKey, next: EncryptionLevel): void {
    busy = false
    if (ended) return traffic.destroy()
    if (isSyncKey(traffic)) unprotect = unprotectSync(state, traffic, next)
    else if (isAsyncKey(traffic)) unprotect = unprotectAsync(state, traffic, next)
    epoch = next
    rules.protect(next)
  }

  async function useLater(traffic: Promise<TrafficKey>, next: EncryptionLevel): Promise<void> {
    busy = true
    try {
      use(await traffic, next)
    } catch (error) {
      throw fail(error)
    }
  }

  return {
    append(bytes) {
      if (!ended) framing.append(bytes)
    },
    next() {
      requireIdle()
      if (ended) return undefined
      try {
        const event = unprotect.next()
        return event instanceof Promise ? deliverLater(event) : deliver(event)
      } catch (error) {
        throw fail(error)
      }
    },
    install(keys, next, limits) {
      requireIdle()
      if (ended) return
      try {
        content.requireMessageBoundary()
        unprotect.retire()
        unprotect = unprotectNothing(state)
        content.allowEarlyData(limits?.maxEarlyData ?? 0)
        const traffic = deriveTrafficKey(keys)
        return traffic instanceof Promise ? useLater(traffic, next) : use(traffic, next)
      } catch (error) {
        throw fail(error)
      }
    },
    requireMessageBoundary() {
      requireIdle()
      try {
        content.requireMessageBoundary()
      } catch (error) {
        throw fail(error)
      }
    },
    skipRejectedEarlyData(limit) {
      requireIdle()
      unprotect.rewind()
      rules.skipEarlyData(limit)
    },
    allowChangeCipherSpec: content.allowChangeCipherSpec,
    setMaxPlaintext(limit) {
      maxPlaintext = checkRecordSizeLimit(limit)
    },
    get epoch() {
      return epoch
    },
    get buffered() {
      return framing.buffered() + unprotect.ahead()
    },
    get midMessage() {
      return content.midMessage()
    },
    destroy: end,
  }
}
