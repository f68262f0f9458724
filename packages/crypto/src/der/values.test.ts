import { describe, expect, test } from 'vitest'
import {
  checkInteger,
  readBitString,
  readBoolean,
  readBytes,
  readOid,
  readSmallInteger,
  readUnsigned,
} from './values.ts'

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
const malformed: unknown = expect.objectContaining({ name: 'CryptoError', code: 'ERR_CRYPTO_MALFORMED' })

describe('OBJECT IDENTIFIER (X.690 §8.19)', () => {
  test.each([
    ['2a864886f70d010101', '1.2.840.113549.1.1.1'],
    ['2b6570', '1.3.101.112'],
    ['00', '0.0'],
    ['27', '0.39'],
    ['28', '1.0'],
    ['4f', '1.39'],
    ['50', '2.0'],
    ['883703', '2.999.3'],
    ['6983ffffffffffffffffffffffffffffffffff7f', '2.25.340282366920938463463374607431768211455'],
  ])('%s is %s', (content, dotted) => {
    expect(readOid(bytes(content))).toBe(dotted)
  })

  test.each([
    ['empty', ''],
    ['unfinished', '2a86'],
    ['with a leading zero in an arc', '2a8001'],
    ['with a leading zero in the first arc', '802a'],
    ['of more than 64 bytes', '2a'.repeat(65)],
  ])('refuses one that is %s', (_, content) => {
    expect(() => readOid(bytes(content))).toThrow(malformed)
  })
})

test('BOOLEAN is 0 or 255 (X.690 §11.1)', () => {
  expect([readBoolean(bytes('00')), readBoolean(bytes('ff'))]).toEqual([false, true])
  for (const content of ['', '01', 'fe', '0000', 'ffff'])
    expect(() => readBoolean(bytes(content)), content).toThrow(malformed)
})

describe('INTEGER (X.690 §8.3)', () => {
  test('is as short as can be', () => {
    for (const content of ['00', '7f', '80', '0080', 'ff7f', 'ff'])
      expect(checkInteger(bytes(content))).toEqual(bytes(content))
    for (const content of ['', '0000', '007f', 'ffff', 'ff80'])
      expect(() => checkInteger(bytes(content)), content).toThrow(malformed)
  })

  test('without a sign gives its magnitude', () => {
    expect(readUnsigned(bytes('00'))).toEqual(bytes(''))
    expect(readUnsigned(bytes('0080'))).toEqual(bytes('80'))
    expect(readUnsigned(bytes('7f01'))).toEqual(bytes('7f01'))
    for (const content of ['80', 'ff', '0001']) expect(() => readUnsigned(bytes(content))).toThrow(malformed)
  })

  test('of 32 bits is a number, and beyond that 2^32', () => {
    expect(readSmallInteger(bytes('00'))).toBe(0)
    expect(readSmallInteger(bytes('03e7'))).toBe(999)
    expect(readSmallInteger(bytes('00ffffffff'))).toBe(2 ** 32 - 1)
    expect(readSmallInteger(bytes('0100000000'))).toBe(2 ** 32)
    expect(readSmallInteger(bytes('7fffffffffffffffff'))).toBe(2 ** 32)
    expect(() => readSmallInteger(bytes('ff'))).toThrow(malformed)
  })
})

describe('BIT STRING (X.690 §8.6, §11.2)', () => {
  test('knows its unused bits', () => {
    expect(readBitString(bytes('00'))).toEqual({ bytes: bytes(''), unused: 0 })
    expect(readBitString(bytes('05a0'))).toEqual({ bytes: bytes('a0'), unused: 5 })
    expect(readBytes(bytes('00a0'))).toEqual(bytes('a0'))
  })

  test.each([
    ['empty', ''],
    ['with eight unused bits', '08a0'],
    ['empty with unused bits', '01'],
    ['with unused bits that are set', '01a1'],
  ])('refuses one %s', (_, content) => {
    expect(() => readBitString(bytes(content))).toThrow(malformed)
  })

  test('of no whole number of bytes is none of bytes', () => {
    expect(() => readBytes(bytes('05a0'))).toThrow(malformed)
  })
})

test('the error is the caller’s', () => {
  const own = (): Error => new TypeError('mine')
  for (const read of [
    readOid,
    readBoolean,
    checkInteger,
    readUnsigned,
    readSmallInteger,
    readBitString,
    readBytes,
  ])
    expect(() => read(new Uint8Array(0), own)).toThrow(TypeError)
})
