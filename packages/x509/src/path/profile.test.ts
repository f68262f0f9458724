import { constructed, primitive, writeElement, writeInteger, writeSequence } from '@mortise/crypto/der'
import { describe, expect, test } from 'vitest'
import {
  makeAuthority,
  makeRoot,
  makeServer,
  type CertificateOptions,
  type Issued,
} from '../fixtures/certificates.ts'
import * as make from '../fixtures/extensions.ts'
import { keyNamed } from '../fixtures/keys.ts'
import { verify } from '../fixtures/verify.ts'

const root = makeRoot()
const none = /^none$/
const id = new Uint8Array(20)
const critical = (extension: make.ExtensionFixture) => ({ ...extension, critical: true })
const uncritical = (extension: make.ExtensionFixture) => ({ ...extension, critical: false })

/** Which rule is broken on the web; `none` if so. With profile `private` it must be none. */
async function brokenRule(endEntity: Issued, anchor: Issued): Promise<string> {
  expect(await verify(endEntity, anchor, { profile: 'private' })).toMatchObject({ ok: true })
  const verdict = await verify(endEntity, anchor)
  return verdict.ok ? 'none' : `${verdict.reason} ${verdict.expected}`
}

describe('an end entity', () => {
  test.each<[string, CertificateOptions & { names?: readonly string[] }, RegExp]>([
    ['as it must be', {}, none],
    ['without a subject, subjectAltName critical', { subject: '' }, none],
    [
      'without a subject, subjectAltName uncritical',
      { subject: '', extensions: [make.subjectAltName(['example.com'])] },
      /subjectAltName/,
    ],
    [
      'with a subject, subjectAltName critical',
      { extensions: [make.subjectAltName(['example.com'], true)] },
      /subjectAltName/,
    ],
    ['serial number 0', { serialNumber: writeInteger(0) }, /serial/],
    ['a negative serial number', { serialNumber: writeInteger(-1) }, /serial/],
    ['a serial number of 20 bytes', { serialNumber: writeInteger(2n ** 160n - 1n) }, none],
    ['a serial number of 21 bytes', { serialNumber: writeInteger(2n ** 160n) }, /serial/],
    ['no authorityKeyIdentifier', { without: ['2.5.29.35'] }, /authorityKeyIdentifier/],
    [
      'a critical authorityKeyIdentifier',
      { extensions: [critical(make.authorityKeyIdentifier(root.keyIdentifier))] },
      /uncritical authorityKeyIdentifier/,
    ],
    [
      'a critical subjectKeyIdentifier',
      { extensions: [critical(make.subjectKeyIdentifier(id))] },
      /uncritical subjectKeyIdentifier/,
    ],
    ['no subjectKeyIdentifier', { without: ['2.5.29.14'] }, none],
    [
      'a critical extKeyUsage',
      { extensions: [critical(make.extendedKeyUsage(make.purposes.server))] },
      /uncritical extKeyUsage/,
    ],
    [
      'nameConstraints',
      { extensions: [make.nameConstraints({ permitted: ['example.com'] })] },
      /no nameConstraints/,
    ],
    ['keyCertSign', { extensions: [make.keyUsage(0, 5)] }, /no keyCertSign/],
    [
      'uncritical policyConstraints',
      { extensions: [uncritical(make.policyConstraints(5))] },
      /critical policyConstraints/,
    ],
    [
      'an uncritical inhibitAnyPolicy',
      { extensions: [uncritical(make.inhibitAnyPolicy(5))] },
      /critical inhibitAnyPolicy/,
    ],
  ])('%s', async (_, options, rule) => {
    const broken = await brokenRule(makeServer(root, options), root)
    expect(broken).toMatch(rule)
    expect(broken).toMatch(/^none$|^ERR_X509_PROFILE .*(RFC 5280|Baseline Requirements) §/)
  })
})

describe('an intermediate', () => {
  test.each<[string, CertificateOptions, RegExp]>([
    ['no subjectKeyIdentifier', { without: ['2.5.29.14'] }, /a subjectKeyIdentifier/],
    [
      'uncritical basicConstraints',
      { extensions: [make.basicConstraints(true, undefined, false)] },
      /critical basicConstraints/,
    ],
    ['no authorityKeyIdentifier', { without: ['2.5.29.35'] }, /an authorityKeyIdentifier/],
    ['no subject', { subject: '' }, /an issuer/],
  ])('%s', async (_, options, rule) => {
    expect(await brokenRule(makeServer(makeAuthority(root, options)), root)).toMatch(rule)
  })
})

describe('a root', () => {
  const own = keyNamed('own root')
  const ownId = makeRoot({ key: own }).keyIdentifier
  const aki = (...fields: readonly Uint8Array[]) => make.extension('2.5.29.35', writeSequence(...fields))
  const issuer = writeElement(constructed(1), make.writeGeneralName('directory:Root'))
  const serial = writeElement(primitive(2), Uint8Array.of(1))

  test.each<[string, CertificateOptions, RegExp]>([
    ['no subjectKeyIdentifier: such roots are in every store', { without: ['2.5.29.14'] }, none],
    ['serial number 0', { serialNumber: writeInteger(0) }, none],
    ['its own key in authorityKeyIdentifier', { extensions: [make.authorityKeyIdentifier(ownId)] }, none],
    [
      'another key in authorityKeyIdentifier',
      { extensions: [make.authorityKeyIdentifier(id)] },
      /equal to the subjectKeyIdentifier/,
    ],
    ['an authorityKeyIdentifier without key', { extensions: [aki(issuer, serial)] }, /key identifier only/],
    [
      'an authorityKeyIdentifier with all',
      { extensions: [aki(writeElement(primitive(0), ownId), issuer, serial)] },
      /key identifier only/,
    ],
    ['extKeyUsage', { extensions: [make.extendedKeyUsage(make.purposes.server)] }, /no extKeyUsage/],
  ])('%s', async (_, options, rule) => {
    const anchor = makeRoot({ key: own, ...options })
    const broken = await brokenRule(makeServer(anchor), anchor)
    expect(broken).toMatch(rule)
  })
})
