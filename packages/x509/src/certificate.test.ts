import {
  primitive,
  Tag,
  writeBitString,
  writeBoolean,
  writeConstructed,
  writeElement,
  writeInteger,
  writeOctetString,
  writeOid,
  writeSequence,
} from '@mortise/crypto/der'
import { describe, expect, test } from 'vitest'
import { isSelfIssued, parseCertificate } from './certificate.ts'
import { makeAuthority, makeRoot, makeServer, writeSigned } from './fixtures/certificates.ts'
import { keyUsage, unknownExtension } from './fixtures/extensions.ts'
import { keyNamed } from './fixtures/keys.ts'
import { writeName } from './fixtures/names.ts'
import { errorOf } from './fixtures/throws.ts'

const root = makeRoot({ subject: 'O=Example/CN=Root' })
const key = keyNamed('certificate')

type Field =
  | 'version'
  | 'serialNumber'
  | 'algorithm'
  | 'issuer'
  | 'validity'
  | 'subject'
  | 'key'
  | 'uniqueIds'
  | 'extensions'
  | 'behind'

/** The fields of a TBSCertificate, one of which a test replaces. */
const fields: Readonly<Record<Field, Uint8Array>> = {
  version: writeConstructed(0, writeInteger(2)),
  serialNumber: writeInteger(7),
  algorithm: key.signer.algorithm,
  issuer: writeName('Issuer'),
  validity: writeSequence(
    writeElement(Tag.utcTime, Buffer.from('260101000000Z')),
    writeElement(Tag.utcTime, Buffer.from('261231235959Z')),
  ),
  subject: writeName('Subject'),
  key: key.spki,
  uniqueIds: new Uint8Array(0),
  extensions: new Uint8Array(0),
  behind: new Uint8Array(0),
}
const nothing = new Uint8Array(0)
const withFields = (changed: Partial<Record<Field, Uint8Array>>): Uint8Array =>
  writeSigned(writeSequence(...Object.values({ ...fields, ...changed })), key)
const failure = (changed: Partial<Record<Field, Uint8Array>>) =>
  errorOf(() => parseCertificate(withFields(changed)))

const extensionList = (...list: readonly Uint8Array[]): Uint8Array =>
  writeConstructed(3, writeSequence(...list))
const oneExtension = (...behindType: readonly Uint8Array[]): Uint8Array =>
  extensionList(writeSequence(writeOid('1.2.3'), ...behindType))

test('has the fields of RFC 5280 §4.1', () => {
  const certificate = parseCertificate(root.der)
  expect(certificate).toMatchObject({
    version: 3,
    notBefore: Date.parse('2026-01-01T00:00:00Z'),
    notAfter: Date.parse('2026-12-31T23:59:59Z'),
    subject: { text: 'O=Example, CN=Root' },
    issuer: { text: 'O=Example, CN=Root' },
    publicKey: { type: { type: 'ec', curve: 'P-256' } },
  })
  expect(certificate.extensions.get('2.5.29.19')).toMatchObject({ critical: true })
})

test('is a copy of what it was parsed from', () => {
  const der = root.der.slice()
  const { subject, tbs } = parseCertificate(der)
  der.fill(0)
  expect(subject.text).toBe('O=Example, CN=Root')
  expect(tbs[0]).toBe(Tag.sequence)
})

test('is self-issued if it names itself as issuer, whoever signed it (RFC 5280 §3.2)', () => {
  const other = makeRoot({ subject: 'O=Example/CN=Root', key: keyNamed('other') })
  const authority = makeAuthority(other, { subject: 'O=EXAMPLE/CN=root' })
  expect(isSelfIssued(parseCertificate(root.der))).toBe(true)
  expect(isSelfIssued(parseCertificate(authority.der))).toBe(true)
  expect(isSelfIssued(parseCertificate(makeServer(root).der))).toBe(false)
})

describe('strictness (X.690 §10.1)', () => {
  const [, lengthOfLength = 0] = root.der

  test('no bytes may be left over', () => {
    expect(errorOf(() => parseCertificate(Buffer.concat([root.der, Buffer.of(0)])))).toMatch(/left over/)
  })

  test('no byte may be missing', () => {
    for (const length of [0, 1, 2, 3, 4, 100, root.der.length - 1])
      expect(
        errorOf(() => parseCertificate(root.der.subarray(0, length))),
        `${length}`,
      ).toMatch(/^ERR_X509_MALF/)
  })

  test('lengths are minimal', () => {
    expect(lengthOfLength).toBe(0x82)
    const longer = Buffer.concat([Buffer.of(Tag.sequence, 0x83, 0), root.der.subarray(2)])
    expect(errorOf(() => parseCertificate(longer))).toMatch(/not minimal/)
  })

  test('lengths are definite', () => {
    const indefinite = Buffer.concat([Buffer.of(Tag.sequence, 0x80), root.der.subarray(4), Buffer.of(0, 0)])
    expect(errorOf(() => parseCertificate(indefinite))).toMatch(/indefinite/)
  })

  test('the signature is of whole bytes', () => {
    const tbs = writeSequence(...Object.values(fields))
    const der = writeSequence(tbs, key.signer.algorithm, writeBitString(Uint8Array.of(0x80), 7))
    expect(errorOf(() => parseCertificate(der))).toMatch(/whole number of bytes/)
  })
})

