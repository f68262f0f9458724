/** Messages that were on a real wire: RFC 8448. */
import { describe, expect, test } from 'vitest'
import { fromHex, hex } from './bytes.ts'
import { decode } from './codec/decode.ts'
import { encode } from './codec/encode.ts'
import type { Annotation } from './codec/annotator.ts'
import { TlsError } from './errors/TlsError.ts'
import { applicationLayerProtocolNegotiation } from './extensions/applicationLayerProtocolNegotiation.ts'
import { checkExtensions } from './extensions/checkExtensions.ts'
import { cookie } from './extensions/cookie.ts'
import { readExtension } from './extensions/definition.ts'
import { earlyData } from './extensions/earlyData.ts'
import { keyShare } from './extensions/keyShare.ts'
import { preSharedKey } from './extensions/preSharedKey.ts'
import { serverName } from './extensions/serverName.ts'
import { signatureAlgorithms } from './extensions/signatureAlgorithms.ts'
import { supportedGroups } from './extensions/supportedGroups.ts'
import { supportedVersions } from './extensions/supportedVersions.ts'
import { gaps } from './fixtures/gaps.ts'
import { traceMessage, traceMessages } from './fixtures/rfc8448.ts'
import { annotateHandshake } from './messages/annotateHandshake.ts'
import { Certificate } from './messages/certificate.ts'
import { CertificateRequest } from './messages/certificateRequest.ts'
import { CertificateVerify } from './messages/certificateVerify.ts'
import { ClientHello } from './messages/clientHello.ts'
import { EncryptedExtensions } from './messages/encryptedExtensions.ts'
import { decodeHandshakeHeader } from './messages/handshake.ts'
import { handshakeMessageCodec } from './messages/handshakeMessageCodec.ts'
import { NewSessionTicket } from './messages/newSessionTicket.ts'
import { bindersLength, fillBinders, truncateClientHello } from './messages/pskBinders.ts'
import { isHelloRetryRequest, ServerHello } from './messages/serverHello.ts'
import { CipherSuite } from './registry/cipherSuite.ts'
import { NamedGroup } from './registry/namedGroup.ts'
import { ProtocolVersion } from './registry/protocolVersion.ts'
import { SignatureScheme } from './registry/signatureScheme.ts'

const body = (trace: string, name: string, nth = 0): Uint8Array =>
  decodeHandshakeHeader(traceMessage(trace, name, nth)).body

function codecOf(message: Uint8Array): NonNullable<ReturnType<typeof handshakeMessageCodec>> {
  const codec = handshakeMessageCodec(decodeHandshakeHeader(message).type)
  if (!codec) throw new RangeError('unknown type')
  return codec
}

/** Positions and sizes of all lengths of vectors. */
function lengthFields(annotation: Annotation): Annotation[] {
  return annotation.children.flatMap((child) => (child.name === 'length' ? [child] : lengthFields(child)))
}

function plusOne(message: Uint8Array, { offset, length }: Annotation): Uint8Array {
  const changed = message.slice()
  for (let i = offset + length - 1; i >= offset; i--) {
    changed[i] = ((changed[i] ?? 0) + 1) & 0xff
    if (changed[i] !== 0) break
  }
  return changed
}

describe.each(traceMessages)('RFC 8448 §$section, $sender, $name', ({ message }) => {
  test('decodes, and encodes to the same bytes', () => {
    const codec = codecOf(message)
    const { body: bytes } = decodeHandshakeHeader(message)
    expect(hex(encode(codec, decode(codec, bytes)))).toBe(hex(bytes))
  })

  test('is annotated byte for byte, the inside of every extension too', () => {
    const annotation = annotateHandshake(message)
    expect(gaps(annotation, message.length)).toEqual([])
    expect(JSON.stringify(annotation)).not.toContain('does not parse')
  })

  test('RFC 9846 §6: any length of a vector that is one too large is found', () => {
    const fields = lengthFields(annotateHandshake(message)).filter(({ offset }) => offset >= 4)
    const survivors = fields.filter(
      (field) => !JSON.stringify(annotateHandshake(plusOne(message, field))).includes('does not parse'),
    )
    expect(survivors).toEqual([])
  })
})

describe('RFC 8448 §3: what the simple handshake says', () => {
  test('ClientHello', () => {
    const hello = decode(ClientHello, body('simple-1rtt', 'ClientHello'))
    expect(hello.legacyVersion).toBe(ProtocolVersion.TLS_1_2)
    expect(hello.cipherSuites).toEqual([
      CipherSuite.TLS_AES_128_GCM_SHA256,
      CipherSuite.TLS_CHACHA20_POLY1305_SHA256,
      CipherSuite.TLS_AES_256_GCM_SHA384,
    ])
    expect(readExtension(hello.extensions, serverName, 'clientHello')).toEqual({
      serverNameList: [{ nameType: 0, name: new TextEncoder().encode('server') }],
    })
    expect(readExtension(hello.extensions, supportedVersions, 'clientHello')).toEqual({
      versions: [ProtocolVersion.TLS_1_3],
    })
    const shares = readExtension(hello.extensions, keyShare, 'clientHello')
    expect(shares?.clientShares.map(({ group, keyExchange }) => [group, keyExchange.length])).toEqual([
      [NamedGroup.x25519, 32],
    ])
    expect(
      readExtension(hello.extensions, applicationLayerProtocolNegotiation, 'clientHello'),
    ).toBeUndefined()
  })

  test('ServerHello, EncryptedExtensions, Certificate, CertificateVerify', () => {
    const hello = decode(ServerHello, body('simple-1rtt', 'ServerHello'))
    expect(isHelloRetryRequest(hello)).toBe(false)
    expect(readExtension(hello.extensions, supportedVersions, 'serverHello')).toEqual({
      selectedVersion: ProtocolVersion.TLS_1_3,
    })
    const { extensions } = decode(EncryptedExtensions, body('simple-1rtt', 'EncryptedExtensions'))
    expect(readExtension(extensions, serverName, 'encryptedExtensions')).toEqual({})
    expect(readExtension(extensions, supportedGroups, 'encryptedExtensions')?.namedGroupList).toContain(
      NamedGroup.ffdhe8192,
    )
    const { certificateList } = decode(Certificate, body('simple-1rtt', 'Certificate'))
    expect(certificateList.map(({ certData }) => certData.length)).toEqual([432])
    const verify = decode(CertificateVerify, body('simple-1rtt', 'CertificateVerify'))
    expect(verify.algorithm).toBe(SignatureScheme.rsa_pss_rsae_sha256)
  })

  test('NewSessionTicket allows 1,024 bytes of early data', () => {
    const ticket = decode(NewSessionTicket, body('simple-1rtt', 'NewSessionTicket'))
    expect(ticket.ticketLifetime).toBe(30)
    expect(readExtension(ticket.extensions, earlyData, 'newSessionTicket')).toEqual({
      maxEarlyDataSize: 1024,
    })
  })
})

