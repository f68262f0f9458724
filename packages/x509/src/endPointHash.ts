import type { HashName } from '@mortise/crypto'
import type { Certificate } from './certificate.ts'
import { signatureRequirements } from './signatureAlgorithm.ts'

/** RSA with MD5 or SHA-1, and ECDSA and DSA with SHA-1. */
const brokenHashes: ReadonlySet<string> = /* @__PURE__ */ new Set([
  '1.2.840.113549.1.1.4',
  '1.2.840.113549.1.1.5',
  '1.3.14.3.2.29',
  '1.2.840.10045.4.1',
  '1.2.840.10040.4.3',
])

/**
 * By which hash the channel binding tls-server-end-point names a certificate: that of its signature, SHA-256 in the place
 * of MD5 and SHA-1 (RFC 5929 §4.1).
 * @returns `undefined` where the RFC has none, as for EdDSA, and for hashes that Mortise does not have
 * @throws X509Error `ERR_X509_MALFORMED`
 */
export function endPointHash({ signatureAlgorithm }: Certificate): HashName | undefined {
  return brokenHashes.has(signatureAlgorithm.algorithm)
    ? 'sha256'
    : signatureRequirements(signatureAlgorithm)?.hash
}
