import { expect, test } from 'vitest'
import { DerReader } from './reader.ts'
import { Tag } from './tag.ts'
import { checkInteger, readOid, readUnsigned } from './values.ts'
import {
  writeBitString,
  writeBoolean,
  writeConstructed,
  writeElement,
  writeInteger,
  writeNull,
  writeOctetString,
  writeOid,
  writeSequence,
  writeSetOf,
  writeUnsigned,
} from './writer.ts'

const hex = (value: Uint8Array): string => Buffer.from(value).toString('hex')

test.each([0, 1, 0x7f, 0x80, 0xff, 0x100, 0xffff, 0x10000])('%i bytes come back (X.690 §10.1)', (length) => {
  const reader = new DerReader(writeElement(Tag.octetString, new Uint8Array(length).fill(7)))
  expect(reader.content(Tag.octetString)).toEqual(new Uint8Array(length).fill(7))
  reader.end()
})

test('elements nest', () => {
  const inner = writeSequence(writeBoolean(true), writeBoolean(false), writeNull())
  expect(hex(inner)).toBe('30080101ff0101000500')
  expect(hex(writeConstructed(1, inner))).toBe(`a10a${hex(inner)}`)
  expect(hex(writeOctetString(inner, Uint8Array.of(1)))).toBe(`040b${hex(inner)}01`)
})

test('SET OF is in ascending order (X.690 §11.6)', () => {
  const [a, b, c] = [writeInteger(1), writeInteger(2), writeInteger(300)]
  expect(hex(writeSetOf(c, b, a))).toBe('310a0201010201020202012c')
  expect(hex(writeSetOf(Uint8Array.of(5, 0), Uint8Array.of(5)))).toBe('3103050500')
  expect(hex(writeSetOf(Uint8Array.of(5), Uint8Array.of(5, 0)))).toBe('3103050500')
  expect(hex(writeSetOf(a, a))).toBe('3106020101020101')
})

test('INTEGER is as short as can be (X.690 §8.3.2)', () => {
  const written = new Map<bigint | number, string>([
    [0, '020100'],
    [127, '02017f'],
    [128, '02020080'],
    [256, '02020100'],
    [-1, '0201ff'],
    [-128, '020180'],
    [-129, '0202ff7f'],
    [2n ** 64n, '0209010000000000000000'],
  ])
  for (const [value, encoded] of written) expect(hex(writeInteger(value))).toBe(encoded)
  for (const [value] of written) checkInteger(writeInteger(value).subarray(2))
})

test('an INTEGER of a magnitude has no needless zeros, and is not negative', () => {
  expect(hex(writeUnsigned(new Uint8Array(0)))).toBe('020100')
  expect(hex(writeUnsigned(Uint8Array.of(0, 0)))).toBe('020100')
  expect(hex(writeUnsigned(Uint8Array.of(0, 0, 5)))).toBe('020105')
  expect(hex(writeUnsigned(Uint8Array.of(0x80, 1)))).toBe('0203008001')
  expect(readUnsigned(writeUnsigned(Uint8Array.of(0, 0x80)).subarray(2))).toEqual(Uint8Array.of(0x80))
})

test('BIT STRING says how many bits are unused', () => {
  expect(hex(writeBitString(Uint8Array.of(0xa0), 5))).toBe('030205a0')
  expect(hex(writeBitString(Uint8Array.of(1, 2)))).toBe('0303000102')
})

test.each([
  '0.0',
  '0.39',
  '1.2.840.113549.1.1.1',
  '2.5.29.17',
  '2.999.3',
  '2.25.340282366920938463463374607431768211455',
])('OBJECT IDENTIFIER %s comes back', (dotted) => {
  expect(readOid(writeOid(dotted).subarray(2))).toBe(dotted)
})

test.each(['', '1', '3.1', '0.40', '1.02', '1.2.', '1.2.03', '1.2.-3', 'a.b', '1.2.840 '])(
  'no OBJECT IDENTIFIER: "%s"',
  (dotted) => {
    expect(() => writeOid(dotted)).toThrow(RangeError)
  },
)
