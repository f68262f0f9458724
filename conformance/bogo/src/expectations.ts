/** What a test's `-expect-…` flags say of a connection. A flag that doesn't hold is an error of the shim. */
import { createHash } from 'node:crypto'
import type { ClientHelloInfo, ClientSession, CredentialRequest, HandshakeInfo } from '@mortise/handshake'
import { CertificateType } from '@mortise/wire'
import { readCertificates } from './credentials.ts'
import type { Flags } from './flags.ts'

/** A test's expectation that does not hold: the shim must fail. */
export class Unexpected extends Error {}

function expect(what: string, actual: unknown, expected: unknown): void {
  if (actual !== expected)
    throw new Unexpected(`${what} is ${String(actual)}, ${String(expected)} was expected`)
}

function expectBytes(what: string, actual: Uint8Array | undefined, expected: Uint8Array): void {
  expect(what, Buffer.from(actual ?? []).toString('hex'), Buffer.from(expected).toString('hex'))
}

export function checkClientHello(flags: Flags, hello: ClientHelloInfo): void {
  if (flags['expect-server-name'] !== undefined)
    expect('server_name', hello.serverName, flags['expect-server-name'])
  if (flags['expect-no-server-name']) expect('server_name', hello.serverName, undefined)
  const advertised = flags['expect-advertised-alpn']
  if (advertised !== undefined && hello.alpn)
    expect(
      'ALPN offer',
      hello.alpn.map((name) => String.fromCharCode(name.length) + name).join(''),
      advertised,
    )
  const schemes = flags['expect-peer-verify-pref']
  if (schemes) expect('signature_algorithms', hello.signatureSchemes.join(), schemes.join())
}

/** Names come in hexadecimal, with commas between them. */
export function checkCertificateRequest(flags: Flags, { certificateAuthorities }: CredentialRequest): void {
  const expected = flags['expect-client-ca-list']
  if (expected === undefined) return
  const names = certificateAuthorities.map((name) => Buffer.from(name).toString('hex'))
  expect('certificate_authorities', names.join(','), expected.startsWith('<') ? '' : expected.toLowerCase())
}

/** A client has its ticket once data has come; whether before it closes of its own accord is up to chance. */
export function checkSessions(flags: Flags, sessions: readonly ClientSession[]): void {
  if (flags['shim-shuts-down']) return
  const expected = !flags['expect-no-session']
  expect('a new session', sessions.length > 0, expected)
  if (expected)
    expect(
      'early data with it',
      sessions.some(({ maxEarlyDataSize }) => maxEarlyDataSize > 0),
      flags['expect-ticket-supports-early-data'] ?? false,
    )
}

export interface Outcome {
  readonly info: HandshakeInfo
  readonly role: 'client' | 'server'
  readonly resumption: boolean
  readonly earlyDataAccepted: boolean | undefined
  readonly earlyDataOffered: boolean
  /** See `hasFastAes`. */
  readonly fastAes: boolean
  readonly ticketAgeSkew: number | undefined
  /** Index of the credential that was used; see `Credentials`. */
  readonly selected: number | undefined
}

export function checkConnected(flags: Flags, outcome: Outcome): void {
  const { info, role, resumption, earlyDataAccepted, earlyDataOffered, fastAes, selected } = outcome
  if (resumption)
    expect('resumption', info.resumed && !info.preSharedKeyIdentity, !flags['expect-session-miss'])
  else expect('resumption', info.resumed && !info.preSharedKeyIdentity, false)
  const credential = flags['expect-selected-credential']
  if (credential !== undefined) expect('credential', selected ?? -1, credential)
  if (flags['expect-cipher'] !== undefined)
    expect('cipher suite', info.cipherSuite, flags['expect-cipher'] & 0xffff)
  const byHardware = flags[fastAes ? 'expect-cipher-aes' : 'expect-cipher-no-aes']
  if (byHardware !== undefined) expect('cipher suite', info.cipherSuite, byHardware & 0xffff)
  if (flags['expect-version'] !== undefined) expect('version', 0x0304, flags['expect-version'])
  if (flags['expect-curve-id'] !== undefined) expect('group', info.group, flags['expect-curve-id'])
  if (flags['expect-hrr']) expect('HelloRetryRequest', info.helloRetryRequest, true)
  if (flags['expect-no-hrr']) expect('HelloRetryRequest', info.helloRetryRequest, false)
  if (flags['expect-alpn'] !== undefined) expect('ALPN', info.alpn ?? '', flags['expect-alpn'])
  const scheme = flags['expect-peer-signature-algorithm']
  if (scheme !== undefined) expect('signature scheme', info.peerSignatureScheme, scheme)
  if (flags['expect-accept-early-data']) expect('early data', earlyDataAccepted, true)
  if (flags['expect-reject-early-data']) expect('early data', earlyDataAccepted ?? false, false)
  if (flags['expect-no-offer-early-data']) expect('early data offered', earlyDataOffered, false)
  const reason = flags['expect-early-data-reason']
  if (reason !== undefined) checkEarlyDataReason(reason, outcome)
  const skew = flags['expect-ticket-age-skew']
  if (resumption && skew !== undefined && skew !== 0)
    expect('difference of ages', outcome.ticketAgeSkew, skew)
  const details = info.peer?.details as
    | Record<'ocspResponse' | 'signedCertificateTimestamps' | 'sha256', Uint8Array>
    | undefined
  if (role === 'server')
    expect(
      "hash of the client's certificate",
      details?.sha256 !== undefined && info.peer?.certificates.length === 0,
      flags['expect-sha256-client-cert'] ?? false,
    )
  if (role === 'client') {
    if (flags['expect-ocsp-response'])
      expectBytes('OCSP response', details?.ocspResponse, flags['expect-ocsp-response'])
    if (flags['expect-signed-cert-timestamps'])
      expectBytes('SCTs', details?.signedCertificateTimestamps, flags['expect-signed-cert-timestamps'])
  }
  if (flags['expect-no-peer-cert']) expect('peer certificate', info.peer, undefined)
  checkRawPublicKey(flags, info)
  const peerFile = flags['expect-peer-cert-file']
  if (peerFile !== undefined)
    for (const [i, certificate] of readCertificates(peerFile).entries())
      expectBytes(`certificate ${i}`, info.peer?.certificates[i], certificate)
}

function checkRawPublicKey(flags: Flags, { peer }: HandshakeInfo): void {
  const type = peer?.certificates.length === 0 ? CertificateType.RawPublicKey : CertificateType.X509
  const expected = flags['expect-peer-certificate-type']
  if (expected !== undefined) expect('type of the peer', peer && type, expected)
  const digest = flags['expect-peer-rpk-sha256']
  if (digest)
    expectBytes(
      'SHA-256 of the raw public key',
      peer && createHash('sha256').update(peer.publicKey).digest(),
      digest,
    )
}

/** BoringSSL's reasons, as far as they can be told from outside. */
function checkEarlyDataReason(
  reason: string,
  { info, earlyDataAccepted, earlyDataOffered, role }: Outcome,
): void {
  expect(`early data (${reason})`, earlyDataAccepted ?? false, reason === 'accept')
  switch (reason) {
    case 'hello_retry_request':
      return expect('HelloRetryRequest', info.helloRetryRequest, true)
    case 'session_not_resumed':
    case 'no_session_offered':
      return expect('resumption', info.resumed, false)
    case 'peer_declined':
    case 'alpn_mismatch':
    case 'ticket_age_skew':
      return expect('resumption', info.resumed, true)
    case 'unsupported_for_session':
      if (role === 'client') expect('early data offered', earlyDataOffered, false)
  }
}
