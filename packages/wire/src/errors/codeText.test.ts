import { describe, expect, test } from 'vitest'
import * as wire from '../index.ts'
import * as codes from '../texts/codes.ts'

const kinds = [
  [
    'alertDescription',
    wire.alertDescriptionName,
    codes.alertDescriptionName,
    40,
    'handshake_failure',
    '0x28',
  ],
  [
    'certificateCompressionAlgorithm',
    wire.certificateCompressionAlgorithmName,
    codes.certificateCompressionAlgorithmName,
    2,
    'brotli',
    '0x0002',
  ],
  ['certificateType', wire.certificateTypeName, codes.certificateTypeName, 0, 'X509', '0x00'],
  ['cipherSuite', wire.cipherSuiteName, codes.cipherSuiteName, 0x1301, 'TLS_AES_128_GCM_SHA256', '0x1301'],
  ['extensionType', wire.extensionTypeName, codes.extensionTypeName, 51, 'key_share', '0x0033'],
  ['handshakeType', wire.handshakeTypeName, codes.handshakeTypeName, 2, 'server_hello', '0x02'],
  ['namedGroup', wire.namedGroupName, codes.namedGroupName, 29, 'x25519', '0x001d'],
  ['signatureScheme', wire.signatureSchemeName, codes.signatureSchemeName, 0x0807, 'ed25519', '0x0807'],
] as const

describe.each(kinds)('%s in the detail of an error', (kind, nameOf, numberOf, code, name, number) => {
  test('is a name', () => {
    expect(wire.codeText[kind](code)).toBe(name)
    expect(wire.codeText[kind]).toBe(nameOf)
  })

  test('is a number with the condition `production`', () => {
    expect(numberOf(code)).toBe(number)
  })
})

test('there are no others', () => {
  expect(Object.keys(wire.codeText).toSorted()).toEqual(kinds.map(([kind]) => kind))
})
