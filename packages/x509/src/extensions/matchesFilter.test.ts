import { writeOid } from '@mortise/crypto/der'
import { expect, test } from 'vitest'
import { parseCertificate } from '../certificate.ts'
import { makeAuthority, makeRoot, makeServer } from '../fixtures/certificates.ts'
import * as make from '../fixtures/extensions.ts'
import { matchesFilter } from './matchesFilter.ts'

const usage = '2.5.29.15'
const purpose = '2.5.29.37'
const certificate = parseCertificate(
  makeServer(makeAuthority(makeRoot()), {
    without: [usage, purpose],
    extensions: [make.keyUsage(0, 2), make.extendedKeyUsage(make.purposes.client, make.purposes.server)],
  }).der,
)
const bare = parseCertificate(makeServer(makeAuthority(makeRoot()), { without: [usage, purpose] }).der)
const none = new Uint8Array(0)

test.each([
  ['one usage of two', usage, make.keyUsage(0).value, true],
  ['both usages', usage, make.keyUsage(0, 2).value, true],
  ['a usage that is not there', usage, make.keyUsage(0, 5).value, false],
  ['one purpose of two', purpose, make.extendedKeyUsage(make.purposes.client).value, true],
  ['a purpose that is not there', purpose, make.extendedKeyUsage(make.purposes.codeSigning).value, false],
  ['any value of an extension that is there', usage, none, true],
  ['an extension that nobody has a rule for', '1.2.3', Uint8Array.of(1), true],
  ['a value that does not parse', usage, Uint8Array.of(3, 1), false],
])('RFC 9846 §4.3.5: %s', (_, type, values, expected) => {
  expect(matchesFilter(certificate, writeOid(type), values)).toBe(expected)
})

test('what a certificate does not say does not match, and an identifier that is none neither', () => {
  expect(matchesFilter(bare, writeOid(usage), none)).toBe(false)
  expect(matchesFilter(bare, writeOid(usage), make.keyUsage(0).value)).toBe(false)
  expect(matchesFilter(certificate, Uint8Array.of(1, 2, 3), none)).toBe(false)
})
