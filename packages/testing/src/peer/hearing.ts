/** What a scripted peer hears: records taken apart, whatever they are, and never an exception. */
import type { EncryptionLevel } from '@mortise/handshake'
import { concat, ContentType, handshakeHeaderLength, recordHeaderLength } from '@mortise/wire'
import type { RecordProtection } from './sealing.ts'

/** A message or a record as it came in. */
export interface Heard {
  /** `undecipherable` is a record that doesn't decrypt under the keys that the peer has. */
  readonly kind: 'handshake' | 'alert' | 'applicationData' | 'changeCipherSpec' | 'undecipherable'
  /** Of the keys under which it came. */
  readonly epoch: EncryptionLevel
  /** A whole handshake message with its header, or a record's content. */
  readonly bytes: Uint8Array
}

export interface Hearing {
  readonly receive: (bytes: Uint8Array) => Promise<void>
  readonly install: (level: EncryptionLevel, protection: RecordProtection) => void
  readonly heard: readonly Heard[]
}

/** @param handle gets each handshake message; the next is not looked at before it has answered */
export function createHearing(
  handle: (message: Uint8Array, epoch: EncryptionLevel) => Promise<void>,
): Hearing {
  const heard: Heard[] = []
  let buffered: Uint8Array = new Uint8Array(0)
  let messages: Uint8Array = new Uint8Array(0)
  let keys: { readonly level: EncryptionLevel; readonly protection: RecordProtection } | undefined

  const takeRecord = (): Uint8Array | undefined => {
    const length = recordHeaderLength + (((buffered[3] ?? 0) << 8) | (buffered[4] ?? 0))
    if (buffered.length < recordHeaderLength || buffered.length < length) return undefined
    const record = buffered.subarray(0, length)
    buffered = buffered.subarray(length)
    return record
  }

  const hearHandshake = async (epoch: EncryptionLevel, content: Uint8Array): Promise<void> => {
    messages = concat(messages, content)
    while (messages.length >= handshakeHeaderLength) {
      const [, high = 0, middle = 0, low = 0] = messages
      const end = handshakeHeaderLength + ((high << 16) | (middle << 8) | low)
      if (messages.length < end) return
      const bytes = messages.slice(0, end)
      messages = messages.slice(end)
      heard.push({ kind: 'handshake', epoch, bytes })
      await handle(bytes, epoch)
    }
  }
  const hearContent = async (type: number, epoch: EncryptionLevel, bytes: Uint8Array): Promise<void> => {
    if (type === ContentType.handshake) await hearHandshake(epoch, bytes)
    else if (type === ContentType.alert) heard.push({ kind: 'alert', epoch, bytes })
    else if (type === ContentType.change_cipher_spec) heard.push({ kind: 'changeCipherSpec', epoch, bytes })
    else heard.push({ kind: 'applicationData', epoch, bytes })
  }
  const hearRecord = async (record: Uint8Array): Promise<void> => {
    const [type = 0] = record
    if (type !== ContentType.application_data)
      return hearContent(type, 'initial', record.slice(recordHeaderLength))
    const inner = await keys?.protection.open(record)
    if (!keys || !inner) {
      heard.push({ kind: 'undecipherable', epoch: keys?.level ?? 'initial', bytes: record.slice() })
      return undefined
    }
    const end = inner.findLastIndex((byte) => byte !== 0)
    return hearContent(inner[end] ?? 0, keys.level, inner.slice(0, Math.max(0, end)))
  }

  return {
    receive: async (bytes) => {
      buffered = concat(buffered, bytes)
      for (let record = takeRecord(); record; record = takeRecord()) await hearRecord(record)
    },
    install: (level, protection) => {
      keys = { level, protection }
    },
    heard,
  }
}
