/** What the examples of READMEs take for granted, since a README is short. */
import type { Aead, SigningProvider, Hash, Secret } from '@mortise/crypto'
import type { HandshakeAction, PeerVerifier } from '@mortise/handshake'
import type { ByteStream } from '@mortise/tls'
import type { RecordEvent } from '@mortise/record'
import type { TransparencyLog } from '@mortise/x509'

declare global {
  var stream: ByteStream
  var provider: SigningProvider
  /** Whom to trust: DER. */
  var anchors: readonly Uint8Array[]
  var roots: readonly Uint8Array[]
  var rootsPem: string
  var chainPem: string
  var keyPem: string
  var pem: string
  var verifier: PeerVerifier
  var logs: readonly TransparencyLog[]
  /** DER. */
  var spki: Uint8Array, endEntity: Uint8Array, crl: Uint8Array
  var intermediates: readonly Uint8Array[]
  /** A key service. */
  var kms: { readonly sign: (message: Uint8Array, signal: unknown) => Promise<Uint8Array> }
  /** A whole handshake message. */
  var message: Uint8Array
  var bytes: Uint8Array, bytesOfTheTransport: Uint8Array
  var aead: Aead
  var hash: Hash
  var trafficSecret: Secret
  var transport: { readonly write: (bytes: Uint8Array) => void }
  function carryOut(action: HandshakeAction): void
  function consume(bytes: Uint8Array): void
  function handle(event: RecordEvent): void
}
