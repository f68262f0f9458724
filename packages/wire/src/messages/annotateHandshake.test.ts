import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concat, fromHex } from '../bytes.ts'
import { rest } from '../codec/opaque.ts'
import { formatAnnotation } from '../codec/formatAnnotation.ts'
import { gaps } from '../fixtures/gaps.ts'
import { traceMessage, traceMessages } from '../fixtures/rfc8448.ts'
import { annotateHandshake } from './annotateHandshake.ts'
import { encodeHandshake } from './handshake.ts'

describe('annotateHandshake', () => {
  test('shows a HelloRetryRequest as what it is, down to its extensions', () => {
    const message = traceMessage('hello-retry-request', 'HelloRetryRequest')
    expect(formatAnnotation(annotateHandshake(message)).split('\n')).toEqual([
      '0000   176  Handshake',
      '0000     1    msgType: server_hello',
      '0004   172    HelloRetryRequest',
      '0004     2      legacyVersion: TLS_1_2',
      '0006    32      random: cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c',
      '0026     1      legacySessionIdEcho',
      '0027     2      cipherSuite: TLS_AES_128_GCM_SHA256',
      '0029     1      legacyCompressionMethod: 0',
      '002a   134      extensions',
      '002c     6        [0]: key_share',
      '002c     2          extensionType: key_share',
      '002e     4          extensionData',
      '0030     2            selectedGroup: secp256r1',
      '0032   120        [1]: cookie',
      '0032     2          extensionType: cookie',
      '0034   118          extensionData',
      '0036   116            cookie: 71dcd04bb88bc3189119398a00000000eefafc76c146b823b096f8aacad365dd… (114 bytes)',
      '00aa     6        [2]: supported_versions',
      '00aa     2          extensionType: supported_versions',
      '00ac     4          extensionData',
      '00ae     2            selectedVersion: TLS_1_3',
    ])
  })

  test('shows what does not parse, and why', () => {
    const message = fromHex('0800000a 0008 002b 0004 03040304')
    const annotation = annotateHandshake(message)
    expect(gaps(annotation, message.length)).toEqual([])
    // supported_versions has no body in EncryptedExtensions, so there is nothing to say of it
    expect(formatAnnotation(annotation)).toContain('extensionData: 03040304')
    const hello = fromHex('0800000a 0008 000a 0004 0003 1d00')
    expect(formatAnnotation(annotateHandshake(hello))).toContain(
      'extensionData: 00031d00 does not parse: NamedGroupList.namedGroupList: 3 bytes needed, 2 there',
    )
    expect(formatAnnotation(annotateHandshake(fromHex('18000000')))).toContain(
      'KeyUpdate:  does not parse: KeyUpdate.requestUpdate: 1 byte needed, 0 there',
    )
  })

  test('shows unknown messages and extensions raw', () => {
    expect(formatAnnotation(annotateHandshake(fromHex('63000002 abcd')))).toContain('body: abcd')
    expect(formatAnnotation(annotateHandshake(fromHex('08000007 0005 0a0a 0001 ff')))).toContain(
      '[0]: GREASE (0x0a0a)',
    )
  })

  test('shows names as text only where they are text', () => {
    const list = (name: string): Uint8Array =>
      concat(fromHex('08000009 0007 0010 0003 0002 01'), fromHex(name))
    const message = (name: string): Uint8Array => {
      const bytes = list(name)
      bytes[3] = bytes.length - 4
      bytes[5] = bytes.length - 6
      bytes[9] = bytes.length - 10
      bytes[11] = bytes.length - 12
      bytes[12] = bytes.length - 13
      return bytes
    }
    expect(formatAnnotation(annotateHandshake(message('6832')))).toContain('[0]: "h2"')
    expect(formatAnnotation(annotateHandshake(message('1b5b')))).toContain('[0]: 1b5b')
  })

  test('covers each byte of any message once, whether it parses or not', () => {
    const message = fc
      .tuple(fc.nat(30), fc.uint8Array({ maxLength: 300 }))
      .map(([type, body]) => encodeHandshake(type, rest, body))
    fc.assert(
      fc.property(message, (bytes) => {
        expect(gaps(annotateHandshake(bytes), bytes.length)).toEqual([])
      }),
    )
  })

  test('covers each byte of a real message once, however one byte is changed', () => {
    const real = fc.constantFrom(...traceMessages.map((item) => item.message))
    fc.assert(
      fc.property(real, fc.nat(), fc.nat(255), (message, position, value) => {
        const changed = message.slice()
        changed[4 + (position % Math.max(1, message.length - 4))] = value
        const whole = changed.subarray(0, message.length)
        expect(gaps(annotateHandshake(whole), whole.length)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })
})
