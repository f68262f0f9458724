/** Delegated credentials (RFC 9345): keys that a certificate vouches for, so that its own need not be everywhere. */
import {
  delegatedCredentials as takingDelegated,
  signDelegatedCredential,
  type Credential,
  type DelegatedCredentials,
  type DelegatingCertificate,
} from '@mortise/handshake'
import { inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { delegationUsage, isX509Error, keyUsage, parseCertificate, readExtension } from '@mortise/x509'
import { systemClock } from './clock.ts'

/** What a delegated credential is made of (RFC 9345 §4). */
export interface DelegateOptions {
  /** DER of the SubjectPublicKeyInfo of the key that is vouched for: its owner keeps the private part. */
  readonly publicKey: Uint8Array
  /** SignatureScheme code point that it will sign handshakes by; no rsa_pss_rsae_* (RFC 9345 §4). */
  readonly scheme: number
  /** Whose handshakes it will sign. Default: `server`. */
  readonly role?: 'client' | 'server'
  /** Seconds from now, at most 604,800, and not beyond the certificate's own end. Default: 86,400. */
  readonly validFor?: number
  /** Milliseconds since 1970. Default: `Date.now`. */
  readonly now?: () => number
}

const defaultValidity = 86_400
/** RFC 9345 §4.1.3: seven days, in seconds. */
const maxValidity = 604_800

/**
 * Vouches for a key with a certificate that allows it (DelegationUsage, RFC 9345 §4.2).
 * @param credential the certificate, with its own key
 * @returns DelegatedCredential, encoded: what `loadCredential` takes beside the delegated private key
 * @throws TlsError `ERR_TLS_CONFIG`
 */
export async function delegateCredential(
  { certificates: [der], key }: Credential,
  options: DelegateOptions,
): Promise<Uint8Array> {
  const { publicKey, scheme, role = 'server', validFor = defaultValidity, now = systemClock } = options
  const delegating = der && delegatingCertificate(der)
  if (!delegating) throw unusable('the certificate does not allow it, or can not be read')
  if (!(validFor > 0 && validFor <= maxValidity))
    throw unusable(`validFor ${validFor}, allowed 1 to ${maxValidity}`)
  const { notBefore, notAfter } = delegating
  const expiresAt = Math.min(now() + validFor * 1000, notAfter)
  const validTime = Math.floor((expiresAt - notBefore) / 1000)
  if (validTime <= 0) throw unusable('the certificate is not valid yet')
  return signDelegatedCredential({ certificate: der, key, publicKey, scheme, validTime, role })
}

/**
 * For the option `delegatedCredentials`: the peer may sign by a key that its certificate vouches for (RFC 9345).
 * @param schemes SignatureScheme code points that such keys may sign with, in order of preference; no rsa_pss_rsae_* (§4)
 */
export function delegatedCredentials(schemes: readonly number[]): DelegatedCredentials {
  return takingDelegated(schemes, delegatingCertificate)
}

/** What a certificate says of its delegated credentials; `undefined`: it allows none (RFC 9345 §4.2). */
function delegatingCertificate(der: Uint8Array): DelegatingCertificate | undefined {
  try {
    const certificate = parseCertificate(der)
    const { notBefore, notAfter, extensions } = certificate
    const usable =
      readExtension(certificate, delegationUsage) === true &&
      extensions.get(delegationUsage.type)?.critical === false &&
      readExtension(certificate, keyUsage)?.has('digitalSignature') === true
    return usable ? { notBefore, notAfter } : undefined
  } catch (error) {
    if (isX509Error(error)) return undefined
    throw error
  }
}

function unusable(why: string): TlsError {
  return new TlsError(faults.ERR_TLS_CONFIG, { detail: inWords && `delegated credential: ${why}` })
}