test.each([
  [
    'two signature algorithms that differ (RFC 5280 §4.1.1.2)',
    { algorithm: keyNamed('e', 'ed25519').signer.algorithm },
    /two different/,
  ],
  ['version 1 written out', { version: writeConstructed(0, writeInteger(0)) }, /default value/],
  ['version 4', { version: writeConstructed(0, writeInteger(3)) }, /version 4/],
  ['a negative version', { version: writeConstructed(0, writeInteger(-1)) }, /negative/],
  ['an empty serial number', { serialNumber: Uint8Array.of(Tag.integer, 0) }, /empty integer/],
  [
    'a serial number with a needless zero',
    { serialNumber: Uint8Array.of(Tag.integer, 2, 0, 1) },
    /not minimal/,
  ],
  ['no issuer', { issuer: nothing }, /./],
  [
    'an issuer with an empty relative name',
    { issuer: writeSequence(writeElement(Tag.set)) },
    /empty relative/,
  ],
  [
    'one date only',
    { validity: writeSequence(writeElement(Tag.utcTime, Buffer.from('260101000000Z'))) },
    /time of wrong form|early/,
  ],
  [
    'a unique identifier in version 1 (RFC 5280 §4.1.2.8)',
    { version: nothing, uniqueIds: writeElement(primitive(1), Uint8Array.of(0, 1)) },
    /unique identifier/,
  ],
  [
    'extensions in version 1 (RFC 5280 §4.1.2.9)',
    { version: nothing, extensions: oneExtension(writeOctetString()) },
    /extensions in version 1/,
  ],
  [
    'extensions in version 2',
    { version: writeConstructed(0, writeInteger(1)), extensions: oneExtension(writeOctetString()) },
    /extensions in version 2/,
  ],
  ['an empty list of extensions', { extensions: extensionList() }, /empty list/],
  [
    'two extensions of a type (RFC 5280 §4.2)',
    {
      extensions: extensionList(
        ...Array<Uint8Array>(2).fill(writeSequence(writeOid('1.2.3'), writeOctetString())),
      ),
    },
    /twice/,
  ],
  [
    'critical FALSE written out (X.690 §11.5)',
    { extensions: oneExtension(writeBoolean(false), writeOctetString()) },
    /default value/,
  ],
  [
    'a critical that is neither 0 nor 255 (X.690 §11.1)',
    { extensions: oneExtension(writeElement(Tag.boolean, Uint8Array.of(1)), writeOctetString()) },
    /boolean/,
  ],
  ['an extension without value', { extensions: oneExtension() }, /nothing in place/],
  [
    'an extension with more behind its value',
    { extensions: oneExtension(writeOctetString(), writeInteger(1)) },
    /left over/,
  ],
  ['something behind the extensions', { behind: writeInteger(1) }, /left over/],
] as const)('is malformed with %s', (_, changed, pattern) => {
  expect(failure(changed)).toMatch(/^ERR_X509_MALFORMED certificate: /)
  expect(failure(changed)).toMatch(pattern)
})

test.each([
  ['version 1 without extensions', { version: nothing }, 1],
  [
    'version 2 with unique identifiers',
    {
      version: writeConstructed(0, writeInteger(1)),
      uniqueIds: writeElement(primitive(2), Uint8Array.of(0, 1)),
    },
    2,
  ],
  ['a negative serial number, which is for the profile to refuse', { serialNumber: writeInteger(-5) }, 3],
  [
    'dates of either kind, whatever their year',
    {
      validity: writeSequence(
        writeElement(Tag.generalizedTime, Buffer.from('20260101000000Z')),
        writeElement(Tag.utcTime, Buffer.from('491231235959Z')),
      ),
    },
    3,
  ],
] as const)('parses with %s', (_, changed, version) => {
  expect(parseCertificate(withFields(changed)).version).toBe(version)
})

test('keeps extensions that nobody knows as they are', () => {
  const { extensions } = parseCertificate(
    makeServer(root, { extensions: [unknownExtension(true), keyUsage(0, 8)] }).der,
  )
  expect(extensions.get('1.3.6.1.4.1.99999.1')).toEqual({
    type: '1.3.6.1.4.1.99999.1',
    critical: true,
    value: Uint8Array.of(5, 0),
  })
})
