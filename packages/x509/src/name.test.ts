import { Tag, writeElement, writeInteger, writeOid, writeSequence, writeSetOf } from '@mortise/crypto/der'
import { describe, expect, test } from 'vitest'
import { DerReader } from './der.ts'
import { writeName } from './fixtures/names.ts'
import { errorOf } from './fixtures/throws.ts'
import { readName, type Name } from './name.ts'

const parse = (der: Uint8Array): Name => readName(new DerReader(der))
const commonName = (tag: number, value: Uint8Array): Name =>
  parse(writeSequence(writeSetOf(attribute('2.5.4.3', tag, value))))
const attribute = (type: string, tag: number, value: Uint8Array): Uint8Array =>
  writeSequence(writeOid(type), writeElement(tag, value))
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('comparison (RFC 5280 §7.1)', () => {
  test.each([
    ['Example CA', 'EXAMPLE ca'],
    ['Example CA', '  Example   CA '],
    ['é', 'e\u0301'], // composed and decomposed
    ['Ａ', 'A'], // full width
  ])('%j is %j', (a, b) => {
    expect(parse(writeName(a)).key).toBe(parse(writeName(b)).key)
  })

  test('kinds of strings do not matter', () => {
    const name = utf8('Root')
    const wide = Uint8Array.of(0, 82, 0, 111, 0, 111, 0, 116)
    const wider = Uint8Array.of(0, 0, 0, 82, 0, 0, 0, 111, 0, 0, 0, 111, 0, 0, 0, 116)
    const keys = [
      [Tag.utf8String, name],
      [Tag.printableString, name],
      [Tag.teletexString, name],
      [Tag.ia5String, name],
      [Tag.bmpString, wide],
      [Tag.universalString, wider],
    ] as const
    expect(new Set(keys.map(([tag, value]) => commonName(tag, value).key)).size).toBe(1)
  })

  test.each([
    ['CN=a', 'O=a'],
    ['CN=a/O=b', 'O=b/CN=a'], // order of relative names counts
    ['CN=a', 'CN=a/CN=a'],
    ['CN=a,b', 'CN=a/CN=b'],
    ['CN=ab', 'CN=a b'],
    ['CN=', ''],
  ])('%s is not %s', (a, b) => {
    expect(parse(writeName(a)).key).not.toBe(parse(writeName(b)).key)
  })

  test('the order within a relative name does not count', () => {
    const [a, b] = [
      attribute('2.5.4.3', Tag.utf8String, utf8('a')),
      attribute('2.5.4.10', Tag.utf8String, utf8('b')),
    ]
    // SET OF is sorted in DER, but peers write what they like
    const [one, other] = [
      [a, b],
      [b, a],
    ].map((order) => parse(writeSequence(writeElement(Tag.set, ...order))))
    expect(one?.key).toBe(other?.key)
  })

  test('no text can pass for the structure of a name', () => {
    expect(parse(writeName('CN=x"],["2.5.4.10","y')).key).not.toBe(parse(writeName('CN=x/O=y')).key)
    expect(parse(writeName('a+b')).key).not.toContain('"a"')
  })
})

describe('values', () => {
  test.each([
    ['UTF-8 that is none', Tag.utf8String, Uint8Array.of(0xc3, 0x28)],
    ['BMPString of odd length', Tag.bmpString, Uint8Array.of(0, 65, 0)],
    ['UniversalString beyond Unicode', Tag.universalString, Uint8Array.of(0, 0x11, 0, 0)],
    ['an INTEGER', Tag.integer, Uint8Array.of(5)],
  ])('%s has no value, and is compared by its bytes', (_, tag, bytes) => {
    const name = commonName(tag, bytes)
    expect(name.attributes[0]?.value).toBeUndefined()
    expect(name.text).toBe('CN=(binary)')
    expect(name.key).toBe(commonName(tag, bytes).key)
    expect(name.key).not.toBe(commonName(tag, Uint8Array.of(...bytes, 0)).key)
  })
})

describe('text for people', () => {
  test('has no control characters, and an end', () => {
    expect(parse(writeName('a\u001b[31m\nb\u202e')).text).toBe('CN=a\u{fffd}[31m\u{fffd}b\u{fffd}')
    expect(parse(writeName('x'.repeat(5000))).text.length).toBeLessThan(210)
  })

  test('an empty name says so', () => {
    expect(parse(writeName('')).text).toBe('(empty)')
  })

  test('types without a label are shown as numbers', () => {
    expect(parse(writeName('2.5.4.42=Ada')).text).toBe('2.5.4.42=Ada')
  })
})

test('as many attributes as a peer likes are no exception', () => {
  const one = attribute('2.5.4.3', Tag.utf8String, utf8('a'))
  const count = 200_000
  const all = Uint8Array.from({ length: one.length * count }, (_, i) => one[i % one.length] ?? 0)
  expect(parse(writeSequence(writeElement(Tag.set, all))).attributes.length).toBe(count)
})

test.each([
  ['an empty relative name', writeSequence(writeElement(Tag.set))],
  ['no sequence', writeInteger(1)],
  ['an attribute without value', writeSequence(writeSetOf(writeSequence(writeOid('2.5.4.3'))))],
  [
    'an attribute with two values',
    writeSequence(writeSetOf(writeSequence(writeOid('2.5.4.3'), writeInteger(1), writeInteger(2)))),
  ],
])('%s is malformed', (_, der) => {
  expect(errorOf(() => parse(der))).toMatch(/^ERR_X509_MALFORMED/)
})
