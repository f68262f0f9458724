/** Verifiers of `@mortise/x509` as the handshake sees them. */
import type { PeerVerifier } from '@mortise/handshake'
import type { Accepted, CertificateVerifier } from '@mortise/x509'
import { CertificateType, inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { verdictError } from './verdictError.ts'

/** Best first: who takes keys has no need of what is around them. */
const certificateTypes = {
  none: [CertificateType.X509],
  accepted: [CertificateType.RawPublicKey, CertificateType.X509],
  required: [CertificateType.RawPublicKey],
} as const

/** @param now milliseconds since 1970 */
export function peerVerifier(verifier: CertificateVerifier, now: () => number): PeerVerifier {
  return {
    ...(verifier.wants ? { wants: verifier.wants } : {}),
    certificateTypes: certificateTypes[verifier.rawPublicKeys ?? 'none'],
    verify: async (peer) => {
      const verdict = await verifier.verify({
        chain: peer.certificates,
        rawPublicKey: peer.rawPublicKey,
        purpose: peer.peerRole,
        serverName: peer.serverName,
        ocspResponse: peer.ocspResponse,
        scts: peer.signedCertificateTimestamps,
        time: new Date(now()),
        provider: peer.provider,
      })
      if (!verdict.ok) throw verdictError(verdict)
      return {
        publicKey: verdict.publicKey,
        certificates: peer.certificates.map((certificate) => certificate.slice()),
        details: verdict satisfies Accepted,
      }
    },
  }
}

/** For peers that have no certificate to show: whoever shows one is refused. */
export const expectsNoCertificate: PeerVerifier = {
  verify: () => {
    throw new TlsError(faults.ERR_TLS_UNKNOWN_CA, {
      detail: inWords && 'neither anchors nor a verifier were given',
    })
  },
}
