/** Signatures: of the handshake (RFC 9846 §4.3.3) and of certificates. */
import type { HashName } from './hash.ts'
import type { ApprovalStatus, MaybePromise } from './provider.ts'

export type Curve = 'P-256' | 'P-384' | 'P-521'

/** The public key that an algorithm needs, by the SubjectPublicKeyInfo's AlgorithmIdentifier. */
export type SignatureKeyType =
  | { readonly type: 'ec'; readonly curve: Curve }
  /** rsaEncryption (1.2.840.113549.1.1.1). */
  | { readonly type: 'rsa' }
  /** id-RSASSA-PSS (1.2.840.113549.1.1.10). */
  | { readonly type: 'rsa-pss' }
  | { readonly type: 'ed25519' }
  | { readonly type: 'ed448' }

/** An algorithm by which signatures of certificates and handshakes are verified. */
export interface SignatureAlgorithm {
  /**
   * As registered (`ecdsa_secp256r1_sha256`), or made after that pattern for what only certificates use
   * (`ecdsa_secp256r1_sha384`).
   */
  readonly name: string
  /** SignatureScheme code point; `undefined` for a combination that only certificates use (say P-256 with SHA-384). */
  readonly scheme: number | undefined
  readonly key: SignatureKeyType
  /** The hash of the message; for RSA-PSS also that of MGF1, and its length is the salt's. `undefined` for EdDSA. */
  readonly hash: HashName | undefined
  readonly padding?: 'pkcs1' | 'pss'
  readonly approval: ApprovalStatus
  /**
   * ECDSA signatures are DER (ECDSA-Sig-Value), strictly; RSA signatures have exactly the modulus' length.
   * @param spki DER of the SubjectPublicKeyInfo
   * @returns whether the signature verifies; `false` for a malformed one
   * @throws CryptoError `ERR_CRYPTO_INVALID_KEY` if the key doesn't parse or doesn't fit `key`
   */
  readonly verify: (spki: Uint8Array, message: Uint8Array, signature: Uint8Array) => MaybePromise<boolean>
}

/** A private key: PKCS #8 DER (unencrypted PrivateKeyInfo). For PEM and its older forms see `privateKeyFromPem`. */
export interface PrivateKeyInput {
  readonly pkcs8: Uint8Array
}

/** The part of AbortSignal that is used here; typed so that no DOM library is needed. */
export interface AbortSignalLike {
  readonly aborted: boolean
  readonly reason?: unknown
  /** As of EventTarget. */
  readonly addEventListener: (type: 'abort', listener: () => void) => void
  /** As of EventTarget. */
  readonly removeEventListener: (type: 'abort', listener: () => void) => void
}

/** A private key that signs, perhaps far away (KMS, HSM). */
export interface SigningKey {
  /** SignatureScheme code points that this key can make in a TLS 1.3 handshake, in order of preference. */
  readonly schemes: readonly number[]
  /** DER of the SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array
  /**
   * Signs a message.
   * @param scheme one of `schemes`
   * @param options `signal` is aborted when the handshake is given up
   */
  readonly sign: (
    scheme: number,
    message: Uint8Array,
    options?: { readonly signal?: AbortSignalLike },
  ) => MaybePromise<Uint8Array>
}
