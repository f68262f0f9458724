/**
 * Delegated credentials (RFC 9345): a certificate vouches, for days, for a key that its owner has handed to somebody else.
 * What certificates allow that is for the verifier to say, see `VerifiedPeer.delegation`.
 */
import type { AbortSignalLike, CryptoProvider, SigningKey } from '@mortise/crypto'
import {
  codeText,
  concat,
  Credential,
  DelegatedCredential,
  delegatedCredential,
  encode,
  SignatureScheme,
  TlsError,
  writeExtension,
  type Extension,
} from '@mortise/wire'
import type { VerifiedPeer } from '../info.ts'
import { isHandshakeScheme, verifySignature, type ProofKey } from './signatureSchemes.ts'

/** RFC 9345 §4.1.3: what is left of a delegated credential's life is at most seven days, in milliseconds. */
const maxDelegation = 604_800_000

/** RFC 9345 §4: a delegated key must not be rsaEncryption's. */
const notForDelegation: readonly number[] = /* @__PURE__ */ Object.freeze([
  SignatureScheme.rsa_pss_rsae_sha256,
  SignatureScheme.rsa_pss_rsae_sha384,
  SignatureScheme.rsa_pss_rsae_sha512,
])

/** Whether a delegated key may sign by `scheme`. */
export function isDelegationScheme(scheme: number): boolean {
  return isHandshakeScheme(scheme) && !notForDelegation.includes(scheme)
}

/** delegated_credential for a ClientHello or a CertificateRequest; nothing if none are taken (RFC 9345 §4.1). */
export function delegationOffer(
  schemes: readonly number[],
  message: 'clientHello' | 'certificateRequest',
): readonly Extension[] {
  return schemes.length > 0
    ? [writeExtension(delegatedCredential, message, { supportedSignatureAlgorithms: schemes })]
    : []
}

/** What a delegated credential is made of. */
export interface DelegationRequest {
  /** DER of the certificate that vouches. */
  readonly certificate: Uint8Array
  /** The certificate's key. */
  readonly key: SigningKey
  /** SignatureScheme by which `key` signs. Default: its first. */
  readonly algorithm?: number
  /** DER of the delegated key's SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array
  /** SignatureScheme of the delegated key: the one that it will sign handshakes by. */
  readonly scheme: number
  /** Seconds from the certificate's notBefore on; at most seven days from now. */
  readonly validTime: number
  /** Whose handshakes will be signed. */
  readonly role: 'client' | 'server'
  readonly signal?: AbortSignalLike
}

/**
 * Signs a delegated credential (RFC 9345 §4).
 * @returns DelegatedCredential, encoded
 * @throws TlsError `ERR_TLS_CONFIG` for a scheme that can't be delegated to, or that the certificate's key does not have
 */
export async function signDelegatedCredential(request: DelegationRequest): Promise<Uint8Array> {
  const { certificate, key, publicKey, scheme, validTime, role, signal } = request
  const { algorithm = key.schemes.find(isHandshakeScheme) } = request
  if (!isDelegationScheme(scheme))
    throw new TlsError('ERR_TLS_CONFIG', {
      detail: `${codeText.signatureScheme(scheme)} is not for delegated credentials`,
    })
  if (algorithm === undefined || !key.schemes.includes(algorithm) || !isHandshakeScheme(algorithm))
    throw new TlsError('ERR_TLS_CONFIG', { detail: "the certificate's key can't sign by this algorithm" })
  const cred = { validTime, dcCertVerifyAlgorithm: scheme, subjectPublicKeyInfo: publicKey }
  const input = signatureInput(role, certificate, { cred, algorithm })
  const signature = await key.sign(algorithm, input, signal ? { signal } : {})
  return encode(DelegatedCredential, { cred, algorithm, signature })
}

/** What a delegated credential that came with a certificate has to fulfil. */
export interface DelegationExpectation {
  readonly signer: 'client' | 'server'
  /** DER of the certificate, and who it says it is. */
  readonly certificate: Uint8Array
  readonly peer: VerifiedPeer
  /** The schemes that we offered for certificates' keys, and for delegated keys. */
  readonly schemes: readonly number[]
  readonly delegationSchemes: readonly number[]
  readonly provider: CryptoProvider
  /** Milliseconds since 1970. */
  readonly now: number
}

/**
 * RFC 9345 §4.1.3.
 * @returns what CertificateVerify is to be checked with
 * @throws TlsError `ERR_TLS_BAD_DELEGATED_CREDENTIAL`
 */
export async function acceptDelegatedCredential(
  delegated: DelegatedCredential,
  expected: DelegationExpectation,
): Promise<ProofKey> {
  const { cred, algorithm, signature } = delegated
  checkLifetime(cred.validTime, expected.peer.delegation, expected.now)
  // RFC 9345 §4.1.1: each of its two algorithms of the list that it belongs to
  if (!expected.schemes.includes(algorithm) || !isHandshakeScheme(algorithm))
    throw bad(`${codeText.signatureScheme(algorithm)} was not offered`)
  const scheme = cred.dcCertVerifyAlgorithm
  if (!expected.delegationSchemes.includes(scheme) || !isDelegationScheme(scheme))
    throw bad(`${codeText.signatureScheme(scheme)} was not offered for delegated credentials`)
  const input = signatureInput(expected.signer, expected.certificate, delegated)
  const { publicKey } = expected.peer
  const verifies = await verifySignature(expected.provider, { publicKey, algorithm, input, signature })
  if (!verifies) throw bad('its signature does not verify')
  return { publicKey: cred.subjectPublicKeyInfo.slice(), schemes: [scheme] }
}

function checkLifetime(validTime: number, delegation: VerifiedPeer['delegation'], now: number): void {
  // RFC 9345 §4.2: DelegationUsage, and digitalSignature
  if (!delegation) throw bad('the certificate does not allow it')
  const expiresAt = delegation.notBefore + validTime * 1000
  if (now > expiresAt) throw bad('it has expired')
  if (expiresAt > now + maxDelegation) throw bad('it is valid for more than seven days')
  if (expiresAt > delegation.notAfter) throw bad('it is valid for longer than its certificate')
}

/** What is signed (RFC 9345 §4). */
function signatureInput(
  signer: 'client' | 'server',
  certificate: Uint8Array,
  { cred, algorithm }: Pick<DelegatedCredential, 'cred' | 'algorithm'>,
): Uint8Array {
  const text = `${' '.repeat(64)}TLS, ${signer} delegated credentials\0`
  return concat(
    Uint8Array.from(text, (character) => character.charCodeAt(0)),
    certificate,
    encode(Credential, cred),
    Uint8Array.of(algorithm >> 8, algorithm & 0xff),
  )
}

function bad(detail: string): TlsError {
  return new TlsError('ERR_TLS_BAD_DELEGATED_CREDENTIAL', { detail })
}
