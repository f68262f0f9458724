import { generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { writeElement, writeInteger, writeOctetString, writeSequence } from '../der/index.ts'
import { ecdsaSignatureFromDer, ecdsaSignatureToDer } from './ecdsaSignature.ts'

const curves = [
  ['P-256', 32],
  ['P-384', 48],
  ['P-521', 66],
] as const

describe.each(curves)('%s', (curve, length) => {
  test('both forms say the same to node:crypto', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: curve })
    for (let i = 0; i < 20; i++) {
      const message = randomBytes(i)
      const der = new Uint8Array(sign('sha256', message, privateKey))
      const raw = ecdsaSignatureFromDer(curve, der) ?? new Uint8Array(0)
      expect(raw.length).toBe(2 * length)
      expect(verify('sha256', message, { key: publicKey, dsaEncoding: 'ieee-p1363' }, raw)).toBe(true)
      expect(ecdsaSignatureToDer(raw)).toEqual(der)
    }
  })

  test('small numbers are padded, and large ones are not negative', () => {
    const raw = new Uint8Array(2 * length)
    raw[length - 1] = 1
    raw[length] = 0x80
    const der = ecdsaSignatureToDer(raw)
    expect(ecdsaSignatureFromDer(curve, der)).toEqual(raw)
    expect(der.length).toBeLessThan(length + 12)
  })

  test('a number that is longer than the order is refused', () => {
    const long = writeInteger(1n << BigInt(8 * length))
    expect(ecdsaSignatureFromDer(curve, writeSequence(long, writeInteger(1)))).toBeUndefined()
    expect(ecdsaSignatureFromDer(curve, writeSequence(writeInteger(1), long))).toBeUndefined()
  })
})

const one = writeInteger(1)
const good = writeSequence(one, one)

test.each([
  ['nothing', new Uint8Array(0)],
  ['a byte behind', Uint8Array.of(...good, 0)],
  ['the last byte missing', good.subarray(0, -1)],
  ['a third integer', writeSequence(one, one, one)],
  ['one integer', writeSequence(one)],
  ['r = 0', writeSequence(writeInteger(0), one)],
  ['s = 0', writeSequence(one, writeInteger(0))],
  ['a negative r', writeSequence(writeInteger(-1), one)],
  ['a needless zero', writeSequence(writeElement(2, Uint8Array.of(0, 1)), one)],
  ['an empty integer', writeSequence(writeElement(2), one)],
  ['other types', writeSequence(writeOctetString(Uint8Array.of(1)), one)],
  ['a long length', Uint8Array.of(0x30, 0x81, 6, ...good.subarray(2))],
  ['the indefinite form', Uint8Array.of(0x30, 0x80, ...good.subarray(2), 0, 0)],
  ['r and s side by side', new Uint8Array(64).fill(1)],
])('refuses %s', (_, der) => {
  expect(ecdsaSignatureFromDer('P-256', der)).toBeUndefined()
})
