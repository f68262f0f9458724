/**
 * The client's states (RFC 9846 §A.1). Each holds what is needed there and nothing else, so a secret can be
 * reached only in a state in which RFC 9846 lets it be used.
 */
import type { CipherSuite, Secret } from '@mortise/crypto'
import type { CertificateRequest, Extension } from '@mortise/wire'
import type { AgreedCertificateTypes } from '../authentication/certificateType.ts'
import type { ProofKey } from '../authentication/signatureSchemes.ts'
import type { VerifiedPeer } from '../info.ts'
import type { HandshakeStage } from '../keySchedule.ts'
import type { ClientConnected } from '../postHandshake/connected.ts'
import type { SentClientHello } from './clientHello.ts'
import type { DecidedEarlyData, OfferedKey } from './preSharedKeys.ts'

/** What ServerHello settled. */
export interface ServerHelloResult {
  readonly hello: SentClientHello
  readonly suite: CipherSuite
  /** `undefined` with psk_ke. */
  readonly group: number | undefined
  readonly retried: boolean
  /** The pre-shared key that the server selected. */
  readonly key: OfferedKey | undefined
  readonly stage: HandshakeStage
  readonly clientHandshakeSecret: Secret
  readonly serverHandshakeSecret: Secret
}

/** And EncryptedExtensions. */
export interface Parameters extends ServerHelloResult, AgreedCertificateTypes {
  readonly alpn: string | undefined
  /** The server's private ones. */
  readonly extensions: readonly Extension[]
  /** What became of early data; `undefined` if none was offered. */
  readonly earlyData: DecidedEarlyData | undefined
}

export interface Start {
  readonly name: 'Start'
}

export interface ExpectServerHello {
  readonly name: 'ExpectServerHello'
  readonly hello: SentClientHello
}

export interface ExpectSecondServerHello {
  readonly name: 'ExpectSecondServerHello'
  readonly hello: SentClientHello
  /** From the HelloRetryRequest: the ServerHello must not differ. */
  readonly suite: CipherSuite
  readonly group: number | undefined
}

export interface ExpectEncryptedExtensions extends ServerHelloResult {
  readonly name: 'ExpectEncryptedExtensions'
}

export interface ExpectCertificateOrRequest extends Parameters {
  readonly name: 'ExpectCertificateOrRequest'
}

export interface ExpectCertificate extends Parameters {
  readonly name: 'ExpectCertificate'
  readonly request: CertificateRequest
}

export interface ExpectCertificateVerify extends Parameters {
  readonly name: 'ExpectCertificateVerify'
  readonly request: CertificateRequest | undefined
  readonly peer: VerifiedPeer
  readonly proofKey: ProofKey
}

export interface ExpectFinished extends Parameters {
  readonly name: 'ExpectFinished'
  readonly request: CertificateRequest | undefined
  /** `undefined` if an external key authenticates the server. */
  readonly peer: VerifiedPeer | undefined
  readonly peerSignatureScheme: number | undefined
}

export type ClientState =
  | Start
  | ExpectServerHello
  | ExpectSecondServerHello
  | ExpectEncryptedExtensions
  | ExpectCertificateOrRequest
  | ExpectCertificate
  | ExpectCertificateVerify
  | ExpectFinished
  | ClientConnected
