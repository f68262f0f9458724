import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { writeInteger, writeOctetString, writeSequence } from '../der/index.ts'
import { readPem } from './pem.ts'
import { privateKeyFromPem } from './privateKeyFromPem.ts'

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
const text = (key: KeyObject, type: 'pkcs1' | 'sec1' | 'pkcs8', options: object = {}): string =>
  String(key.export({ format: 'pem', type, ...options } as { format: 'pem'; type: 'pkcs8' }))
const error = (code: string): unknown => expect.objectContaining({ name: 'CryptoError', code })
const block = (label: string, bytes: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(bytes).toString('base64')}\n-----END ${label}-----\n`

describe('privateKeyFromPem', () => {
  const keys: readonly (readonly [string, KeyObject, string])[] = [
    ['PKCS #8', ec, text(ec, 'pkcs8')],
    ['PKCS #8 of RSA', rsa, text(rsa, 'pkcs8')],
    ['SEC 1', ec, text(ec, 'sec1')],
    ['PKCS #1', rsa, text(rsa, 'pkcs1')],
    [
      'PKCS #8 with text around it and Windows line ends',
      ec,
      `me\n${text(ec, 'pkcs8')}\n`.replaceAll('\n', '\r\n'),
    ],
    ['SEC 1 behind its parameters', ec, block('EC PARAMETERS', Uint8Array.of(5, 0)) + text(ec, 'sec1')],
  ]
  test.each(keys)('reads %s', (_, key, pem) => {
    const { pkcs8 } = privateKeyFromPem(pem)
    expect(pkcs8).toEqual(new Uint8Array(key.export({ format: 'der', type: 'pkcs8' })))
  })

  test('reads SEC 1 without a public key', () => {
    const { d, x } = ec.export({ format: 'jwk' })
    const oid = Uint8Array.of(0xa0, 10, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7)
    const bare = writeSequence(
      writeInteger(1),
      writeOctetString(new Uint8Array(Buffer.from(d ?? '', 'base64url'))),
      oid,
    )
    const { pkcs8 } = privateKeyFromPem(block('EC PRIVATE KEY', bare))
    const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
    expect(key.export({ format: 'jwk' }).x).toBe(x)
  })

  const encryption = { cipher: 'aes-128-cbc', passphrase: 'secret' }
  test.each([
    ['of PKCS #8', text(ec, 'pkcs8', encryption)],
    ['of SEC 1 (RFC 1421)', text(ec, 'sec1', encryption)],
    ['of PKCS #1 (RFC 1421)', text(rsa, 'pkcs1', encryption)],
  ])('says of an encrypted key %s that it is encrypted', (_, pem) => {
    expect(() => privateKeyFromPem(pem)).toThrow(error('ERR_CRYPTO_UNSUPPORTED'))
    expect(() => privateKeyFromPem(pem)).toThrow('the private key is encrypted')
  })

  test.each([
    ['no key', 'ERR_CRYPTO_INVALID_KEY', block('CERTIFICATE', Uint8Array.of(0x30, 0))],
    ['two keys', 'ERR_CRYPTO_INVALID_KEY', text(ec, 'pkcs8') + text(rsa, 'pkcs1')],
    ['bytes behind PKCS #8', 'ERR_CRYPTO_INVALID_KEY', block('PRIVATE KEY', Uint8Array.of(0x30, 0, 0))],
    ['a malformed SEC 1 key', 'ERR_CRYPTO_INVALID_KEY', block('EC PRIVATE KEY', Uint8Array.of(0x30, 0))],
    ['a malformed PKCS #1 key', 'ERR_CRYPTO_INVALID_KEY', block('RSA PRIVATE KEY', Uint8Array.of(0x30, 0))],
    [
      'a SEC 1 key that names no curve',
      'ERR_CRYPTO_INVALID_KEY',
      block('EC PRIVATE KEY', writeSequence(writeInteger(1), writeOctetString(new Uint8Array(32)))),
    ],
    ['a key of OpenSSH', 'ERR_CRYPTO_UNSUPPORTED', block('OPENSSH PRIVATE KEY', Uint8Array.of(1))],
    ['no base64', 'ERR_CRYPTO_MALFORMED', block('PRIVATE KEY', Uint8Array.of(1)).replace('=', '*')],
  ])('refuses %s', (_, code, pem) => {
    expect(() => privateKeyFromPem(pem)).toThrow(error(code))
  })
})

describe('readPem (RFC 7468)', () => {
  test('gives all blocks in order', () => {
    const pem = `# roots\n${block('CERTIFICATE', Uint8Array.of(1))}text\n${block('X509 CRL', Uint8Array.of(2, 3))}`
    expect(readPem(pem)).toEqual([
      { label: 'CERTIFICATE', bytes: Uint8Array.of(1), encrypted: false },
      { label: 'X509 CRL', bytes: Uint8Array.of(2, 3), encrypted: false },
    ])
    expect(readPem('')).toEqual([])
  })

  test('takes lines of any length, and spaces at their ends', () => {
    const bytes = Uint8Array.from({ length: 200 }, (_, i) => i)
    for (const width of [1, 7, 64, 76, 1000]) {
      const lines =
        Buffer.from(bytes)
          .toString('base64')
          .match(new RegExp(`.{1,${width}}`, 'g')) ?? []
      const pem = `-----BEGIN A-----  \n${lines.join(' \t\n')}\n-----END A-----`
      expect(readPem(pem)[0]?.bytes).toEqual(bytes)
    }
  })

  test('base64 of every length', () => {
    for (let length = 1; length < 10; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => 255 - 25 * i)
      expect(readPem(block('A', bytes))[0]?.bytes).toEqual(bytes)
    }
  })

  test.each([
    ['no end', '-----BEGIN A-----\nAAAA\n'],
    ['no end before the next', '-----BEGIN A-----\nAAAA\n-----BEGIN A-----\nAAAA\n-----END A-----'],
    ['another end', '-----BEGIN A-----\nAAAA\n-----END B-----'],
    ['nothing inside', '-----BEGIN A-----\n-----END A-----'],
    ['padding missing', '-----BEGIN A-----\nAA\n-----END A-----'],
    ['padding in the middle', '-----BEGIN A-----\nAA==AAAA\n-----END A-----'],
    ['three times padding', '-----BEGIN A-----\nA===\n-----END A-----'],
    ['line ends as letters', '-----BEGIN A-----\nAAAA\\nAAAA\n-----END A-----'],
    ['a header behind', '-----BEGIN A-----\nAAAA\nProc-Type: 4\n-----END A-----'],
  ])('refuses a block with %s', (_, pem) => {
    expect(() => readPem(pem)).toThrow(error('ERR_CRYPTO_MALFORMED'))
  })

  test('an end without a beginning is text', () => {
    expect(readPem('-----END A-----')).toEqual([])
  })
})
