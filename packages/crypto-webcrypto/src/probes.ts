/** Trying an algorithm out: the only way to know that all of it works, import and export of keys included. */
import { constantTimeEqual, plainSecret, type Aead, type KeyExchangeGroup } from '@mortise/crypto'
import { source } from './subtle.ts'

/** Both ends of a key exchange come to the same secret. */
export async function exchanges(group: Omit<KeyExchangeGroup, 'group' | 'name'>): Promise<boolean> {
  const offer = await group.offer()
  const { share, secret } = await group.respond(offer.share)
  return constantTimeEqual((await offer.complete(share)).reveal(), secret.reveal())
}

/** What was sealed can be opened, and what was changed can not. */
export async function seals({ key: importKey, keyLength, nonceLength }: Aead): Promise<boolean> {
  const key = await importKey(plainSecret(new Uint8Array(keyLength)))
  if (key.sync) return false
  const [nonce, data, text] = [new Uint8Array(nonceLength), new Uint8Array(5), new Uint8Array(20)]
  const sealed = await key.seal(nonce, data, text, new Uint8Array(1))
  const opened = await key.open(nonce, data, sealed)
  sealed[0] = ~(sealed[0] ?? 0)
  return opened?.length === text.length + 1 && (await key.open(nonce, data, sealed)) === undefined
}

/** What was signed verifies under the public key, exported and imported again. */
export async function signs(
  subtle: SubtleCrypto,
  keyAlgorithm: EcKeyAlgorithm | KeyAlgorithm,
  algorithm: AlgorithmIdentifier | EcdsaParams,
): Promise<boolean> {
  const { privateKey, publicKey } = (await subtle.generateKey(keyAlgorithm, false, [
    'sign',
    'verify',
  ])) as CryptoKeyPair
  const spki = await subtle.exportKey('spki', publicKey)
  const key = await subtle.importKey('spki', spki, keyAlgorithm, false, ['verify'])
  const message = source(new Uint8Array(5))
  return subtle.verify(algorithm, key, await subtle.sign(algorithm, privateKey, message), message)
}
