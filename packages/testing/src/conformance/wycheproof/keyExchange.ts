/** `xdh_comp_schema`, `ecdh_ecpoint_test_schema` and `ecdh_test_schema`. */
import type { CryptoProvider, KeyExchangeGroup } from '@mortise/crypto'
import { concat, fromHex, hex } from '@mortise/wire'
import {
  cryptoErrorCode,
  expectBytes,
  expectCryptoError,
  expectEqual,
  expectRefusedSignature,
  revealed,
} from '../checks.ts'
import { skip } from '../conformanceCase.ts'
import { bytesAt, textOf, type WycheproofVector } from './vector.ts'

const invalidShare = ['ERR_CRYPTO_INVALID_KEY_SHARE'] as const

/** An all-zero secret must be refused (RFC 9846 §7.4.2); points of the twist and unreduced ones may be accepted. */
export async function checkXdh(
  { groups }: CryptoProvider,
  { test, group, result }: WycheproofVector,
): Promise<void> {
  const name = textOf(group, 'curve') === 'curve25519' ? 'x25519' : 'x448'
  const exchange = groups.find((item) => item.name === name) ?? skip(`not offered: ${name}`)
  const [share, secret] = [bytesAt(test, 'public'), bytesAt(test, 'shared')]
  if (result === 'invalid' || secret.every((byte) => byte === 0)) return refusesShare(exchange, share)
  try {
    await completes(exchange, bytesAt(test, 'private'), share, secret)
  } catch (error) {
    if (result === 'valid' || cryptoErrorCode(error) !== 'ERR_CRYPTO_INVALID_KEY_SHARE') throw error
  }
}

/** Length of a coordinate, and what stands before an uncompressed point in a SubjectPublicKeyInfo with a named curve. */
const curves: Readonly<
  Record<string, { readonly length: number; readonly spki: string; readonly verify: string }>
> = {
  secp256r1: {
    length: 32,
    spki: '3059301306072a8648ce3d020106082a8648ce3d030107034200',
    verify: 'ecdsa_secp256r1_sha256',
  },
  secp384r1: {
    length: 48,
    spki: '3076301006072a8648ce3d020106052b81040022036200',
    verify: 'ecdsa_secp384r1_sha384',
  },
  secp521r1: {
    length: 66,
    spki: '30819b301006072a8648ce3d020106052b8104002303818600',
    verify: 'ecdsa_secp521r1_sha512',
  },
}

/** Compressed points are acceptable to Wycheproof, not to TLS 1.3 (RFC 9846 §4.3.8.2). */
export async function checkEcdhPoint(
  { groups }: CryptoProvider,
  { test, group, result }: WycheproofVector,
): Promise<void> {
  const name = textOf(group, 'curve')
  const { length } = curves[name] ?? skip(`TLS 1.3 has no ${name}`)
  const exchange = groups.find((item) => item.name === name) ?? skip(`not offered: ${name}`)
  const share = bytesAt(test, 'public')
  if (result !== 'valid') return refusesShare(exchange, share)
  return completes(exchange, scalarOf(bytesAt(test, 'private'), length), share, bytesAt(test, 'shared'))
}

/**
 * Its public keys are SubjectPublicKeyInfos, which key shares never are. Those of a named curve in DER are checked
 * by the point in them; the others must not pass as keys of a signature algorithm of that curve.
 */
export async function checkEcdhSpki(provider: CryptoProvider, vector: WycheproofVector): Promise<void> {
  const { test, group, result, flags } = vector
  const name = textOf(group, 'curve')
  const curve = curves[name] ?? skip(`TLS 1.3 has no ${name}`)
  const spki = bytesAt(test, 'public')
  const point = spki.slice(curve.spki.length / 2)
  if (hex(spki).startsWith(curve.spki) && point.length === 1 + 2 * curve.length)
    return checkEcdhPoint(provider, { ...vector, test: { ...test, public: hex(point) } })
  const algorithm =
    provider.signatures.find((item) => item.name === curve.verify) ?? skip(`not offered: ${curve.verify}`)
  const verify = (): unknown => algorithm.verify(spki, new Uint8Array(0), fromHex('3006020101020101'))
  const isExplicit = flags.includes('UnnamedCurve') // RFC 5480 §2.1.1 allows named curves only
  if (result === 'acceptable' && !isExplicit)
    await expectRefusedSignature('a key in another form', verify as () => boolean)
  else await expectCryptoError(['ERR_CRYPTO_INVALID_KEY'], 'a key of another curve or form', verify)
}

async function completes(
  exchange: KeyExchangeGroup,
  privateKey: Uint8Array,
  share: Uint8Array,
  expected: Uint8Array,
): Promise<void> {
  if (!exchange.fromPrivateKey) {
    const secret = await (await exchange.offer()).complete(share)
    expectEqual(secret.length, expected.length, 'length of the secret')
    skip('the provider takes no given private keys: the share was accepted, the secret not compared')
  }
  const offer = await exchange.fromPrivateKey(privateKey)
  expectBytes(revealed(await offer.complete(share)), expected, 'secret')
}

async function refusesShare(exchange: KeyExchangeGroup, share: Uint8Array): Promise<void> {
  const offer = await exchange.offer()
  await expectCryptoError(invalidShare, 'complete', () => offer.complete(share))
  await expectCryptoError(invalidShare, 'respond', () => exchange.respond(share))
}

/** The files have integers as in DER: a zero in front, or too few bytes. */
function scalarOf(integer: Uint8Array, length: number): Uint8Array {
  const significant = integer.slice(integer.findIndex((byte) => byte !== 0))
  return concat(new Uint8Array(length - significant.length), significant)
}
