/**
 * Why a certificate is not accepted: code → what was checked → sentence. The one table of them; a throw site or a
 * check names the code only. Whoever needs alerts, HTTP statuses or translations maps from the code. Nothing but `#texts`
 * imports it here, so that bundles with the condition `production` leave it out unless they ask.
 */

/** What was checked, in the words of RFC 5280 where it has some, and what is wrong. */
type Reason = readonly [check: string, sentence: string]

// prettier-ignore
const table = {
  // What it is
  ERR_X509_MALFORMED: ['encoding', 'is malformed'],
  ERR_X509_UNSUPPORTED_VERSION: ['version', 'is not an X.509 version 3 certificate'],
  ERR_X509_UNKNOWN_CRITICAL_EXTENSION: ['extensions', 'has a critical extension that is not understood'],
  ERR_X509_PROFILE: ['profile', 'breaks a rule that its issuer must keep'],

  // Keys and signatures
  ERR_X509_UNSUPPORTED_KEY: ['public key', 'has a public key of an unsupported kind'],
  ERR_X509_WEAK_KEY: ['public key', 'has a public key that is too weak, or too large to work with'],
  ERR_X509_UNSUPPORTED_ALGORITHM: ['signature algorithm', 'is signed with an unsupported algorithm'],
  ERR_X509_WEAK_ALGORITHM: ['signature algorithm', 'is signed with an algorithm that is too weak'],
  ERR_X509_BAD_SIGNATURE: ['signature', 'is not signed by its issuer'],

  // Validity
  ERR_X509_EXPIRED: ['validity', 'has expired'],
  ERR_X509_NOT_YET_VALID: ['validity', 'is not valid yet'],

  // The path
  ERR_X509_UNKNOWN_ISSUER: ['path', 'leads to no trust anchor'],
  ERR_X509_SELF_SIGNED: ['path', 'is self-signed and no trust anchor'],
  ERR_X509_NOT_A_CA: ['basicConstraints', 'issued a certificate, but is no certificate authority'],
  ERR_X509_CA_AS_END_ENTITY: ['basicConstraints', 'is a certificate authority, but was presented as end entity'],
  ERR_X509_PATH_LENGTH: ['pathLenConstraint', 'stands below more authorities than one above it allows'],
  ERR_X509_KEY_USAGE: ['keyUsage', 'has a key that must not be used for this'],
  ERR_X509_EXTENDED_KEY_USAGE: ['extendedKeyUsage', 'is not for this purpose'],
  ERR_X509_NAME_CONSTRAINTS: ['nameConstraints', 'has a name that an authority above it may not certify'],
  ERR_X509_KEY_IDENTIFIER: ['authorityKeyIdentifier', 'names another key of its issuer'],
  ERR_X509_CERTIFICATE_POLICY: ['certificatePolicies', 'is under no acceptable certificate policy'],

  // Who it is
  ERR_X509_NAME_MISMATCH: ['subjectAltName', 'is for another name'],
  ERR_X509_BAD_REFERENCE_NAME: ['expected name', 'can not be compared with the expected name'],
  ERR_X509_NOT_PINNED: ['pins', 'has a key that is not pinned'],
  ERR_X509_KEY_CHANGED: ['trust on first use', 'has another key than when the peer was first seen'],
  ERR_X509_REFUSED: ['application', "was refused by the application's verifier"],

  // Revocation and transparency
  ERR_X509_REVOKED: ['revocation', 'was revoked'],
  ERR_X509_REVOCATION_UNKNOWN: ['revocation', 'has an unknown revocation status'],
  ERR_X509_STAPLE_MISSING: ['revocation', 'must come with an OCSP response, and came without'],
  ERR_X509_BAD_OCSP_RESPONSE: ['revocation', 'came with an OCSP response that is not valid'],
  ERR_X509_BAD_CRL: ['revocation', 'has an issuer whose revocation list is not valid'],
  ERR_X509_TRANSPARENCY: ['certificate transparency', 'was not logged as often as required'],

  // Limits
  ERR_X509_EMPTY_CHAIN: ['limits', 'no certificate was presented'],
  ERR_X509_TOO_MANY_CERTIFICATES: ['limits', 'more certificates were presented than allowed'],
  ERR_X509_CERTIFICATE_TOO_LARGE: ['limits', 'is larger than allowed'],
  ERR_X509_PATH_TOO_LONG: ['limits', 'is further from a trust anchor than allowed'],
  ERR_X509_TOO_MANY_SIGNATURES: ['limits', 'needs more signature checks than allowed'],
  ERR_X509_TOO_MANY_CANDIDATES: ['limits', 'has more possible issuers than may be tried'],
  ERR_X509_TOO_MANY_NAMES: ['limits', 'has names and name constraints that need more comparisons than allowed'],
  ERR_X509_TOO_MANY_POLICIES: ['limits', 'has more certificate policies and mappings above it than allowed'],

  // Our own side
  ERR_X509_OPTIONS: ['options', 'an option can not be honoured'],
  ERR_X509_PROVIDER: ['provider', 'could not be verified because the crypto provider failed'],
} as const

export type X509Reason = keyof typeof table

/**
 * What was checked and what is wrong, by code. Complete in every build: whoever imports it has the sentences, in bundles
 * with the condition `production` too, whose messages say the code alone.
 */
export const x509Reasons: Readonly<Record<X509Reason, Reason>> = table

/** What was checked, as RFC 5280 calls it: `validity`, `basicConstraints`, … */
export function checkOf(reason: X509Reason): string {
  return table[reason][0]
}
