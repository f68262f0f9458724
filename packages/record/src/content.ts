/**
 * What a record's content may be, once it is in the clear: the rules of RFC 9846 §5.1 and §6 for each content
 * type, the same for records that were protected and for those that were not.
 */
import { AlertDescription, AlertLevel, ContentType, inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import type { EncryptionLevel } from './epoch.ts'
import { createHandshakeMessages } from './handshakeMessages.ts'
import { maxChangeCipherSpecs, maxEmptyRecords, maxUserCanceledAlerts } from './limits.ts'

export type RecordEvent =
  | {
      readonly kind: 'handshake'
      /** One whole message with its four-byte header. The receiver's to keep. */
      readonly message: Uint8Array
      /** The keys under which it came. */
      readonly epoch: EncryptionLevel
    }
  | {
      readonly kind: 'applicationData'
      /** 1 to 2^14 bytes, as the AEAD key's `open` gave them. */
      readonly data: Uint8Array
      readonly epoch: EncryptionLevel
    }
  | {
      readonly kind: 'alert'
      /** AlertLevel, 1 or 2; without meaning in TLS 1.3 (RFC 9846 §6). */
      readonly level: number
      readonly description: number
      readonly epoch: EncryptionLevel
    }

export interface Content {
  /** The next message of the handshake record accepted last; to be asked until `undefined` before anything else is accepted. */
  readonly nextMessage: () => RecordEvent | undefined
  /** @throws TlsError */
  readonly accept: (type: number, fragment: Uint8Array, epoch: EncryptionLevel) => RecordEvent | undefined
  /** A change_cipher_spec in the clear: dropped, or refused. */
  readonly acceptChangeCipherSpec: (fragment: Uint8Array) => void
  readonly allowChangeCipherSpec: (allowed: boolean) => void
  /** Bytes of early data that may come (RFC 9846 §4.7.1). */
  readonly allowEarlyData: (length: number) => void
  /** Whether handshake bytes are left over: of a message begun, or of messages not yet delivered. */
  readonly midMessage: () => boolean
  /** @throws TlsError `ERR_TLS_EXCESS_HANDSHAKE_DATA` */
  readonly requireMessageBoundary: () => void
}

export function createContent(maxHandshakeMessage: (type: number) => number): Content {
  const messages = createHandshakeMessages(maxHandshakeMessage)
  let handshakeEpoch: EncryptionLevel = 'initial'
  let changeCipherSpecAllowed = false
  let changeCipherSpecs = 0
  let emptyRecords = 0
  let userCanceledAlerts = 0
  let earlyDataLeft = 0

  function nextMessage(): RecordEvent | undefined {
    const message = messages.next()
    if (!message) return undefined
    emptyRecords = 0
    userCanceledAlerts = 0
    return { kind: 'handshake', message, epoch: handshakeEpoch }
  }

  /** RFC 9846 §5.1: no record of another type stands between the fragments of a handshake message. */
  function refuseInterleaving(what: string): void {
    if (messages.leftOver())
      throw new TlsError(faults.ERR_TLS_INTERLEAVED_RECORD, {
        detail: inWords && `${what} in the middle of a handshake message`,
      })
  }

  function acceptAlert(fragment: Uint8Array, epoch: EncryptionLevel): RecordEvent {
    refuseInterleaving('an alert')
    // RFC 9846 §5.1: a record of type alert holds exactly one message
    if (fragment.length !== 2)
      throw new TlsError(faults.ERR_TLS_BAD_ALERT, {
        detail: inWords && `a record of ${fragment.length} bytes`,
      })
    const [level = 0, description = 0] = fragment
    // RFC 9846 §6: the level may be ignored, but AlertLevel has two values
    if (level !== AlertLevel.warning && level !== AlertLevel.fatal)
      throw new TlsError(faults.ERR_TLS_UNKNOWN_ALERT_LEVEL, { detail: inWords && `level ${level}` })
    if (description === AlertDescription.user_canceled && ++userCanceledAlerts > maxUserCanceledAlerts)
      throw new TlsError(faults.ERR_TLS_TOO_MANY_WARNING_ALERTS, {
        detail: inWords && `more than ${maxUserCanceledAlerts} user_canceled`,
      })
    return { kind: 'alert', level, description, epoch }
  }

  function acceptApplicationData(data: Uint8Array, epoch: EncryptionLevel): RecordEvent | undefined {
    refuseInterleaving('application data')
    // RFC 9846 §4.5.3: no application data before the sender's Finished, but for early data
    if (epoch !== 'application' && epoch !== 'early')
      throw new TlsError(faults.ERR_TLS_UNEXPECTED_RECORD, {
        detail: inWords && `application data under ${epoch} keys`,
      })
    if (data.length === 0) {
      if (++emptyRecords > maxEmptyRecords)
        throw new TlsError(faults.ERR_TLS_TOO_MANY_EMPTY_RECORDS, {
          detail: inWords && `more than ${maxEmptyRecords} in a row`,
        })
      return undefined
    }
    emptyRecords = 0
    userCanceledAlerts = 0
    if (epoch === 'early') {
      // RFC 9846 §4.7.1: content counts, padding and type octet don't
      earlyDataLeft -= data.length
      if (earlyDataLeft < 0) throw new TlsError(faults.ERR_TLS_TOO_MUCH_EARLY_DATA)
    }
    return { kind: 'applicationData', data, epoch }
  }

  return {
    nextMessage,
    accept(type, fragment, epoch) {
      if (type === ContentType.application_data) return acceptApplicationData(fragment, epoch)
      // RFC 9846 §5.1, §5.4: no empty fragments of the other types, padded or not
      if (fragment.length === 0 && (type === ContentType.handshake || type === ContentType.alert))
        throw new TlsError(faults.ERR_TLS_EMPTY_FRAGMENT)
      if (type === ContentType.alert) return acceptAlert(fragment, epoch)
      if (type !== ContentType.handshake)
        // RFC 9846 §5: an unknown type, or a protected change_cipher_spec
        throw new TlsError(faults.ERR_TLS_UNEXPECTED_RECORD, { detail: inWords && `content type ${type}` })
      messages.push(fragment)
      handshakeEpoch = epoch
      return nextMessage()
    },
    acceptChangeCipherSpec(fragment) {
      // RFC 9846 §5: only between the first ClientHello and the peer's Finished, and only the byte 0x01
      if (!changeCipherSpecAllowed)
        throw new TlsError(faults.ERR_TLS_UNEXPECTED_RECORD, { detail: inWords && 'change_cipher_spec' })
      if (fragment.length !== 1 || fragment[0] !== 1)
        throw new TlsError(faults.ERR_TLS_BAD_CHANGE_CIPHER_SPEC)
      refuseInterleaving('change_cipher_spec')
      if (++changeCipherSpecs > maxChangeCipherSpecs)
        throw new TlsError(faults.ERR_TLS_TOO_MANY_CHANGE_CIPHER_SPECS, {
          detail: inWords && `more than ${maxChangeCipherSpecs}`,
        })
    },
    allowChangeCipherSpec(allowed) {
      changeCipherSpecAllowed = allowed
    },
    allowEarlyData(length) {
      earlyDataLeft = length
    },
    midMessage: messages.leftOver,
    requireMessageBoundary() {
      // RFC 9846 §5.1: handshake messages don't span key changes
      if (messages.leftOver()) throw new TlsError(faults.ERR_TLS_EXCESS_HANDSHAKE_DATA)
    },
  }
}
