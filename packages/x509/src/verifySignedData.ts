/** The one place where signatures are verified: of certificates, OCSP responses and revocation lists. */
import type { CryptoErrorCode, CryptoProvider, SignatureAlgorithm } from '@mortise/crypto'
import { inWords } from '@mortise/wire'
import { readAlgorithmIdentifier, type AlgorithmIdentifier } from './algorithmIdentifier.ts'
import { DerReader } from './der.ts'
import { readPublicKey, type PublicKey } from './publicKey.ts'
import {
  hashLength,
  signatureRequirements,
  weakAlgorithms,
  type SignatureRequirements,
} from './signatureAlgorithm.ts'
import { checkPublicKey, defaultSignaturePolicy, type SignaturePolicy } from './signaturePolicy.ts'
import { asRefusal, Refusal, rejected, type Rejected } from './verdict.ts'
import { parsing } from './X509Error.ts'

/** Data with a signature and what it was made with. */
export interface SignedData {
  readonly algorithm: AlgorithmIdentifier
  readonly data: Uint8Array
  readonly signature: Uint8Array
}

/** @throws Refusal */
export async function checkSignedData(
  { algorithm, data, signature }: SignedData,
  key: PublicKey,
  provider: CryptoProvider,
  policy: SignaturePolicy,
): Promise<void> {
  const requirements = checkAlgorithm(algorithm, policy)
  checkPublicKey(key, policy)
  checkFit(requirements, key)
  const verifier = findVerifier(provider, requirements, key)
  if (!verifier)
    throw new Refusal('ERR_X509_UNSUPPORTED_ALGORITHM', {
      expected: inWords && `an algorithm of the provider ${provider.name}`,
      found: algorithm.algorithm,
    })
  if (!(await runVerifier(verifier, key, data, signature))) throw new Refusal('ERR_X509_BAD_SIGNATURE')
}

function checkAlgorithm(algorithm: AlgorithmIdentifier, { hashes }: SignaturePolicy): SignatureRequirements {
  const weak = weakAlgorithms[algorithm.algorithm]
  if (weak !== undefined) throw new Refusal('ERR_X509_WEAK_ALGORITHM', { found: weak })
  const requirements = signatureRequirements(algorithm)
  if (!requirements) throw new Refusal('ERR_X509_UNSUPPORTED_ALGORITHM', { found: algorithm.algorithm })
  if (requirements.hash && !hashes.includes(requirements.hash))
    throw new Refusal('ERR_X509_WEAK_ALGORITHM', { expected: hashes.join(', '), found: requirements.hash })
  return requirements
}

/** Whether the key may make such signatures at all. */
function checkFit({ keyTypes, hash }: SignatureRequirements, { type, pss }: PublicKey): void {
  if (!type || !keyTypes.includes(type.type))
    throw new Refusal('ERR_X509_BAD_SIGNATURE', {
      expected: inWords && `a signature that a key of type ${type?.type} can make`,
      found: inWords && `one of a key of type ${keyTypes.join(' or ')}`,
    })
  // RFC 4055 §3.1: parameters in the key restrict its signatures
  if (pss && hash && (pss.hash !== hash || pss.maskHash !== hash || pss.saltLength > hashLength(hash)))
    throw new Refusal('ERR_X509_BAD_SIGNATURE', {
      expected: inWords && "the RSASSA-PSS parameters of the issuer's key",
      found: inWords && 'others',
    })
}

function findVerifier(
  { signatures }: CryptoProvider,
  { hash, padding }: SignatureRequirements,
  { type }: PublicKey,
): SignatureAlgorithm | undefined {
  return signatures.find(
    (candidate) =>
      candidate.key.type === type?.type &&
      candidate.hash === hash &&
      candidate.padding === padding &&
      (candidate.key.type !== 'ec' || (type.type === 'ec' && candidate.key.curve === type.curve)),
  )
}

const invalidKey: CryptoErrorCode = 'ERR_CRYPTO_INVALID_KEY'

async function runVerifier(
  { verify }: SignatureAlgorithm,
  { spki }: PublicKey,
  data: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  try {
    return await verify(spki, data, signature)
  } catch (cause) {
    // A point off the curve, say: no signature verifies with such a key
    if (cause instanceof Error && 'code' in cause && cause.code === invalidKey)
      throw new Refusal('ERR_X509_BAD_SIGNATURE', {
        expected: inWords && 'a key that verifies',
        found: cause.message,
        cause,
      })
    throw new Refusal('ERR_X509_PROVIDER', { cause })
  }
}

/**
 * Verifies a signature as those of certificates are verified, policy included.
 * @param signed `algorithm` is DER of an AlgorithmIdentifier, `spki` DER of the signer's SubjectPublicKeyInfo
 * @returns `ok: false` with the reason, also for what is malformed
 */
export async function verifySignedData(signed: {
  readonly algorithm: Uint8Array
  readonly spki: Uint8Array
  readonly data: Uint8Array
  readonly signature: Uint8Array
  readonly provider: CryptoProvider
  readonly policy?: Partial<SignaturePolicy>
}): Promise<{ readonly ok: true } | Rejected> {
  const { data, signature, provider } = signed
  try {
    const algorithm = only('algorithm', signed.algorithm, readAlgorithmIdentifier)
    const key = only('public key', signed.spki, readPublicKey)
    await checkSignedData({ algorithm, data, signature }, key, provider, {
      ...defaultSignaturePolicy,
      ...signed.policy,
    })
    return { ok: true }
  } catch (error) {
    return rejected(asRefusal(error))
  }
}

/** The one value that `bytes` consist of. */
export function only<T>(what: string, bytes: Uint8Array, read: (reader: DerReader) => T): T {
  return parsing(what, () => {
    const reader = new DerReader(bytes)
    const value = read(reader)
    reader.end()
    return value
  })
}
