import { Tag, writeElement } from '@mortise/crypto/der'
import { expect, test } from 'vitest'
import { DerReader } from './der.ts'
import { errorOf } from './fixtures/throws.ts'
import { formatTime, readGeneralizedTime, readTime } from './time.ts'

const read = (tag: number, text: string): number =>
  readTime(new DerReader(writeElement(tag, Buffer.from(text, 'latin1'))))

test.each([
  [Tag.utcTime, '500101000000Z', '1950-01-01T00:00:00Z'],
  [Tag.utcTime, '991231235959Z', '1999-12-31T23:59:59Z'],
  [Tag.utcTime, '000229120000Z', '2000-02-29T12:00:00Z'],
  [Tag.utcTime, '491231235959Z', '2049-12-31T23:59:59Z'],
  [Tag.generalizedTime, '20500101000000Z', '2050-01-01T00:00:00Z'],
  [Tag.generalizedTime, '99991231235959Z', '9999-12-31T23:59:59Z'],
  [Tag.generalizedTime, '19700101000000Z', '1970-01-01T00:00:00Z'],
])('tag %i, %s is %s (RFC 5280 §4.1.2.5)', (tag, text, expected) => {
  expect(formatTime(read(tag, text))).toBe(expected)
})

test.each([
  [Tag.utcTime, '2601010000Z'], // without seconds
  [Tag.utcTime, '260101000000+0000'],
  [Tag.utcTime, '260101000000'],
  [Tag.utcTime, '20260101000000Z'],
  [Tag.utcTime, '260101000000z'],
  [Tag.utcTime, ' 60101000000Z'],
  [Tag.generalizedTime, '20260101000000.5Z'],
  [Tag.generalizedTime, '260101000000Z'],
  [Tag.generalizedTime, '20260101000000Z '],
  [Tag.generalizedTime, '20260101000000Z00000'],
  [Tag.integer, '260101000000Z'],
  [Tag.utcTime, ''],
])('tag %i, "%s" is malformed', (tag, text) => {
  expect(errorOf(() => read(tag, text))).toBe('ERR_X509_MALFORMED a time of wrong form')
})

test.each([
  '260230000000Z',
  '261301000000Z',
  '260100000000Z',
  '260101240000Z',
  '260101006000Z',
  '260101000060Z',
  '250229000000Z',
])('%s does not exist', (text) => {
  expect(errorOf(() => read(Tag.utcTime, text))).toBe('ERR_X509_MALFORMED a date that does not exist')
})

test('GeneralizedTime of OCSP may be of any year (RFC 6960 §4.2.2.1)', () => {
  expect(readGeneralizedTime(Buffer.from('20260701120000Z'))).toBe(Date.parse('2026-07-01T12:00:00Z'))
  expect(errorOf(() => readGeneralizedTime(Buffer.from('2607011200Z')))).toMatch(/MALFORMED/)
})
