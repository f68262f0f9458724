/** The server's states (RFC 9846 §A.2). Each holds what is needed there and nothing else. */
import type { CipherSuite, KeyExchangeGroup, Secret } from '@mortise/crypto'
import type { ClientHello } from '@mortise/wire'
import type { MainStage } from '../keySchedule.ts'
import type { ProofKey } from '../authentication/signatureSchemes.ts'
import type { ServerConfig } from '../config.ts'
import type { HandshakeInfo, VerifiedPeer } from '../info.ts'
import type {
  ExpectPostHandshakeCertificateVerify,
  ExpectPostHandshakeFinished,
  ServerConnected,
} from '../postHandshake/connected.ts'
import type { Asking } from './asking.ts'
import type { RetryMessages, SelectedKey } from './selectPreSharedKey.ts'

export interface ExpectClientHello {
  readonly name: 'ExpectClientHello'
}

export interface ExpectSecondClientHello {
  readonly name: 'ExpectSecondClientHello'
  /** The options were asked for once, with the first ClientHello. */
  readonly config: ServerConfig
  readonly first: ClientHello
  readonly suite: CipherSuite
  readonly group: KeyExchangeGroup
  readonly cookie: Uint8Array | undefined
  readonly messages: RetryMessages
  /** The pre-shared key that fitted the first ClientHello. */
  readonly key: SelectedKey | undefined
}

/** Our flight is out: what is left is the client's. */
export interface FlightSent {
  readonly config: ServerConfig
  readonly suite: CipherSuite
  readonly clientHandshakeSecret: Secret
  readonly clientApplicationSecret: Secret
  readonly serverApplicationSecret: Secret
  readonly exporterSecret: Secret
  /** For the resumption secret, which ends the key schedule. */
  readonly main: MainStage
  /** What is known so far; the client's certificate may still come. */
  readonly info: HandshakeInfo
  /** The client said that it can use tickets (RFC 9846 §4.3.9). */
  readonly takesTickets: boolean
  readonly asking: Asking
}

/** Early data is coming in; only then handshake keys are due. */
export interface ExpectEndOfEarlyData extends FlightSent {
  readonly name: 'ExpectEndOfEarlyData'
}

export interface ExpectCertificate extends FlightSent {
  readonly name: 'ExpectCertificate'
}

export interface ExpectCertificateVerify extends FlightSent {
  readonly name: 'ExpectCertificateVerify'
  readonly peer: VerifiedPeer
  readonly proofKey: ProofKey
}

export interface ExpectFinished extends FlightSent {
  readonly name: 'ExpectFinished'
}

export type ServerState =
  | ExpectClientHello
  | ExpectSecondClientHello
  | ExpectEndOfEarlyData
  | ExpectCertificate
  | ExpectCertificateVerify
  | ExpectFinished
  | ServerConnected
  | ExpectPostHandshakeCertificateVerify
  | ExpectPostHandshakeFinished
