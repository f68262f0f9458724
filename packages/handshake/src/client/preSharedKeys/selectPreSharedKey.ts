/** Which of our pre-shared keys a ServerHello has selected (RFC 9846 §4.3.11). */
import type { CipherSuite } from '@mortise/crypto'
import {
  inWords,
  keyShare,
  preSharedKey,
  PskKeyExchangeMode,
  readExtension,
  TlsError,
  type ServerHello,
} from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import type { OfferedKey } from '../preSharedKeys.ts'

/** @throws TlsError for a key, or a mode, that was not offered, and a key that does not fit the suite */
export function selectPreSharedKey(
  { extensions }: ServerHello,
  keys: readonly OfferedKey[],
  modes: readonly number[],
  suite: CipherSuite,
): OfferedKey | undefined {
  const selected = readExtension(extensions, preSharedKey, 'serverHello')?.selectedIdentity
  if (selected === undefined) return undefined
  const key = keys[selected]
  // RFC 9846 §4.3.11: an identity that we offered, bound to the suite's hash
  if (!key || key.psk.hash.name !== suite.hash.name)
    throw new TlsError(faults.ERR_TLS_WRONG_PSK, {
      detail:
        inWords &&
        `selected_identity ${selected} ${key ? 'does not fit the cipher suite' : 'was not offered'}`,
    })
  checkKeyExchangeMode(readExtension(extensions, keyShare, 'serverHello') !== undefined, modes)
  return key
}

/** RFC 9846 §4.2.3, §4.3.9: key_share unless psk_ke was offered, and none with psk_ke alone. */
function checkKeyExchangeMode(shared: boolean, modes: readonly number[]): void {
  if (!modes.includes(shared ? PskKeyExchangeMode.psk_dhe_ke : PskKeyExchangeMode.psk_ke))
    throw new TlsError(faults.ERR_TLS_ILLEGAL_PARAMETER, {
      detail:
        inWords && `pre_shared_key ${shared ? 'with' : 'without'} key_share, a mode that was not offered`,
    })
}
