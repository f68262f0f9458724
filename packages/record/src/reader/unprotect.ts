/** One step of reading, which turns what has arrived into an event. There is one implementation for each kind of key. */
import type { MaybePromise } from '@mortise/crypto'
import { TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import type { Content, RecordEvent } from '../content.ts'
import type { EncryptionLevel } from '../epoch.ts'
import type { Framing } from '../framing.ts'
import { contentLength } from '../innerPlaintext.ts'
import type { TrafficKey } from '../trafficKey.ts'
import type { OuterRules } from './outerRules.ts'

export interface Unprotect {
  /** The next event, or `undefined` if bytes are missing. */
  readonly next: () => MaybePromise<RecordEvent | undefined>
  /** Bytes of records that were taken ahead. */
  readonly ahead: () => number
  /** Gives records that were taken ahead back to the framing. */
  readonly rewind: () => void
  /** Rewinds, and destroys the key. */
  readonly retire: () => void
}

/** What all implementations work on; it outlives keys. */
export interface ReaderState {
  readonly framing: Framing
  readonly content: Content
  readonly rules: OuterRules
  /** The longest TLSInnerPlaintext to accept, in bytes. */
  readonly maxInnerPlaintext: () => number
}

/** Judges what became of a protected record, whose ciphertext had so many bytes. */
export function acceptOpened(
  state: ReaderState,
  key: TrafficKey,
  epoch: EncryptionLevel,
  length: number,
  inner: Uint8Array | undefined,
): RecordEvent | undefined {
  if (!inner) {
    // RFC 9846 §5.2; beyond what is skipped of rejected early data (§4.3.10) it is just as bad
    if (!state.rules.skip(length, key.aead.tagLength)) throw new TlsError(faults.ERR_TLS_BAD_RECORD_MAC)
    return undefined
  }
  state.rules.opened()
  const end = contentLength(inner, state.maxInnerPlaintext())
  // A provider may answer with a subclass, such as Buffer, which is nobody's business further up.
  const fragment = new Uint8Array(inner.buffer, inner.byteOffset, end)
  return state.content.accept(inner[end] ?? 0, fragment, epoch)
}
