/**
 * What may stand outside of protection, decided by a record's header and the epoch (RFC 9846 §5, §5.1, §5.2),
 * and the two ways of skipping early data that was rejected (§4.3.10).
 */
import { ContentType, inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import type { Content, RecordEvent } from '../content.ts'
import type { EncryptionLevel } from '../epoch.ts'
import type { RecordHeader } from '../framing.ts'
import { headerLength, maxCiphertext, maxPlaintext } from '../limits.ts'
import { checkFirstBytes } from '../notTls.ts'

export interface OuterRules {
  /** Refuses a record by its header, before its body has arrived. */
  readonly checkHeader: (header: RecordHeader) => void
  /** A whole record that is not protected. */
  readonly acceptClear: (record: Uint8Array) => RecordEvent | undefined
  /** From here on records of type application_data are protected under keys of `epoch`. */
  readonly protect: (epoch: EncryptionLevel) => void
  /** A protected record was opened. */
  readonly opened: () => void
  readonly skipEarlyData: (limit: number) => void
  readonly skipping: () => boolean
  /** Takes a record that did not open for rejected early data; `false` if it can't be. @param length of its ciphertext */
  readonly skip: (length: number, tagLength: number) => boolean
}

export function createOuterRules(role: 'client' | 'server', content: Content): OuterRules {
  let epoch: EncryptionLevel = 'initial'
  let anyRecord = false
  let anyOpened = false
  let skippable: number | undefined

  /**
   * RFC 9846 §A.1: a client that fails on the ServerHello may have no keys for its alert. Only its first words
   * may be such: once a record of its was opened it has keys.
   */
  function clearAlertAllowed(): boolean {
    return epoch === 'initial' || (role === 'server' && epoch === 'handshake' && !anyOpened)
  }

  function typeAllowed(type: number): boolean {
    switch (type) {
      case ContentType.application_data:
        return epoch !== 'initial' || skippable !== undefined
      case ContentType.change_cipher_spec:
        return true
      case ContentType.alert:
        return clearAlertAllowed()
      case ContentType.handshake:
        return epoch === 'initial'
      default:
        return false
    }
  }

  return {
    checkHeader(header) {
      if (!anyRecord) checkFirstBytes(header)
      anyRecord = true
      const { type, length } = header
      if (!typeAllowed(type)) {
        const state = epoch === 'initial' ? 'before there are keys' : `under ${epoch} keys`
        throw new TlsError(faults.ERR_TLS_UNEXPECTED_RECORD, {
          detail: inWords && `a record of type ${type} ${state}`,
        })
      }
      const limit = type === ContentType.application_data ? maxCiphertext : maxPlaintext
      if (length > limit)
        throw new TlsError(faults.ERR_TLS_RECORD_OVERFLOW, {
          detail: inWords && `${length} bytes, allowed ${limit}`,
        })
    },
    acceptClear(record) {
      const [type = 0] = record
      const fragment = record.subarray(headerLength)
      if (type === ContentType.change_cipher_spec) {
        content.acceptChangeCipherSpec(fragment)
        return undefined
      }
      if (type === ContentType.application_data) {
        if (!skip(fragment.length, usualTagLength))
          throw new TlsError(faults.ERR_TLS_TOO_MUCH_SKIPPED_EARLY_DATA)
        return undefined
      }
      // RFC 9846 §4.3.10: what is skipped after a HelloRetryRequest ends with the second ClientHello
      if (type === ContentType.handshake) skippable = undefined
      return content.accept(type, fragment, 'initial')
    },
    protect(next) {
      epoch = next
    },
    opened() {
      anyOpened = true
      skippable = undefined
    },
    skipEarlyData(limit) {
      skippable = limit
    },
    skipping: () => skippable !== undefined,
    skip,
  }

  /** Padding can't be told from content (RFC 9846 §4.7.1), so all counts; a byte at least, so that none is free. */
  function skip(length: number, tagLength: number): boolean {
    if (skippable === undefined) return false
    skippable -= Math.max(1, length - tagLength - 1)
    return skippable >= 0
  }
}

/** Before there are keys nobody knows which AEAD the skipped records were made with. */
const usualTagLength = 16
