import {
  constructed,
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
import * as make from '../fixtures/extensions.ts'
import { errorOf } from '../fixtures/throws.ts'
import { authorityInformationAccess } from './authorityInformationAccess.ts'
import { basicConstraints } from './basicConstraints.ts'
import { decodeExtension, readExtension, type ExtensionDefinition } from './definition.ts'
import { extendedKeyUsage } from './extendedKeyUsage.ts'
import { authorityKeyIdentifier, subjectKeyIdentifier } from './keyIdentifiers.ts'
import { keyUsage } from './keyUsage.ts'
import { nameConstraints } from './nameConstraints.ts'
import { certificatePolicies, inhibitAnyPolicy, policyConstraints, policyMappings } from './policies.ts'
import { subjectAlternativeName } from './subjectAlternativeName.ts'
import { delegationUsage } from './delegationUsage.ts'
import { tlsFeature } from './tlsFeature.ts'

const read = <T>(definition: ExtensionDefinition<T>, value: Uint8Array): T =>
  decodeExtension({ type: definition.type, critical: false, value }, definition)

const id = Uint8Array.of(1, 2, 3)
const generalName = make.writeGeneralName('example.com')

describe('values', () => {
  test.each<[ExtensionDefinition<unknown>, make.ExtensionFixture, unknown]>([
    [basicConstraints, make.basicConstraints(false), { ca: false, pathLength: undefined }],
    [basicConstraints, make.basicConstraints(true), { ca: true, pathLength: undefined }],
    [basicConstraints, make.basicConstraints(true, 0), { ca: true, pathLength: 0 }],
    [basicConstraints, make.basicConstraints(true, 300), { ca: true, pathLength: 300 }],
    [keyUsage, make.keyUsage(0), new Set(['digitalSignature'])],
    [keyUsage, make.keyUsage(5, 6), new Set(['keyCertSign', 'cRLSign'])],
    [keyUsage, make.keyUsage(4, 8), new Set(['keyAgreement', 'decipherOnly'])],
    [extendedKeyUsage, make.extendedKeyUsage('1.2.3', '1.2.3'), new Set(['1.2.3'])],
    [subjectKeyIdentifier, make.subjectKeyIdentifier(id), id],
    [
      authorityKeyIdentifier,
      make.authorityKeyIdentifier(id),
      { keyIdentifier: id, issuer: undefined, serialNumber: undefined },
    ],
    [inhibitAnyPolicy, make.inhibitAnyPolicy(3), 3],
    [
      policyConstraints,
      make.policyConstraints(0),
      { requireExplicitPolicy: 0, inhibitPolicyMapping: undefined },
    ],
    [
      policyConstraints,
      make.policyConstraints(undefined, 2),
      { requireExplicitPolicy: undefined, inhibitPolicyMapping: 2 },
    ],
    [policyMappings, make.policyMappings(['1.2.3', '1.2.4']), [['1.2.3', '1.2.4']]],
    [
      certificatePolicies,
      make.certificatePolicies('1.2.3', '2.5.29.32.0'),
      { policies: new Set(['1.2.3', '2.5.29.32.0']), qualifiersKnown: true },
    ],
    [tlsFeature, make.tlsFeature(5, 17), [5, 17]],
    [delegationUsage, make.delegationUsage(), true],
    [
      nameConstraints,
      make.nameConstraints({ permitted: ['example.com'] }),
      { permitted: [{ kind: 'dns', value: 'example.com' }], excluded: [] },
    ],
    [
      subjectAlternativeName,
      make.subjectAltName(['a.example', 'ip:192.0.2.1', 'email:a@b', 'uri:x:y']),
      [
        { kind: 'dns', value: 'a.example' },
        { kind: 'ip', value: Uint8Array.of(192, 0, 2, 1) },
        { kind: 'email', value: 'a@b' },
        { kind: 'uri', value: 'x:y' },
      ],
    ],
  ])('of $name', (definition, { type, value }, expected) => {
    expect(type).toBe(definition.type)
    expect(read(definition, value)).toEqual(expected)
  })

  test('names of all kinds (RFC 5280 §4.2.1.6)', () => {
    const names = [
      writeConstructed(0, writeOid('1.2.3')),
      writeConstructed(3),
      writeConstructed(5),
      make.registeredId,
      make.writeGeneralName('directory:O=x'),
    ]
    expect(read(subjectAlternativeName, writeSequence(...names)).map(({ kind }) => kind)).toEqual([
      'other',
      'x400',
      'ediParty',
      'registeredId',
      'directory',
    ])
  })

  test('of authorityKeyIdentifier in full', () => {
    const value = writeSequence(
      writeElement(primitive(0), id),
      writeElement(constructed(1), generalName),
      writeElement(primitive(2), id),
    )
    expect(read(authorityKeyIdentifier, value)).toEqual({
      keyIdentifier: id,
      issuer: [{ kind: 'dns', value: 'example.com' }],
      serialNumber: id,
    })
  })

  test('of authorityInfoAccess', () => {
    const value = writeSequence(
      writeSequence(writeOid('1.3.6.1.5.5.7.48.1'), make.writeGeneralName('uri:http://o.example')),
    )
    expect(read(authorityInformationAccess, value)).toEqual([
      { method: '1.3.6.1.5.5.7.48.1', location: { kind: 'uri', value: 'http://o.example' } },
    ])
  })

  test('qualifiers that RFC 5280 does not define are told', () => {
    const qualified = (type: string) =>
      writeSequence(
        writeSequence(writeOid('1.2.3'), writeSequence(writeSequence(writeOid(type), writeInteger(1)))),
      )
    expect(read(certificatePolicies, qualified('1.3.6.1.5.5.7.2.1')).qualifiersKnown).toBe(true)
    expect(read(certificatePolicies, qualified('1.2.3.4')).qualifiersKnown).toBe(false)
  })
})

test('a certificate without it has no value', () => {
  expect(readExtension({ extensions: new Map() }, keyUsage)).toBeUndefined()
})

const empty = writeSequence()
const many = Array.from({ length: 257 }, (_, i) => writeSequence(writeOid(`1.2.${i}`)))
test.each<[string, ExtensionDefinition<unknown>, Uint8Array]>([
  ['bytes behind it', basicConstraints, Buffer.concat([empty, Buffer.of(0)])],
  ['cA FALSE written out', basicConstraints, writeSequence(writeBoolean(false))],
  ['a path length without cA (RFC 5280 §4.2.1.9)', basicConstraints, writeSequence(writeInteger(1))],
  ['a negative path length', basicConstraints, writeSequence(writeBoolean(true), writeInteger(-1))],
  ['no usage at all (RFC 5280 §4.2.1.3)', keyUsage, writeBitString(Uint8Array.of(0), 7)],
  ['no bits', keyUsage, writeBitString(new Uint8Array(0))],
  ['padding bits that are set', keyUsage, writeBitString(Uint8Array.of(0x81), 4)],
  ['only usages that nobody defined', keyUsage, writeBitString(Uint8Array.of(0, 0x40), 6)],
  ['no purpose (RFC 5280 §4.2.1.12)', extendedKeyUsage, empty],
  ['a purpose that is none', extendedKeyUsage, writeSequence(writeInteger(1))],
  [
    'one of issuer and serial number (RFC 5280 §4.2.1.1)',
    authorityKeyIdentifier,
    writeSequence(writeElement(primitive(2), id)),
  ],
  ['an unknown field', authorityKeyIdentifier, writeSequence(writeElement(primitive(3), id))],
  ['a key identifier of another type', subjectKeyIdentifier, writeInteger(1)],
  ['no name', subjectAlternativeName, empty],
  ['a name of unknown kind', subjectAlternativeName, writeSequence(writeElement(primitive(9)))],
  ['an address of 5 bytes', subjectAlternativeName, writeSequence(make.writeGeneralName('hex:0102030405'))],
  [
    'an address with a mask',
    subjectAlternativeName,
    writeSequence(make.writeGeneralName('hex:0102030405060708')),
  ],
  [
    'a name that is not ASCII',
    subjectAlternativeName,
    writeSequence(writeElement(primitive(2), Uint8Array.of(0xc3, 0xbc))),
  ],
  [
    'a directory name with more behind it',
    subjectAlternativeName,
    writeSequence(writeConstructed(4, empty, empty)),
  ],
  ['neither permitted nor excluded (RFC 5280 §4.2.1.10)', nameConstraints, empty],
  ['an empty list of subtrees', nameConstraints, writeSequence(writeConstructed(0))],
  [
    'a minimum that is not 0',
    nameConstraints,
    writeSequence(
      writeConstructed(0, writeSequence(generalName, writeElement(primitive(0), Uint8Array.of(1)))),
    ),
  ],
  [
    'a maximum',
    nameConstraints,
    writeSequence(
      writeConstructed(0, writeSequence(generalName, writeElement(primitive(1), Uint8Array.of(1)))),
    ),
  ],
  ['no policy', certificatePolicies, empty],
  [
    'a policy that is there twice (RFC 5280 §4.2.1.4)',
    certificatePolicies,
    make.certificatePolicies('1.2.3', '1.2.3').value,
  ],
  ['257 policies', certificatePolicies, writeSequence(...many)],
  [
    'an empty list of qualifiers',
    certificatePolicies,
    writeSequence(writeSequence(writeOid('1.2.3'), empty)),
  ],
  ['no mapping', policyMappings, empty],
  [
    'anyPolicy in a mapping (RFC 5280 §4.2.1.5)',
    policyMappings,
    make.policyMappings(['1.2.3', '2.5.29.32.0']).value,
  ],
  ['no constraint', policyConstraints, empty],
  ['a negative count', inhibitAnyPolicy, writeInteger(-1)],
  ['no feature', tlsFeature, empty],
  ['something instead of NULL', delegationUsage, empty],
  ['a NULL with content', delegationUsage, Uint8Array.of(5, 1, 0)],
  ['no access description', authorityInformationAccess, empty],
  [
    'a location that is no name',
    authorityInformationAccess,
    writeSequence(writeSequence(writeOid('1.2.3'), writeOctetString())),
  ],
  ['a value that is no DER', keyUsage, Uint8Array.of(Tag.bitString, 0x81, 1, 0)],
])('%s is malformed: $name', (_, definition, value) => {
  expect(errorOf(() => read(definition, value))).toMatch(`ERR_X509_MALFORMED ${definition.name}: `)
})
