import { constants, generateKeyPairSync, randomBytes, sign, verify, type KeyObject } from 'node:crypto'
import { sha256 } from '@noble/hashes/sha2.js'
import { toBigInt, type HashName } from '@mortise/crypto'
import { describe, expect, test } from 'vitest'
import { pow } from 'micro-rsa-dsa-dh/utils.js'
import { signPss, type RsaPrivateKey } from './rsaSign.ts'
import { verifyRsa } from './rsaVerify.ts'

const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length))
const hashes: readonly (readonly [HashName, number])[] = [
  ['sha256', 32],
  ['sha384', 48],
  ['sha512', 64],
]
const message = random(100)

function numbers(key: KeyObject): RsaPrivateKey {
  const jwk = key.export({ format: 'jwk' })
  const number = (text = ''): bigint => toBigInt(Buffer.from(text, 'base64url'))
  return {
    n: number(jwk.n),
    e: number(jwk.e),
    p: number(jwk.p),
    q: number(jwk.q),
    dP: number(jwk.dp),
    dQ: number(jwk.dq),
    qInv: number(jwk.qi),
  }
}

// 2041 is a length for which the encoded message is one byte shorter than the modulus
const pairs = [1024, 2048, 2041].map(
  (bits) => [bits, generateKeyPairSync('rsa', { modulusLength: bits })] as const,
)

describe.each(pairs)('RSA with %i bits', (bits, { privateKey, publicKey }) => {
  const key = numbers(privateKey)
  const pss = (saltLength: number): object => ({ padding: constants.RSA_PKCS1_PSS_PADDING, saltLength })

  test.each(hashes)('verifies what node:crypto signed with %s', (hash, saltLength) => {
    if (bits === 1024 && hash === 'sha512') return
    const made = new Uint8Array(sign(hash, message, { key: privateKey, ...pss(saltLength) }))
    expect(verifyRsa(key, 'pss', hash, message, made)).toBe(true)
    const old = new Uint8Array(sign(hash, message, privateKey))
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

  test.each(hashes)('signs what node:crypto verifies with %s', (hash, saltLength) => {
    if (bits === 1024 && hash === 'sha512') return
    const signature = signPss(key, hash, message, random)
    expect(signature.length).toBe(Math.ceil(bits / 8))
    expect(verify(hash, message, { key: publicKey, ...pss(saltLength) }, signature)).toBe(true)
    expect(Buffer.from(signPss(key, hash, message, random)).equals(signature)).toBe(false)
  })

  test('a signature has exactly the modulus’ length and is less than the modulus (RFC 8017 §8.1.2)', () => {
    const signature = new Uint8Array(sign('sha256', message, { key: privateKey, ...pss(32) }))
    expect(verifyRsa(key, 'pss', 'sha256', message, signature.subarray(1))).toBe(false)
    expect(verifyRsa(key, 'pss', 'sha256', message, Uint8Array.of(0, ...signature))).toBe(false)
    expect(verifyRsa(key, 'pss', 'sha256', message, Uint8Array.of(...signature, 0))).toBe(false)
    expect(verifyRsa(key, 'pss', 'sha256', message, new Uint8Array(0))).toBe(false)
    expect(verifyRsa(key, 'pss', 'sha256', message, signature.slice().fill(0xff))).toBe(false)
    const beyond = (toBigInt(signature) + key.n).toString(16)
    const longer = new Uint8Array(
      Buffer.from(beyond.padStart(beyond.length + (beyond.length % 2), '0'), 'hex'),
    )
    expect(verifyRsa(key, 'pss', 'sha256', message, longer)).toBe(false)
  })

  test('the salt of PSS is as long as the hash, neither shorter nor longer (RFC 9846 §4.3.3)', () => {
    for (const saltLength of [0, 20, 31, 33])
      expect(
        verifyRsa(
          key,
          'pss',
          'sha256',
          message,
          sign('sha256', message, { key: privateKey, ...pss(saltLength) }),
        ),
      ).toBe(false)
  })

  test('PKCS #1 v1.5 is compared as a whole: nothing may stand before, in or behind its DigestInfo', () => {
    const length = Math.ceil(bits / 8)
    const digestInfo = Buffer.from('3031300d060960864801650304020105000420', 'hex')
    const digest = Buffer.from(sha256(message))
    const encoded = (...parts: readonly Uint8Array[]): Uint8Array => {
      const end = Buffer.concat(parts)
      return Uint8Array.of(0, 1, ...new Uint8Array(length - 3 - end.length).fill(0xff), 0, ...end)
    }
    const d = toBigInt(Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url'))
    const signed = (bytes: Uint8Array): Uint8Array =>
      new Uint8Array(
        Buffer.from(
          pow(toBigInt(bytes), d, key.n)
            .toString(16)
            .padStart(2 * length, '0'),
          'hex',
        ),
      )
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
    expect(
      accepts(encoded(Buffer.from('302f300b0609608648016503040201', 'hex'), Uint8Array.of(4, 32), digest)),
    ).toBe(false)
    // Length in long form
    expect(accepts(encoded(Buffer.from('308131300d060960864801650304020105000420', 'hex'), digest))).toBe(
      false,
    )
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
  const [[, pair] = []] = pairs
  if (!pair) throw new Error('no key')
  expect(verifyRsa(numbers(pair.privateKey), 'pss', 'sha512', message, new Uint8Array(128).fill(1))).toBe(
    false,
  )
})