describe('RFC 8448 §4 to §7', () => {
  test('§4: binders end the ClientHello, and can be cut off and filled in (RFC 9846 §4.3.11.2)', () => {
    const message = traceMessage('resumed-0rtt', 'ClientHello')
    const { extensions } = decode(ClientHello, decodeHandshakeHeader(message).body)
    const offer = readExtension(extensions, preSharedKey, 'clientHello')
    const binders = offer?.binders ?? []
    expect(bindersLength(binders)).toBe(35)
    expect(hex(truncateClientHello(message, binders))).toBe(hex(message.subarray(0, 477)))
    const draft = message.slice()
    draft.fill(0, 480)
    fillBinders(draft, binders)
    expect(hex(draft)).toBe(hex(message))
    expect(() => fillBinders(draft, [new Uint8Array(48)])).toThrow(TlsError)
    expect(() => fillBinders(draft, [new Uint8Array(15), new Uint8Array(16)])).toThrow(TlsError)
    expect(() => fillBinders(new Uint8Array(3), binders)).toThrow(TlsError)
  })

  test('§5: HelloRetryRequest', () => {
    const retry = decode(ServerHello, body('hello-retry-request', 'HelloRetryRequest'))
    expect(isHelloRetryRequest(retry)).toBe(true)
    expect(readExtension(retry.extensions, keyShare, 'helloRetryRequest')).toEqual({
      selectedGroup: NamedGroup.secp256r1,
    })
    const second = decode(ClientHello, body('hello-retry-request', 'ClientHello', 1))
    expect(readExtension(second.extensions, cookie, 'clientHello')).toEqual(
      readExtension(retry.extensions, cookie, 'helloRetryRequest'),
    )
  })

  test('§6: CertificateRequest', () => {
    const { certificateRequestContext, extensions } = decode(
      CertificateRequest,
      body('client-auth', 'CertificateRequest'),
    )
    expect(certificateRequestContext).toHaveLength(0)
    const schemes = readExtension(extensions, signatureAlgorithms, 'certificateRequest')
    expect(schemes?.supportedSignatureAlgorithms).toContain(SignatureScheme.ecdsa_secp256r1_sha256)
  })

  test('§7: the server echoes the session id', () => {
    const { legacySessionId } = decode(ClientHello, body('compatibility-mode', 'ClientHello'))
    expect(legacySessionId).toHaveLength(32)
    expect(decode(ServerHello, body('compatibility-mode', 'ServerHello')).legacySessionIdEcho).toEqual(
      legacySessionId,
    )
  })

  test('RFC 9846 §4.3: the extensions of all of them are where they may be', () => {
    const offered = (trace: string): Set<number> =>
      new Set(
        decode(ClientHello, body(trace, 'ClientHello')).extensions.map(({ extensionType }) => extensionType),
      )
    const check = (): void => {
      for (const trace of ['simple-1rtt', 'resumed-0rtt', 'hello-retry-request', 'compatibility-mode']) {
        checkExtensions(decode(ClientHello, body(trace, 'ClientHello')).extensions, 'clientHello', undefined)
        checkExtensions(
          decode(ServerHello, body(trace, 'ServerHello')).extensions,
          'serverHello',
          offered(trace),
        )
      }
      const retry = decode(ServerHello, body('hello-retry-request', 'HelloRetryRequest'))
      checkExtensions(retry.extensions, 'helloRetryRequest', offered('hello-retry-request'))
    }
    expect(check).not.toThrow()
  })
})

describe('a ClientHello cut or changed is never more than a TlsError', () => {
  const bytes = body('simple-1rtt', 'ClientHello')

  test('names the place in the words of the RFC', () => {
    expect(() => decode(ClientHello, bytes.subarray(0, 100))).toThrow(
      'the peer sent a message that does not parse: ClientHello.extensions: 145 bytes needed, 53 there',
    )
    const { extensions } = decode(ClientHello, bytes)
    const broken = extensions.map((item) =>
      item.extensionType === keyShare.type ? { ...item, extensionData: fromHex('0005 001d 0000 00') } : item,
    )
    expect(() => readExtension(broken, keyShare, 'clientHello')).toThrow(
      /ClientHello\.extensions\[\d+\]\.key_share\.clientShares\[0\]\.keyExchange: length 0, allowed 1\.\.65535$/,
    )
    expect(() => readExtension(broken, keyShare, 'clientHello', 'Second')).toThrow(/: Second\.extensions\[/)
  })
})
