import type { MaybePromise } from '@mortise/crypto'
import { Refusal } from '../verdict.ts'
import { spkiHash } from './hash.ts'
import { identify } from './identity.ts'
import { askApplication, keyVerifier } from './judge.ts'
import type { CertificateVerifier, KeyVerifierOptions } from './verifier.ts'

/** Remembers which key a peer had. */
export interface KeyStore {
  /** Stable identification of the store. */
  readonly identity: string
  /**
   * Answers with the key hash known for `name`; if there is none, remembers `keyHash` and answers with it. One step, so
   * that of two first connections at a time only one decides.
   * @param keyHash SHA-256 of the SubjectPublicKeyInfo in base64
   */
  readonly recall: (name: string, keyHash: string) => MaybePromise<string>
}

/**
 * Trusts the key that a server shows first, and from then on no other: what SSH does with host keys. Names in the
 * certificate, dates and issuers don't count. Whoever stands in the middle of the first connection is believed, and
 * a key is remembered when it is shown, before the peer has proved that it has it.
 */
export function trustOnFirstUse(store: KeyStore, options: KeyVerifierOptions = {}): CertificateVerifier {
  return keyVerifier(identify('trustOnFirstUse', store.identity), options, async (spki, input) => {
    const { serverName, provider } = input
    if (serverName === undefined)
      throw new Refusal('ERR_X509_BAD_REFERENCE_NAME', {
        expected: 'a name to remember the peer by',
        found: 'none',
      })
    const hash = await spkiHash(provider, spki)
    const name = serverName.toLowerCase().replace(/\.$/, '')
    const known = await askApplication(() => store.recall(name, hash))
    if (known !== hash) throw new Refusal('ERR_X509_KEY_CHANGED', { expected: known, found: hash })
  })
}
