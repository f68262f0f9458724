/** What a connection negotiated, and with whom. */
import type { HandshakeInfo, VerifiedPeer } from '@mortise/handshake'
import type { Certificate } from '@mortise/x509'

/** The peer as the verifier accepted it. */
export interface Peer extends VerifiedPeer {
  /** The validated path, end entity first; empty with a raw public key, `undefined` if the session was stored in between. */
  readonly path: readonly Certificate[] | undefined
}

/** What a connection negotiated. Worked out from what it used. */
export interface ConnectionInfo extends Omit<HandshakeInfo, 'peer'> {
  readonly protocol: 'TLSv1.3'
  /** Whether each algorithm that was used is an approved one of a validated module, as the provider declares it. */
  readonly fips: boolean
  /** `undefined` if the peer has not authenticated itself by certificate, now or when the session began. */
  readonly peer: Peer | undefined
}

/** The handshake's result as a connection shows it. */
export function connectionInfo(info: HandshakeInfo): ConnectionInfo {
  return {
    ...info,
    protocol: 'TLSv1.3',
    fips: info.approval === 'approved',
    peer: info.peer && peerOf(info.peer),
  }
}

function peerOf(peer: VerifiedPeer): Peer {
  return { ...peer, path: pathOf(peer.details) }
}

function pathOf(details: unknown): readonly Certificate[] | undefined {
  return typeof details === 'object' && details !== null && 'path' in details && Array.isArray(details.path)
    ? (details.path as readonly Certificate[])
    : undefined
}
