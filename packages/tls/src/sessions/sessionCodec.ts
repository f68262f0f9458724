/**
 * Sessions as bytes, to be stored or sealed into tickets. The format is ours and has a version: what another version
 * wrote is not read, which costs a full handshake and nothing else.
 */
import type { HashName } from '@mortise/crypto'
import type { ClientSession, ServerSession, VerifiedPeer } from '@mortise/handshake'
import {
  decode,
  encode,
  isTlsError,
  opaque16,
  opaque24,
  opaque8,
  struct,
  uint16,
  uint32,
  uint64,
  uint8,
  vector24,
  type Infer,
} from '@mortise/wire'

const version = 1

const hashNames: readonly HashName[] = ['sha256', 'sha384', 'sha512']

/** Absent values are empty vectors, and 0 for code points. */
const StoredSession = /* @__PURE__ */ struct('StoredSession', {
  version: uint8,
  ticket: opaque16(0, 0xffff),
  key: opaque8(1, 255),
  hash: uint8,
  cipherSuite: uint16,
  serverName: opaque16(0, 0xffff),
  alpn: opaque8(0, 255),
  peerPublicKey: opaque24(0, 0xff_ffff),
  peerCertificates: vector24(opaque24(1, 0xff_ffff), 0, 0xff_ffff),
  peerSignatureScheme: uint16,
  lifetime: uint32,
  ageAdd: uint32,
  createdAt: uint64,
  maxEarlyDataSize: uint32,
  context: opaque16(0, 0xffff),
})

/** A session as bytes. They are as secret as the connection was. */
export function encodeSession(session: ClientSession | ServerSession): Uint8Array {
  const { peer } = session
  return encode(StoredSession, {
    version,
    ticket: 'ticket' in session ? session.ticket : new Uint8Array(0),
    key: session.key,
    hash: hashNames.indexOf(session.hash),
    cipherSuite: session.cipherSuite,
    serverName: utf8(session.serverName),
    alpn: latin1(session.alpn),
    peerPublicKey: peer?.publicKey ?? new Uint8Array(0),
    peerCertificates: peer?.certificates ?? [],
    peerSignatureScheme: session.peerSignatureScheme ?? 0,
    lifetime: session.lifetime,
    ageAdd: session.ageAdd,
    createdAt: BigInt(Math.trunc(session.createdAt)),
    maxEarlyDataSize: session.maxEarlyDataSize,
    context: utf8(session.context),
  })
}

/** The session of `encodeSession`'s bytes; `undefined` for anything else. What a verifier had to say is not kept. */
export function decodeClientSession(bytes: Uint8Array): ClientSession | undefined {
  const stored = read(bytes)
  return stored && stored.ticket.length > 0
    ? { ...sessionOf(stored), ticket: stored.ticket.slice() }
    : undefined
}

/** As `decodeClientSession`, for a server's. */
export function decodeServerSession(bytes: Uint8Array): ServerSession | undefined {
  const stored = read(bytes)
  return stored?.ticket.length === 0 ? sessionOf(stored) : undefined
}

function read(bytes: Uint8Array): Infer<typeof StoredSession> | undefined {
  try {
    const stored = decode(StoredSession, bytes)
    return stored.version === version && hashNames[stored.hash] ? stored : undefined
  } catch (error) {
    if (isTlsError(error)) return undefined
    throw error
  }
}

function sessionOf(stored: Infer<typeof StoredSession>): ServerSession {
  return {
    key: stored.key.slice(),
    hash: hashNames[stored.hash] ?? 'sha256',
    cipherSuite: stored.cipherSuite,
    serverName: text(stored.serverName, 'utf-8'),
    alpn: text(stored.alpn, 'latin1'),
    peer: peerOf(stored),
    peerSignatureScheme: stored.peerSignatureScheme || undefined,
    lifetime: stored.lifetime,
    ageAdd: stored.ageAdd,
    createdAt: Number(stored.createdAt),
    maxEarlyDataSize: stored.maxEarlyDataSize,
    context: text(stored.context, 'utf-8') ?? '',
  }
}

function peerOf({ peerPublicKey, peerCertificates }: Infer<typeof StoredSession>): VerifiedPeer | undefined {
  if (peerPublicKey.length === 0) return undefined
  return {
    publicKey: peerPublicKey.slice(),
    certificates: peerCertificates.map((certificate) => certificate.slice()),
  }
}

const utf8 = (value = ''): Uint8Array => new TextEncoder().encode(value)

/** A character stands for a byte, as in ALPN names. */
const latin1 = (value = ''): Uint8Array => Uint8Array.from(value, (character) => character.charCodeAt(0))

function text(bytes: Uint8Array, encoding: 'utf-8' | 'latin1'): string | undefined {
  if (bytes.length === 0) return undefined
  return encoding === 'utf-8' ? new TextDecoder().decode(bytes) : String.fromCharCode(...bytes)
}
