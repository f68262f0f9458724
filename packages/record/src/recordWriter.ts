/**
 * Messages in, bytes out: the sending half of the record layer (RFC 9846 §5). Which implementation runs is
 * decided once per traffic key.
 */
import type { MaybePromise } from '@mortise/crypto'
import { ContentType, inWords, isTlsError, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import type { EncryptionLevel } from './epoch.ts'
import { checkRecordSizeLimit, maxInnerPlaintext, maxPlaintext, recordLimit } from './limits.ts'
import type { PaddingPolicy } from './padding.ts'
import { deriveTrafficKey, isAsyncKey, isSyncKey, type RecordKeys, type TrafficKey } from './trafficKey.ts'
import { protectAsync } from './writer/async.ts'
import { protectNothing } from './writer/clear.ts'
import type { Protect, WriterState } from './writer/protect.ts'
import { protectSync } from './writer/sync.ts'

/** How records are made. */
export interface RecordWriterOptions {
  /** Who is writing. A client's first message is its ClientHello, which goes in records of version 0x0301 (RFC 9846 §5.1). */
  readonly role: 'client' | 'server'
  /** How much protected records are padded (RFC 9846 §5.4); not at all by default. */
  readonly padding?: PaddingPolicy
  /** Bytes of content to put into one record at most: 1 to 2^14, which is the default. */
  readonly maxFragment?: number
  /** Makes an output buffer of `length` bytes, whose contents don't matter. For runtimes that can do so without zeroing it. */
  readonly allocate?: (length: number) => Uint8Array
  /** Records to protect under one key, at most; what RFC 9846 §5.5 has for its AEAD is the limit in any case. */
  readonly maxRecords?: number
}

/**
 * Results are sent in the order of the calls. `write` may be called again before it has answered, and `install` while
 * messages are being sealed; but while `install` has not answered, nothing is to be called but `destroy`.
 */
export interface RecordWriter {
  /**
   * All records of one message, or of several handshake messages of one epoch, in one new buffer, which is the
   * caller's. `content` is borrowed until the answer is there. An empty `content` makes one empty record, which only
   * application data may be (RFC 9846 §5.1).
   * A promise only if an asynchronous AEAD key is at work; promises settle in the order of the calls.
   * @param type ContentType `handshake`, `alert` or `application_data`
   * @throws TlsError `ERR_TLS_KEY_EXHAUSTED` if the key must not protect so many more records (RFC 9846 §5.5): for
   *   application data some records earlier than for handshake messages and alerts, so that KeyUpdate and an alert still
   *   go out; `ERR_TLS_INTERNAL` for what must not be written; `ERR_TLS_CONFIG` for a padding policy that answers nonsense
   *   and `ERR_TLS_INTERNAL` for an AEAD that fails, after which the writer throws the same error for ever
   */
  readonly write: (type: number, content: Uint8Array) => MaybePromise<Uint8Array>
  /** A change_cipher_spec record (RFC 9846 §E.4). */
  readonly changeCipherSpec: () => Uint8Array
  /** Writes under new keys from the next message on, sequence number 0. The keys in use are destroyed once they are idle. */
  readonly install: (keys: RecordKeys, epoch: Exclude<EncryptionLevel, 'initial'>) => MaybePromise<void>
  /** Writes in the clear again: for a client whose early data a HelloRetryRequest has ended (RFC 9846 §4.3.10). */
  readonly removeKeys: () => void
  /**
   * The peer's record_size_limit: bytes of content, type octet and padding of a protected record (RFC 8449 §4).
   * More than 2^14 + 1 means 2^14 + 1.
   * @throws TlsError `ERR_TLS_CONFIG` if below 64
   */
  readonly setMaxPlaintext: (limit: number) => void
  /** Whose keys the next message is written under. */
  readonly epoch: EncryptionLevel
  /** Whether the key nears its usage limit and can be updated: time for a KeyUpdate (RFC 9846 §5.5). */
  readonly shouldUpdateKeys: boolean
  /** Destroys the key; what is being sealed is still answered. Idempotent. */
  readonly destroy: () => void
}

/**
 * A writer in the clear, epoch `initial`.
 * @throws TlsError `ERR_TLS_CONFIG` for options that can't be honoured
 */
export function createRecordWriter(options: RecordWriterOptions): RecordWriter {
  const {
    maxFragment = maxPlaintext,
    maxRecords = Infinity,
    allocate = (length) => new Uint8Array(length),
  } = options
  if (!Number.isInteger(maxFragment) || maxFragment < 1 || maxFragment > maxPlaintext)
    throw new TlsError(faults.ERR_TLS_CONFIG, {
      detail: inWords && `maxFragment ${maxFragment}, allowed 1 to ${maxPlaintext}`,
    })
  let innerLimit = maxInnerPlaintext
  const state: WriterState = { allocate, padding: options.padding, maxInnerPlaintext: () => innerLimit }
  let protect: Protect = protectNothing(state, options.role === 'client')
  let epoch: EncryptionLevel = 'initial'
  let limit = Infinity
  let failure: TlsError | undefined
  let installing = false
  let destroyed = false
  let last: Promise<unknown> = Promise.resolve()
  let pending = 0

  function fail(error: unknown): TlsError {
    failure ??= isTlsError(error)
      ? error
      : new TlsError(faults.ERR_TLS_INTERNAL, { detail: inWords && 'the record layer failed', cause: error })
    protect.retire()
    return failure
  }

  function requireReady(): void {
    if (failure) throw failure
    if (destroyed)
      throw new TlsError(faults.ERR_TLS_INTERNAL, { detail: inWords && 'the record writer was destroyed' })
    if (installing)
      throw fail(
        new TlsError(faults.ERR_TLS_INTERNAL, {
          detail: inWords && 'calls to a record writer must wait for install',
        }),
      )
  }

  function check(type: number, content: Uint8Array): void {
    const allowed =
      type === ContentType.application_data
        ? epoch === 'early' || epoch === 'application' // RFC 9846 §5.1: always protected
        : type === ContentType.alert
          ? content.length === 2 // RFC 9846 §5.1: one record, one alert
          : type === ContentType.handshake && content.length > 0
    if (!allowed)
      throw new TlsError(faults.ERR_TLS_INTERNAL, {
        detail:
          inWords && `${content.length} bytes of content type ${type} must not be written in epoch ${epoch}`,
      })
  }

  /** RFC 9846 §5.1: all but alerts may be cut as one likes. */
  function sizeOf(type: number): number {
    return type === ContentType.alert ? maxPlaintext : maxFragment
  }

  /** RFC 9846 §5.5. The last records are kept from application data, so that a KeyUpdate and an alert can still go out. */
  function checkUsage(type: number, content: Uint8Array): void {
    const room = type === ContentType.application_data ? limit - Math.min(64, Math.ceil(limit / 8)) : limit
    const size = Math.min(sizeOf(type), innerLimit - 1)
    if (protect.records() + Math.max(1, Math.ceil(content.length / size)) > room)
      throw new TlsError(faults.ERR_TLS_KEY_EXHAUSTED, {
        detail: inWords && `${limit} records may be protected under a key`,
      })
  }

  /** Answers after all that was written before, and not at all if that failed. */
  function inOrder(records: MaybePromise<Uint8Array>): Promise<Uint8Array> {
    const answer = afterwards(records, last)
    last = answer.catch(() => undefined)
    return answer
  }

  async function afterwards(
    records: MaybePromise<Uint8Array>,
    before: Promise<unknown>,
  ): Promise<Uint8Array> {
    pending++
    try {
      const [bytes] = await Promise.all([records, before])
      if (failure) throw failure
      return bytes
    } catch (error) {
      throw fail(error)
    } finally {
      pending--
    }
  }

  function use(traffic: TrafficKey, next: EncryptionLevel): void {
    installing = false
    if (failure || destroyed) return traffic.destroy()
    if (isSyncKey(traffic)) protect = protectSync(state, traffic)
    else if (isAsyncKey(traffic)) protect = protectAsync(state, traffic)
    epoch = next
    limit = Math.min(maxRecords, recordLimit(traffic.aead.name))
  }

  async function useLater(traffic: Promise<TrafficKey>, next: EncryptionLevel): Promise<void> {
    installing = true
    try {
      use(await traffic, next)
    } catch (error) {
      installing = false
      throw fail(error)
    }
  }

  return {
    write(type, content) {
      requireReady()
      check(type, content)
      checkUsage(type, content)
      try {
        const records = protect.write(type, content, sizeOf(type))
        return records instanceof Promise || pending > 0 ? inOrder(records) : records
      } catch (error) {
        throw fail(error)
      }
    },
    changeCipherSpec: () => Uint8Array.of(ContentType.change_cipher_spec, 3, 3, 0, 1, 1),
    install(keys, next) {
      requireReady()
      protect.retire()
      try {
        const traffic = deriveTrafficKey(keys)
        return traffic instanceof Promise ? useLater(traffic, next) : use(traffic, next)
      } catch (error) {
        throw fail(error)
      }
    },
    removeKeys() {
      requireReady()
      protect.retire()
      protect = protectNothing(state, false)
      epoch = 'initial'
      limit = Infinity
    },
    setMaxPlaintext(recordSizeLimit) {
      innerLimit = checkRecordSizeLimit(recordSizeLimit)
    },
    get epoch() {
      return epoch
    },
    get shouldUpdateKeys() {
      // Early data and handshake keys can't be updated (RFC 9846 §5.5).
      return epoch === 'application' && protect.records() >= limit * (3 / 4)
    },
    destroy() {
      destroyed = true
      protect.retire()
    },
  }
}
