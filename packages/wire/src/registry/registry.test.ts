import { describe, expect, test } from 'vitest'
import * as wire from '../index.ts'
import { nameOf } from './nameOf.ts'

/** Registry, function that names, digits of an unknown value. */
const registries = [
  ['AlertDescription', wire.AlertDescription, wire.alertDescriptionName, 2],
  ['AlertLevel', wire.AlertLevel, wire.alertLevelName, 2],
  [
    'CertificateCompressionAlgorithm',
    wire.CertificateCompressionAlgorithm,
    wire.certificateCompressionAlgorithmName,
    4,
  ],
  ['CertificateStatusType', wire.CertificateStatusType, wire.certificateStatusTypeName, 2],
  ['CertificateType', wire.CertificateType, wire.certificateTypeName, 2],
  ['CipherSuite', wire.CipherSuite, wire.cipherSuiteName, 4],
  ['ContentType', wire.ContentType, wire.contentTypeName, 2],
  ['ExtensionType', wire.ExtensionType, wire.extensionTypeName, 4],
  ['HandshakeType', wire.HandshakeType, wire.handshakeTypeName, 2],
  ['HeartbeatMode', wire.HeartbeatMode, wire.heartbeatModeName, 2],
  ['KeyUpdateRequest', wire.KeyUpdateRequest, wire.keyUpdateRequestName, 2],
  ['MaxFragmentLengthCode', wire.MaxFragmentLengthCode, wire.maxFragmentLengthCodeName, 2],
  ['NameType', wire.NameType, wire.nameTypeName, 2],
  ['NamedGroup', wire.NamedGroup, wire.namedGroupName, 4],
  ['ProtocolVersion', wire.ProtocolVersion, wire.protocolVersionName, 4],
  ['PskKeyExchangeMode', wire.PskKeyExchangeMode, wire.pskKeyExchangeModeName, 2],
  ['SignatureScheme', wire.SignatureScheme, wire.signatureSchemeName, 4],
  ['SrtpProtectionProfile', wire.SrtpProtectionProfile, wire.srtpProtectionProfileName, 4],
] as const

describe.each(registries)('%s', (_, registry, name, digits) => {
  const entries: readonly (readonly [string, number])[] = Object.entries(registry)

  test('gives each code point its registered name', () => {
    expect(entries.map(([, code]) => name(code))).toEqual(entries.map(([registered]) => registered))
  })

  test('gives no code point twice', () => {
    expect(new Set(entries.map(([, code]) => code)).size).toBe(entries.length)
  })

  test('RFC 9846 §9.3: tolerates what it does not know', () => {
    expect(name(digits === 2 ? 0xf7 : 0xf7f7)).toBe(digits === 2 ? '0xf7' : '0xf7f7')
  })
})

describe('RFC 8701 §2: GREASE values are told apart', () => {
  test.each([
    ['CipherSuite', wire.cipherSuiteName],
    ['ExtensionType', wire.extensionTypeName],
    ['NamedGroup', wire.namedGroupName],
    ['ProtocolVersion', wire.protocolVersionName],
    ['SignatureScheme', wire.signatureSchemeName],
  ])('%s', (_, name) => {
    expect(name(0x0a0a)).toBe('GREASE (0x0a0a)')
  })

  test('PskKeyExchangeMode', () => {
    expect(wire.pskKeyExchangeModeName(0x0b)).toBe('GREASE (0x0b)')
  })
})

test('a registered name wins over a reserved value', () => {
  expect(nameOf({ mine: 0x0a0a }, 4, () => true)(0x0a0a)).toBe('mine')
})
