/** Signed certificate timestamps, version 1 (RFC 6962 §3.2, §3.3). */
import {
  concat,
  decode,
  encode,
  isTlsError,
  opaque,
  opaque16,
  opaque24,
  SignedCertificateTimestampList,
  struct,
  uint64,
  uint8,
} from '@mortise/wire'
import { malformed } from '../X509Error.ts'

// struct {
//   Version sct_version; LogID id; uint64 timestamp; CtExtensions extensions;
//   digitally-signed struct { ... };       // RFC 5246 §4.7: hash and signature algorithm, signature
// } SignedCertificateTimestamp;
const SignedCertificateTimestamp = /* @__PURE__ */ struct('SignedCertificateTimestamp', {
  sctVersion: uint8,
  id: opaque(32),
  timestamp: uint64,
  extensions: opaque16(0, 0xffff),
  hashAlgorithm: uint8,
  signatureAlgorithm: uint8,
  signature: opaque16(0, 0xffff),
})

// struct { opaque issuer_key_hash[32]; opaque TBSCertificate<1..2^24-1>; } PreCert;
const PreCert = /* @__PURE__ */ struct('PreCert', {
  issuerKeyHash: opaque(32),
  tbsCertificate: opaque24(1, 0xffffff),
})
const Asn1Cert = /* @__PURE__ */ struct('ASN.1Cert', { certificate: opaque24(1, 0xffffff) })
const CtExtensions = /* @__PURE__ */ struct('CtExtensions', { extensions: opaque16(0, 0xffff) })

const SignedHead = /* @__PURE__ */ struct('digitally-signed', {
  version: uint8,
  signatureType: uint8,
  timestamp: uint64,
})

export interface Timestamp {
  /** SHA-256 of the log's key. */
  readonly logId: Uint8Array
  /** Milliseconds since 1970. */
  readonly time: number
  readonly extensions: Uint8Array
  /** Of TLS 1.2 (RFC 5246 §7.4.1.4.1): hash and signature. */
  readonly algorithm: readonly [hash: number, signature: number]
  readonly signature: Uint8Array
}

/**
 * The timestamps of a SignedCertificateTimestampList. Those of other versions than 1 are left out (RFC 6962 §3.3).
 * @throws X509Error `ERR_X509_MALFORMED`
 */
export function parseTimestamps(list: Uint8Array): readonly Timestamp[] {
  try {
    return decode(SignedCertificateTimestampList, list)
      .sctList.filter(([version]) => version === 0)
      .map(parseTimestamp)
  } catch (error) {
    if (!isTlsError(error)) throw error
    throw malformed(error.message)
  }
}

function parseTimestamp(bytes: Uint8Array): Timestamp {
  const sct = decode(SignedCertificateTimestamp, bytes)
  return {
    logId: sct.id,
    time: Number(sct.timestamp),
    extensions: sct.extensions,
    algorithm: [sct.hashAlgorithm, sct.signatureAlgorithm],
    signature: sct.signature,
  }
}

/** What a log has signed: a certificate, or one as it was before it had its timestamps. */
export type LogEntry =
  | { readonly type: 'x509'; readonly certificate: Uint8Array }
  | { readonly type: 'precert'; readonly issuerKeyHash: Uint8Array; readonly tbsCertificate: Uint8Array }

const certificateTimestamp = 0
const entryTypes = { x509: 0, precert: 1 } as const

/** The bytes of the digitally-signed struct (RFC 6962 §3.2). */
export function signedBytes({ time, extensions }: Timestamp, entry: LogEntry): Uint8Array {
  return concat(
    encode(SignedHead, { version: 0, signatureType: certificateTimestamp, timestamp: BigInt(time) }),
    Uint8Array.of(0, entryTypes[entry.type]),
    entry.type === 'x509' ? encode(Asn1Cert, entry) : encode(PreCert, entry),
    encode(CtExtensions, { extensions }),
  )
}
