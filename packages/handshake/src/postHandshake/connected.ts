/** The last state of either role: the handshake is complete (RFC 9846 §4.7). */
import type { CipherSuite, Secret } from '@mortise/crypto'
import type { ProofKey } from '../authentication/signatureSchemes.ts'
import type { ClientConfig, ServerConfig } from '../config.ts'
import type { Context } from '../context.ts'
import type { HandshakeInfo, VerifiedPeer } from '../info.ts'
import type { Received, Step } from '../machine.ts'
import type { Transcript } from '../transcript.ts'

/** What both roles hold from here on. */
export interface Established {
  readonly suite: CipherSuite
  /** Current application traffic secrets. */
  readonly readSecret: Secret
  readonly writeSecret: Secret
  readonly exporterSecret: Secret
  readonly resumptionSecret: Secret
  /** We asked the peer to update its keys and it has not done so yet: RFC 9846 §4.7.3 forbids to ask again. */
  readonly updateRequested: boolean
  /** The peer asked us to update our keys, which is due before our next application data (RFC 9846 §4.7.3). */
  readonly updateOwed: boolean
  readonly info: HandshakeInfo
}

export interface ClientConnected extends Established {
  readonly name: 'Connected'
  /** Tickets received. */
  readonly tickets: number
  /** `undefined`: no CertificateRequest may come (RFC 9846 §4.7.2). */
  readonly answerRequest: AnswerRequest | undefined
}

/** Answers a CertificateRequest; the next state has what answers the next one. */
export type AnswerRequest = (
  state: ClientConnected,
  request: Received<'CertificateRequest'>,
  context: Context<ClientConfig>,
) => Promise<Step<ClientConnected>>

export interface ServerConnected extends Established {
  readonly name: 'Connected'
  readonly authentication: PostHandshakeAuthentication | undefined
}

/** What a server needs to ask a client who it is; only with clients that let themselves be asked (RFC 9846 §4.7.2). */
export interface PostHandshakeAuthentication {
  readonly config: ServerConfig
  /** CertificateType code point of the answers. */
  readonly certificateType: number
  /** Requests so far. */
  readonly asked: number
  /** CertificateRequest messages not answered yet, header included, by their contexts in hexadecimal. */
  readonly open: ReadonlyMap<string, Uint8Array>
}

/** An answer to a CertificateRequest is coming in: nothing may come between its messages. */
interface Answering extends Established {
  readonly authentication: PostHandshakeAuthentication
  readonly context: Uint8Array
  /** Main handshake, CertificateRequest, and the answer so far. */
  readonly transcript: Transcript
}

export interface ExpectPostHandshakeCertificateVerify extends Answering {
  readonly name: 'ExpectPostHandshakeCertificateVerify'
  readonly peer: VerifiedPeer
  readonly proofKey: ProofKey
}

export interface ExpectPostHandshakeFinished extends Answering {
  readonly name: 'ExpectPostHandshakeFinished'
  /** `undefined` if the client has no certificate for us. */
  readonly proven: { readonly peer: VerifiedPeer; readonly signatureScheme: number } | undefined
}
