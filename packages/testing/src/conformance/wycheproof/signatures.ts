/** `ecdsa_verify_schema`, `eddsa_verify_schema`, `rsassa_pss_verify_schema` and `rsassa_pkcs1_verify_schema`. */
import type { CryptoProvider, SignatureAlgorithm } from '@mortise/crypto'
import { expectEqual, expectRefusedSignature } from '../checks.ts'
import { skip } from '../conformanceCase.ts'
import { bytesAt, numberOf, objectOf, textOf, type WycheproofVector } from './vector.ts'

export async function checkEcdsa(provider: CryptoProvider, vector: WycheproofVector): Promise<void> {
  const curve = textOf(objectOf(vector.group['publicKey'], 'publicKey'), 'curve')
  return check(algorithmOf(provider, `ecdsa_${curve}_${hashName(vector, 'sha')}`), vector)
}

export async function checkEddsa(provider: CryptoProvider, vector: WycheproofVector): Promise<void> {
  const curve = textOf(objectOf(vector.group['publicKey'], 'publicKey'), 'curve')
  return check(algorithmOf(provider, curve === 'edwards25519' ? 'ed25519' : 'ed448'), vector)
}

export async function checkRsaPkcs1(provider: CryptoProvider, vector: WycheproofVector): Promise<void> {
  return check(algorithmOf(provider, `rsa_pkcs1_${hashName(vector, 'sha')}`), vector)
}

const lengths: Readonly<Record<string, number>> = { sha256: 32, sha384: 48, sha512: 64 }

/** A scheme of TLS fixes hash, MGF1 and salt length (RFC 9846 §4.3.3): what is valid otherwise must be refused. */
export async function checkRsaPss(provider: CryptoProvider, vector: WycheproofVector): Promise<void> {
  const hash = hashName(vector, 'sha')
  if (!(hash in lengths)) skip(`TLS 1.3 has no RSA-PSS with ${textOf(vector.group, 'sha')}`)
  const isOfTls = hashName(vector, 'mgfSha') === hash && numberOf(vector.group, 'sLen') === lengths[hash]
  const algorithm = algorithmOf(provider, `rsa_pss_rsae_${hash}`)
  if (isOfTls) return check(algorithm, vector)
  // among the invalid signatures of other salts there may be one of TLS's
  const result = vector.comment === `s_len changed to ${lengths[hash]}` ? 'valid' : 'invalid'
  return check(algorithm, { ...vector, result })
}

async function check(
  algorithm: SignatureAlgorithm,
  { test, group, result }: WycheproofVector,
): Promise<void> {
  const verify = (): boolean | Promise<boolean> =>
    algorithm.verify(bytesAt(group, 'publicKeyDer'), bytesAt(test, 'msg'), bytesAt(test, 'sig'))
  if (result === 'invalid') await expectRefusedSignature('an invalid signature', verify)
  else if (result === 'valid') expectEqual(await verify(), true, 'verification')
  else await verify() // either answer, but no error
}

function algorithmOf({ signatures }: CryptoProvider, name: string): SignatureAlgorithm {
  return signatures.find((item) => item.name === name) ?? skip(`not offered: ${name}`)
}

/** `SHA-256` → `sha256`. */
function hashName({ group }: WycheproofVector, field: string): string {
  return textOf(group, field).toLowerCase().replace('-', '')
}
