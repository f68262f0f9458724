import { sha256 } from '@noble/hashes/sha2.js'
import {
  fromBigInt,
  readPrivateKeyInfo,
  toBigInt,
  type HashName,
  type RsaPrivateNumbers,
  type SignatureDescriptor,
} from '@mortise/crypto'
import { concat, equalBytes, fromHex } from '@mortise/wire'
import { describe, expect, test } from 'vitest'
import { pow } from 'micro-rsa-dsa-dh/utils.js'
import { rsaPairs } from './fixtures/keyPairs.ts'
import { randomBytes as random, referenceSign, referenceVerify } from './fixtures/reference.ts'
import { signPss, type RsaPrivateKey } from './rsaSign.ts'
import { verifyRsa } from './rsaVerify.ts'

const hashes: readonly (readonly [HashName])[] = [['sha256'], ['sha384'], ['sha512']]
const message = random(100)

function numbersOf(pkcs8: Uint8Array): RsaPrivateNumbers {
  const info = readPrivateKeyInfo(pkcs8)
  if (info.type !== 'rsa') throw new Error('not RSA')
  return info
}

function keyOf(numbers: RsaPrivateNumbers): RsaPrivateKey {
  return {
    n: toBigInt(numbers.modulus),
    e: toBigInt(numbers.publicExponent),
    p: toBigInt(numbers.prime1),
    q: toBigInt(numbers.prime2),
    dP: toBigInt(numbers.exponent1),
    dQ: toBigInt(numbers.exponent2),
    qInv: toBigInt(numbers.coefficient),
  }
}

const algorithm = (padding: 'pss' | 'pkcs1', hash: HashName): SignatureDescriptor => ({
  name: `${padding} ${hash}`,
  scheme: undefined,
  key: { type: 'rsa' },
  hash,
  padding,
})

describe.each(rsaPairs)('RSA with %i bits', (bits, pair) => {
  const numbers = numbersOf(pair.pkcs8)
  const key = keyOf(numbers)

  test.each(hashes)('verifies what Web Crypto signed with %s', async (hash) => {
    if (bits === 1024 && hash === 'sha512') return
    const made = await referenceSign(algorithm('pss', hash), pair, message)
    expect(verifyRsa(key, 'pss', hash, message, made)).toBe(true)
    const old = await referenceSign(algorithm('pkcs1', hash), pair, message)
    expect(verifyRsa(key, 'pkcs1', hash, message, old)).toBe(true)
    for (const [padding, signature] of [
      ['pss', made],
      ['pkcs1', old],
    ] as const) {
      expect(verifyRsa(key, padding, hash, message.subarray(1), signature)).toBe(false)
      expect(verifyRsa(key, padding === 'pss' ? 'pkcs1' : 'pss', hash, message, signature)).toBe(false)
      for (const other of hashes.filter(([name]) => name !== hash))
        expect(verifyRsa(key, padding, other[0], message, signature)).toBe(false)
      for (const at of [0, 1, signature.length >> 1, signature.length - 1]) {
        const changed = signature.slice()
        changed[at] = (changed[at] ?? 0) ^ 1
        expect(verifyRsa(key, padding, hash, message, changed)).toBe(false)
      }
    }
  })

  test.each(hashes)('signs what Web Crypto verifies with %s', async (hash) => {
    if (bits === 1024 && hash === 'sha512') return
    const signature = signPss(key, hash, message, random)
    expect(signature.length).toBe(Math.ceil(bits / 8))
    expect(await referenceVerify(algorithm('pss', hash), pair.spki, message, signature)).toBe(true)
    expect(equalBytes(signPss(key, hash, message, random), signature)).toBe(false)
  })

  test('a signature has exactly the modulus’ length and is less than the modulus (RFC 8017 §8.1.2)', async () => {
    const signature = await referenceSign(algorithm('pss', 'sha256'), pair, message)
    expect(verifyRsa(key, 'pss', 'sha256', message, signature.subarray(1))).toBe(false)
    expect(verifyRsa(key, 'pss', 'sha256', message, Uint8Array.of(0, ...signature))).toBe(false)
    expect(verifyRsa(key, 'pss', 'sha256', message, Uint8Array.of(...signature, 0))).toBe(false)
    expect(verifyRsa(key, 'pss', 'sha256', message, new Uint8Array(0))).toBe(false)
    expect(verifyRsa(key, 'pss', 'sha256', message, signature.slice().fill(0xff))).toBe(false)
    const beyond = toBigInt(signature) + key.n
    const longer = fromBigInt(beyond, Math.ceil(beyond.toString(16).length / 2))
    expect(verifyRsa(key, 'pss', 'sha256', message, longer)).toBe(false)
  })

  test('the salt of PSS is as long as the hash, neither shorter nor longer (RFC 9846 §4.3.3)', async () => {
    for (const saltLength of [0, 20, 31, 33]) {
      const signature = await referenceSign(algorithm('pss', 'sha256'), pair, message, saltLength)
      expect(verifyRsa(key, 'pss', 'sha256', message, signature)).toBe(false)
    }
  })

  test('PKCS #1 v1.5 is compared as a whole: nothing may stand before, in or behind its DigestInfo', () => {
    const length = Math.ceil(bits / 8)
    const digestInfo = fromHex('3031300d060960864801650304020105000420')
    const digest = sha256(message)
    const encoded = (...parts: readonly Uint8Array[]): Uint8Array => {
      const end = concat(...parts)
      return Uint8Array.of(0, 1, ...new Uint8Array(length - 3 - end.length).fill(0xff), 0, ...end)
    }
    const d = toBigInt(numbers.privateExponent)
    const signed = (bytes: Uint8Array): Uint8Array => fromBigInt(pow(toBigInt(bytes), d, key.n), length)
    const accepts = (bytes: Uint8Array): boolean => verifyRsa(key, 'pkcs1', 'sha256', message, signed(bytes))
    const good = encoded(digestInfo, digest)
    expect(accepts(good)).toBe(true)
    // Bleichenbacher 2006: short padding and garbage behind
    const garbage = Uint8Array.of(
      0,
      1,
      0xff,
      0xff,
      0xff,
      0xff,
      0xff,
      0xff,
      0xff,
      0xff,
      0,
      ...digestInfo,
      ...digest,
    )
    expect(accepts(Uint8Array.of(...garbage, ...new Uint8Array(length - garbage.length)))).toBe(false)
    // NULL parameters left out
    expect(accepts(encoded(fromHex('302f300b0609608648016503040201'), Uint8Array.of(4, 32), digest))).toBe(
      false,
    )
    // Length in long form
    expect(accepts(encoded(fromHex('308131300d060960864801650304020105000420'), digest))).toBe(false)
    for (const at of [0, 1, 2, 10, length - 52]) {
      const changed = good.slice()
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(accepts(changed), `byte ${at}`).toBe(false)
    }
  })

  test('a signature that came out wrong is not given away', () => {
    expect(() => signPss({ ...key, dP: key.dP + 2n }, 'sha256', message, random)).toThrow(
      expect.objectContaining({ code: 'ERR_CRYPTO_OPERATION_FAILED' }),
    )
  })
})

test('a modulus too short for the hash verifies nothing', () => {
  const [[, pair] = []] = rsaPairs
  if (!pair) throw new Error('no key')
  const key = keyOf(numbersOf(pair.pkcs8))
  expect(verifyRsa(key, 'pss', 'sha512', message, new Uint8Array(128).fill(1))).toBe(false)
})
