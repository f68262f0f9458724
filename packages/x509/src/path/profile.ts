/**
 * Rules that issuers must keep, but that path validation doesn't need (RFC 5280 §4, Baseline Requirements §7.1).
 * A certificate that breaks one was made by somebody who doesn't know the rules, or whom nobody made keep them: on
 * the web, both are reasons for refusal. Private authorities break them all the time, which is what the profile
 * `private` is for.
 */
import { equalBytes } from '@mortise/wire'
import { isSelfIssued, type Certificate } from '../certificate.ts'
import { authorityInformationAccess } from '../extensions/authorityInformationAccess.ts'
import { basicConstraints } from '../extensions/basicConstraints.ts'
import { readExtension } from '../extensions/definition.ts'
import { extendedKeyUsage, KeyPurpose } from '../extensions/extendedKeyUsage.ts'
import { authorityKeyIdentifier, subjectKeyIdentifier } from '../extensions/keyIdentifiers.ts'
import { keyUsage } from '../extensions/keyUsage.ts'
import { nameConstraints } from '../extensions/nameConstraints.ts'
import { subjectAlternativeName } from '../extensions/subjectAlternativeName.ts'
import { Refusal } from '../verdict.ts'

/** `web`: with the rules of this file. `private`: without. */
export type Profile = 'web' | 'private'

export type Role = 'end entity' | 'intermediate' | 'anchor'

/** @throws Refusal `ERR_X509_PROFILE` */
export function checkWebProfile(certificate: Certificate, role: Role): void {
  const require = (holds: boolean, expected: string): void => {
    if (!holds) throw new Refusal('ERR_X509_PROFILE', { certificate, expected })
  }
  const critical = ({ type }: { readonly type: string }): boolean | undefined =>
    certificate.extensions.get(type)?.critical

  require(certificate.issuer.attributes.length > 0, 'an issuer (RFC 5280 §4.1.2.4)')
  require(critical(subjectKeyIdentifier) !== true, 'subjectKeyIdentifier not critical (RFC 5280 §4.2.1.2)')
  require(critical(authorityKeyIdentifier) !==
    true, 'authorityKeyIdentifier not critical (RFC 5280 §4.2.1.1)')
  require(critical(authorityInformationAccess) !==
    true, 'authorityInfoAccess not critical (RFC 5280 §4.2.2.1)')
  require((certificate.publicKey.rsa?.modulusBits ?? 0) % 8 ===
    0, 'an RSA modulus of whole bytes (Baseline Requirements §6.1.5)')
  require(role === 'anchor' ||
    isSoundSerialNumber(
      certificate.serialNumber,
    ), 'a positive serial number of at most 20 bytes (RFC 5280 §4.1.2.2)')
  const authority = readExtension(certificate, authorityKeyIdentifier)
  const subjectKey = readExtension(certificate, subjectKeyIdentifier)
  if (role === 'anchor' && isSelfIssued(certificate)) {
    // Baseline Requirements §7.1.2.1.3
    require(!authority ||
      (authority.keyIdentifier !== undefined &&
        !authority.issuer), 'authorityKeyIdentifier with a key identifier only')
    require(!authority?.keyIdentifier ||
      !subjectKey ||
      equalBytes(authority.keyIdentifier, subjectKey), 'authorityKeyIdentifier equal to subjectKeyIdentifier')
  } else
    require(authority?.keyIdentifier !== undefined ||
      role === 'anchor', 'an authorityKeyIdentifier (RFC 5280 §4.2.1.1)')

  if (role === 'end entity') {
    const emptySubject = certificate.subject.attributes.length === 0
    const alternativeNames = critical(subjectAlternativeName)
    require(alternativeNames === undefined ||
      alternativeNames ===
        emptySubject, 'subjectAltName critical if, and only if, the subject is empty (RFC 5280 §4.2.1.6)')
    require(readExtension(certificate, nameConstraints) ===
      undefined, 'no nameConstraints in an end entity (RFC 5280 §4.2.1.10)')
    require(!readExtension(certificate, keyUsage)?.has(
      'keyCertSign',
    ), 'no keyCertSign in an end entity (RFC 5280 §4.2.1.3)')
    require(!readExtension(certificate, extendedKeyUsage)?.has(
      KeyPurpose.anyExtendedKeyUsage,
    ), 'no anyExtendedKeyUsage in an end entity (Baseline Requirements §7.1.2.7.10)')
  } else {
    require(certificate.subject.attributes.length > 0, 'a subject (RFC 5280 §4.1.2.6)')
    require(subjectKey !== undefined, 'a subjectKeyIdentifier (RFC 5280 §4.2.1.2)')
    require(critical(basicConstraints) !== false, 'basicConstraints critical (RFC 5280 §4.2.1.9)')
  }
}

function isSoundSerialNumber(serialNumber: Uint8Array): boolean {
  const [first = 0] = serialNumber
  // A zero byte in front, where it is needed, is none of the 20 (RFC 5280 §4.1.2.2: 20 octets of value)
  return (
    first < 0x80 &&
    serialNumber.length <= 20 + Number(first === 0) &&
    !(first === 0 && serialNumber.length === 1)
  )
}
