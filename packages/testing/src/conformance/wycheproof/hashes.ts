/** `mac_test_schema` and `hkdf_test_schema`. */
import type { CryptoProvider, Hash } from '@mortise/crypto'
import { equalBytes } from '@mortise/wire'
import { expectBytes, expectError, expectTrue } from '../checks.ts'
import { skip } from '../conformanceCase.ts'
import { bytesAt, numberOf, type WycheproofVector } from './vector.ts'

/** Vectors of truncated tags are compared up to their length: a provider gives the whole. */
export async function checkHmac(
  provider: CryptoProvider,
  { test, group, result }: WycheproofVector,
  algorithm: string,
): Promise<void> {
  const hash = hashOf(provider, algorithm)
  const mac = await hash.hmac(hash.importSecret(bytesAt(test, 'key')), bytesAt(test, 'msg'))
  const truncated = mac.subarray(0, numberOf(group, 'tagSize') / 8)
  if (result === 'invalid')
    expectTrue(!equalBytes(truncated, bytesAt(test, 'tag')), 'computed an invalid tag')
  else expectBytes(truncated, bytesAt(test, 'tag'), 'tag')
}

/** An empty salt is that of zeros (RFC 5869 §2.2). */
export async function checkHkdf(
  provider: CryptoProvider,
  { test, result }: WycheproofVector,
  algorithm: string,
): Promise<void> {
  const hash = hashOf(provider, algorithm)
  const [salt, info, size] = [bytesAt(test, 'salt'), bytesAt(test, 'info'), numberOf(test, 'size')]
  const secret = await hash.extract(
    salt.length > 0 ? hash.importSecret(salt) : undefined,
    hash.importSecret(bytesAt(test, 'ikm')),
  )
  if (result === 'invalid') await expectError(`${size} bytes`, () => hash.expandToBytes(secret, info, size))
  else expectBytes(await hash.expandToBytes(secret, info, size), bytesAt(test, 'okm'), 'output')
}

/** `HMACSHA256`, `HKDF-SHA-256`. */
function hashOf({ hashes }: CryptoProvider, algorithm: string): Hash {
  const name = `sha${algorithm.slice(-3)}`
  return hashes.find((hash) => hash.name === name) ?? skip(`not offered: ${name}`)
}
