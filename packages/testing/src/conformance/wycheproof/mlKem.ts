/**
 * `mlkem_test_schema`, `mlkem_encaps_test_schema` and `mlkem_keygen_seed_test_schema`. TLS 1.3 has ML-KEM in hybrid
 * groups: the other half of each share and key is that of a fixed vector.
 */
import type { CryptoProvider, KeyExchangeGroup, KeyOffer } from '@mortise/crypto'
import { concat, fromHex } from '@mortise/wire'
import { expectBytes, expectCryptoError, expectEqual, expectError, revealed } from '../checks.ts'
import { fail, skip } from '../conformanceCase.ts'
import { groupVectors } from '../vectors/groupVectors.ts'
import { bytesAt, textOf, type WycheproofVector } from './vector.ts'

const invalidShare = ['ERR_CRYPTO_INVALID_KEY_SHARE'] as const

/** `d || z` of FIPS 203 §7.1, in bytes. */
const seedLength = 64

/** A group that begins with ML-KEM, and what stands behind it: in our private key, in our share and in the peer's. */
interface MlKem {
  readonly group: KeyExchangeGroup
  readonly privateKey: Uint8Array
  readonly share: Uint8Array
}

/** Decapsulation. A ciphertext of the wrong length is refused, any other gives a secret (FIPS 203 §6.3). */
export async function checkDecapsulation(provider: CryptoProvider, vector: WycheproofVector): Promise<void> {
  const mlKem = mlKemOf(provider, vector)
  const { test, result } = vector
  const [seed, peerShare] = [bytesAt(test, 'seed'), concat(bytesAt(test, 'c'), mlKem.share)]
  if (result === 'invalid' && seed.length === seedLength) {
    const offer = await mlKem.group.offer()
    return expectCryptoError(invalidShare, 'complete', () => offer.complete(peerShare))
  }
  const fromSeed = seedFunction(mlKem)
  if (result === 'invalid') return expectError(`a private key of ${seed.length} bytes`, () => fromSeed(seed))
  const offer = await fromSeed(seed)
  expectBytes(offer.share, concat(bytesAt(test, 'ek'), mlKem.share), 'encapsulation key')
  const expected = bytesAt(test, 'K')
  expectBytes(revealed(await offer.complete(peerShare)).slice(0, expected.length), expected, 'secret')
  return undefined
}

/** Encapsulation is random: of a valid key it can only be said that it is accepted. */
export async function checkEncapsulation(provider: CryptoProvider, vector: WycheproofVector): Promise<void> {
  const mlKem = mlKemOf(provider, vector)
  const { test, result } = vector
  const peerShare = concat(bytesAt(test, 'ek'), mlKem.share)
  if (result === 'invalid')
    return expectCryptoError(invalidShare, 'respond', () => mlKem.group.respond(peerShare))
  const { share } = await mlKem.group.respond(peerShare)
  expectEqual(share.length, bytesAt(test, 'c').length + mlKem.share.length, 'length of the response')
  return undefined
}

export async function checkKeyGeneration(provider: CryptoProvider, vector: WycheproofVector): Promise<void> {
  const mlKem = mlKemOf(provider, vector)
  const offer = await seedFunction(mlKem)(bytesAt(vector.test, 'seed'))
  expectBytes(offer.share, concat(bytesAt(vector.test, 'ek'), mlKem.share), 'encapsulation key')
}

/** The expanded form of a private key never leaves an implementation of TLS, nor enters it. */
export function skipExpandedKeys(): never {
  skip('private keys of ML-KEM are seeds here')
}

function mlKemOf({ groups }: CryptoProvider, { group }: WycheproofVector): MlKem {
  const parameterSet = textOf(group, 'parameterSet')
  const none = new Uint8Array(0)
  const alone = groups.find(({ name }) => name === parameterSet.replaceAll('-', ''))
  if (alone) return { group: alone, privateKey: none, share: none }
  const hybrid =
    groups.find(({ name }) => name === 'X25519MLKEM768' && parameterSet === 'ML-KEM-768') ??
    skip(`not offered: ${parameterSet}`)
  const x25519 = groupVectors.find(({ group: name }) => name === 'x25519') ?? fail('no x25519 vector')
  return { group: hybrid, privateKey: fromHex(x25519.privateKey), share: fromHex(x25519.share) }
}

/** An offer of a given seed; skips the case if the provider can't make one. */
function seedFunction({ group, privateKey }: MlKem): (seed: Uint8Array) => Promise<KeyOffer> {
  const { fromPrivateKey } = group
  if (!fromPrivateKey) skip('the provider takes no given ML-KEM keys (fromPrivateKey)')
  return async (seed) => fromPrivateKey(concat(seed, privateKey))
}
