import { describe, expect, test } from 'vitest'
import { DerReader, elementsOf, readOnly } from './reader.ts'
import { Tag } from './tag.ts'

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
const hex = (value: Uint8Array): string => Buffer.from(value).toString('hex')
const malformed: unknown = expect.objectContaining({ code: 'ERR_CRYPTO_MALFORMED' })
const read = (text: string): (() => void) => {
  const reader = new DerReader(bytes(text))
  return () => {
    reader.any()
    reader.end()
  }
}

describe('DerReader', () => {
  test('reads elements one behind the other, as views', () => {
    const all = bytes('020105 0c026869 3000')
    const reader = new DerReader(all)
    expect(reader.tag).toBe(Tag.integer)
    expect(hex(reader.content(Tag.integer))).toBe('05')
    expect(reader.optional(Tag.integer)).toBeUndefined()
    expect(hex(reader.optional(Tag.utf8String) ?? new Uint8Array(0))).toBe('6869')
    const last = reader.any()
    expect(hex(last.encoded)).toBe('3000')
    expect(last.content.length).toBe(0)
    expect(last.encoded.buffer).toBe(all.buffer)
    expect(reader.atEnd).toBe(true)
    expect(reader.tag).toBeUndefined()
    reader.end()
  })

  test('reads what is inside', () => {
    const inside = new DerReader(bytes('3006 06012a 020100')).reader()
    expect(inside.oid()).toBe('1.2')
    expect(inside.atEnd).toBe(false)
    expect(() => inside.end()).toThrow('bytes left over')
    expect(new DerReader(bytes('a003 020107')).reader(0xa0).content(Tag.integer)).toEqual(Uint8Array.of(7))
    const items = elementsOf(new DerReader(bytes('020101 020102')), (reader) => hex(reader.content(2)))
    expect(items).toEqual(['01', '02'])
  })

  test('takes lengths of one to four bytes (X.690 §8.1.3)', () => {
    read(`0481 80 ${'00'.repeat(0x80)}`)()
    read(`0482 0100 ${'00'.repeat(0x100)}`)()
    read(`0483 010000 ${'00'.repeat(0x10000)}`)()
    const long = new Uint8Array(6 + 0x1000000)
    long.set(bytes('0484 01000000'))
    expect(new DerReader(long).any().content.length).toBe(0x1000000)
  })

  test.each([
    ['nothing', ''],
    ['no length', '04'],
    ['no end of the length', '0482 01'],
    ['content that is missing', '0402 00'],
    ['a length far beyond the end', '0484 ffffffff 00'],
    ['the indefinite form (X.690 §10.1)', '3080 0000'],
    ['a long length that fits the short form', '0481 7f'.padEnd(260, '0')],
    ['a length with a leading zero', `0482 0080 ${'00'.repeat(0x80)}`],
    ['a length of five bytes', '0485 0000000001 00'],
    ['a length of 127 bytes', `04ff ${'01'.repeat(127)}`],
    ['a tag number above 30', '1f2000'],
    ['bytes behind', '0500 00'],
  ])('refuses %s', (_, text) => {
    expect(read(text)).toThrow(malformed)
  })

  test('refuses other tags than expected', () => {
    expect(() => new DerReader(bytes('0500')).content(Tag.integer)).toThrow('tag 0x05 in place of 0x02')
    expect(() => new DerReader(new Uint8Array(0)).reader()).toThrow('tag nothing in place of 0x30')
  })

  test('throws the error that it was given the making of, inside too', () => {
    const own = (detail: string | false): Error => new RangeError(`mine: ${detail}`)
    const reader = new DerReader(bytes('3002 0600'), own)
    expect(() => reader.reader().oid()).toThrow(RangeError)
    expect(() => readOnly(bytes('0500 00'), Tag.null, own)).toThrow('mine: bytes left over')
  })
})

test('readOnly: one element and nothing behind it', () => {
  expect(hex(readOnly(bytes('0401aa'), Tag.octetString))).toBe('aa')
  expect(() => readOnly(bytes('0401aa00'), Tag.octetString)).toThrow(malformed)
  expect(() => readOnly(bytes('0401aa'), Tag.null)).toThrow(malformed)
})
