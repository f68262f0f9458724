import { describe, expect, test } from 'vitest'
import * as wire from '../index.ts'
import * as codes from '../texts/codes.ts'

const kinds = [
  ['alertDescription', wire.alertDescriptionName, codes.alertDescriptionName, 40, 'handshake_failure'],
  [
    'certificateCompressionAlgorithm',
    wire.certificateCompressionAlgorithmName,
    codes.certificateCompressionAlgorithmName,
    2,
    'brotli',
  ],
  ['certificateType', wire.certificateTypeName, codes.certificateTypeName, 0, 'X509'],
  ['cipherSuite', wire.cipherSuiteName, codes.cipherSuiteName, 0x1301, 'TLS_AES_128_GCM_SHA256'],
  ['extensionType', wire.extensionTypeName, codes.extensionTypeName, 51, 'key_share'],
  ['handshakeType', wire.handshakeTypeName, codes.handshakeTypeName, 2, 'server_hello'],
  ['namedGroup', wire.namedGroupName, codes.namedGroupName, 29, 'x25519'],
  ['signatureScheme', wire.signatureSchemeName, codes.signatureSchemeName, 0x0807, 'ed25519'],
] as const

describe.each(kinds)('%s in the detail of an error', (kind, nameOf, textOf, code, name) => {
  test('is a name', () => {
    expect(wire.codeText[kind](code)).toBe(name)
    expect(wire.codeText[kind]).toBe(nameOf)
  })

  test('has no name with the condition `production`', () => {
    expect(textOf(code)).toBe(String(code))
  })
})

test('there are no others', () => {
  expect(Object.keys(wire.codeText).toSorted()).toEqual(kinds.map(([kind]) => kind))
})
