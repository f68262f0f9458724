/** A peer's Certificate message (RFC 9846 §4.5.1). */
import { CryptoError, readSubjectPublicKeyInfo } from '@mortise/crypto'
import {
  CertificateType,
  checkExtensions,
  ExtensionType,
  inWords,
  isTlsError,
  readExtension,
  signedCertificateTimestamp,
  statusRequest,
  TlsError,
  type Certificate,
  type CertificateEntry,
} from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import type { CommonConfig } from '../config.ts'
import type { VerifiedPeer } from '../info.ts'
import type { PeerVerifier } from '../verifier.ts'
import type { ProofKey } from './signatureSchemes.ts'

export interface CertificateExpectation {
  readonly peerRole: 'client' | 'server'
  readonly certificateRequestContext: Uint8Array
  /** CertificateType code point that was agreed on. */
  readonly certificateType: number
  /** Types of the extensions that we sent in ClientHello or CertificateRequest: only these may be answered. */
  readonly offered: ReadonlySet<number>
  readonly serverName: string | undefined
  readonly verifier: PeerVerifier
  readonly config: CommonConfig
}

/** A peer that the verifier takes, if it has the key. */
export interface AcceptedCertificate {
  readonly peer: VerifiedPeer
  readonly proofKey: ProofKey
}

/**
 * Has a non-empty Certificate verified. An empty one is for the caller to judge.
 * @throws TlsError
 */
export async function acceptCertificate(
  { certificateRequestContext, certificateList }: Certificate,
  expected: CertificateExpectation,
): Promise<AcceptedCertificate> {
  checkRequestContext(certificateRequestContext, expected.certificateRequestContext)
  for (const entry of certificateList) {
    checkDelegationWasOffered(entry, expected.offered)
    checkExtensions(entry.extensions, 'certificate', expected.offered)
  }
  const leaf = certificateList[0]
  if (!leaf) throw new TlsError(faults.ERR_TLS_EMPTY_CERTIFICATE)
  const isRaw = expected.certificateType === CertificateType.RawPublicKey
  if (isRaw) checkRawPublicKey(certificateList)
  const [ocspResponse, ...issuerOcspResponses] = certificateList.map(
    ({ extensions }) => readExtension(extensions, statusRequest, 'certificate')?.response,
  )
  const timestamps = readExtension(leaf.extensions, signedCertificateTimestamp, 'certificate')
  const peer = await runVerifier(expected.verifier, {
    certificates: isRaw ? [] : certificateList.map((entry) => entry.certData),
    rawPublicKey: isRaw ? leaf.certData : undefined,
    ocspResponse,
    issuerOcspResponses,
    signedCertificateTimestamps:
      timestamps &&
      leaf.extensions.find(({ extensionType }) => extensionType === signedCertificateTimestamp.type)
        ?.extensionData,
    peerRole: expected.peerRole,
    serverName: expected.serverName,
    provider: expected.config.provider,
  })
  const { delegatedCredentials, signatureSchemes: schemes } = expected.config
  // RFC 9345 §4.1.1: those of other entries are ignored
  const delegatedKey = await delegatedCredentials?.proofKey(leaf, {
    signer: expected.peerRole,
    peer,
    schemes,
  })
  return { peer, proofKey: delegatedKey ?? { publicKey: peer.publicKey, schemes } }
}

/** RFC 9345 §4.1.1, §4.1.2: unasked, it is unexpected_message, and not unsupported_extension as others are. */
function checkDelegationWasOffered({ extensions }: CertificateEntry, offered: ReadonlySet<number>): void {
  const type = ExtensionType.delegated_credential
  if (!offered.has(type) && extensions.some(({ extensionType }) => extensionType === type))
    throw new TlsError(faults.ERR_TLS_UNEXPECTED_MESSAGE, {
      detail: inWords && 'a delegated credential that was not asked for',
    })
}

/** RFC 9846 §4.5.1, RFC 7250 §3: one entry, which is a SubjectPublicKeyInfo. */
function checkRawPublicKey([entry, ...others]: Certificate['certificateList']): void {
  if (!entry || others.length > 0)
    throw new TlsError(faults.ERR_TLS_DECODE, {
      detail:
        inWords &&
        `Certificate.certificateList: ${others.length + 1} entries, allowed 1 with a raw public key`,
    })
  try {
    readSubjectPublicKeyInfo(entry.certData)
  } catch (cause) {
    if (!(cause instanceof CryptoError)) throw cause
    throw new TlsError(faults.ERR_TLS_DECODE, {
      detail:
        inWords &&
        `Certificate.certificateList[0].certData: no SubjectPublicKeyInfo that we know: ${cause.message}`,
      cause,
    })
  }
}

/** RFC 9846 §4.5.1: the context is that of the CertificateRequest, empty in the main handshake. */
export function checkRequestContext(actual: Uint8Array, expected: Uint8Array): void {
  if (actual.length !== expected.length || actual.some((byte, i) => byte !== expected[i]))
    throw new TlsError(faults.ERR_TLS_WRONG_REQUEST_CONTEXT, {
      detail: inWords && 'certificate_request_context is not the expected one',
    })
}

async function runVerifier(
  verifier: PeerVerifier,
  peer: Parameters<PeerVerifier['verify']>[0],
): Promise<VerifiedPeer> {
  try {
    return await verifier.verify(peer)
  } catch (cause) {
    if (isTlsError(cause)) throw cause
    throw new TlsError(faults.ERR_TLS_CERTIFICATE_UNKNOWN, { cause })
  }
}

export const noContext: Uint8Array = new Uint8Array(0)
