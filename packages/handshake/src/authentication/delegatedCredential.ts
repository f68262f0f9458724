/**
 * Delegated credentials (RFC 9345): a certificate vouches, for days, for a key that its owner has handed to somebody else.
 * Here is what both sides of it know, and how they are made.
 */
import type { AbortSignalLike, SigningKey } from '@mortise/crypto'
import {
  codeText,
  concat,
  Credential,
  DelegatedCredential,
  encode,
  inWords,
  SignatureScheme,
  TlsError,
} from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { isHandshakeScheme } from './signatureSchemes.ts'

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
    throw new TlsError(faults.ERR_TLS_CONFIG, {
      detail: inWords && `${codeText.signatureScheme(scheme)} is not for delegated credentials`,
    })
  if (algorithm === undefined || !key.schemes.includes(algorithm) || !isHandshakeScheme(algorithm))
    throw new TlsError(faults.ERR_TLS_CONFIG, {
      detail: inWords && "the certificate's key can't sign by this algorithm",
    })
  const cred = { validTime, dcCertVerifyAlgorithm: scheme, subjectPublicKeyInfo: publicKey }
  const input = signatureInput(role, certificate, { cred, algorithm })
  const signature = await key.sign(algorithm, input, signal ? { signal } : {})
  return encode(DelegatedCredential, { cred, algorithm, signature })
}

/** What is signed (RFC 9345 §4). */
export function signatureInput(
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
