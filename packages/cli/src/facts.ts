/** What a connection negotiated, by names: what both reports and the server's page show. */
import { parseCertificate, type ConnectionInfo } from '@mortise/tls'
import { cipherSuiteName, namedGroupName, signatureSchemeName } from '@mortise/wire'

/** `null` for what was not negotiated, so that each field is always there. */
export interface ConnectionFacts {
  readonly protocol: string
  readonly cipherSuite: string
  readonly group: string | null
  /** Of the server's CertificateVerify. */
  readonly signatureScheme: string | null
  /** Of the client's CertificateVerify. */
  readonly clientSignatureScheme: string | null
  readonly alpn: string | null
  readonly serverName: string | null
  readonly resumed: boolean
  readonly earlyData: boolean
  readonly helloRetryRequest: boolean
  /** The subject of the peer's certificate, for people. */
  readonly peer: string | null
  readonly provider: string
  readonly fips: boolean
}

export function factsOf(info: ConnectionInfo, role: 'client' | 'server', provider: string): ConnectionFacts {
  const local = schemeName(info.localSignatureScheme)
  const peer = schemeName(info.peerSignatureScheme)
  return {
    protocol: info.protocol,
    cipherSuite: cipherSuiteName(info.cipherSuite),
    group: info.group === undefined ? null : namedGroupName(info.group),
    signatureScheme: role === 'client' ? peer : local,
    clientSignatureScheme: role === 'client' ? local : peer,
    alpn: info.alpn ?? null,
    serverName: info.serverName ?? null,
    resumed: info.resumed,
    earlyData: info.earlyData,
    helloRetryRequest: info.helloRetryRequest,
    peer: subjectOf(info),
    provider,
    fips: info.fips,
  }
}

/** Of a resumed session there are only the certificates' bytes, of a raw public key not even those. */
function subjectOf({ peer }: ConnectionInfo): string | null {
  const [der] = peer?.certificates ?? []
  return der ? (peer?.path?.[0] ?? parseCertificate(der)).subject.text : null
}

const schemeName = (scheme: number | undefined): string | null =>
  scheme === undefined ? null : signatureSchemeName(scheme)

/** Labels and values for people, what is not there left out. */
export function factRows(facts: ConnectionFacts): readonly (readonly [label: string, value: string])[] {
  return Object.entries(facts).flatMap(([name, value]: [string, string | boolean | null]) =>
    value === null ? [] : [[labelOf(name), typeof value === 'boolean' ? (value ? 'yes' : 'no') : value]],
  )
}

/** `cipherSuite` as `cipher suite`. */
const labelOf = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
