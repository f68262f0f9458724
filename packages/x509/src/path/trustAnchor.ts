/** Trust anchors: a certificate, or a name with a key and perhaps constraints (RFC 5280 §6.1.1 (d), RFC 5937). */
import { parseCertificate, type Certificate } from '../certificate.ts'
import { decodeExtension } from '../extensions/definition.ts'
import { nameConstraints, type NameConstraints } from '../extensions/nameConstraints.ts'
import { readName, type Name } from '../name.ts'
import { readPublicKey, type PublicKey } from '../publicKey.ts'
import { only } from '../verifySignedData.ts'

/** An authority that is trusted as it is (RFC 5280 §6.1.1 (d)). */
export interface TrustAnchor {
  readonly subject: Name
  readonly publicKey: PublicKey
  readonly nameConstraints: NameConstraints | undefined
  /** If the anchor was given as one: its validity, constraints and extensions count as those of any other authority. */
  readonly certificate: Certificate | undefined
}

/** An anchor's name and key, in DER. */
export interface NamedKey {
  readonly subject: Uint8Array
  /** SubjectPublicKeyInfo. */
  readonly spki: Uint8Array
  /** Value of a nameConstraints extension. */
  readonly nameConstraints?: Uint8Array
}

/** A certificate in DER, a parsed one, a name with a key, or an anchor made before. */
export type TrustAnchorInput = Uint8Array | Certificate | NamedKey | TrustAnchor

/** @throws X509Error `ERR_X509_MALFORMED` */
export function trustAnchor(input: TrustAnchorInput): TrustAnchor {
  if (input instanceof Uint8Array) return certificateAnchor(parseCertificate(input))
  if ('tbs' in input) return certificateAnchor(input)
  if ('publicKey' in input) return input
  return {
    subject: only('subject', input.subject.slice(), readName),
    publicKey: only('subjectPublicKeyInfo', input.spki.slice(), readPublicKey),
    nameConstraints:
      input.nameConstraints &&
      decodeExtension({ type: '', critical: true, value: input.nameConstraints.slice() }, nameConstraints),
    certificate: undefined,
  }
}

const certificateAnchor = (certificate: Certificate): TrustAnchor => ({
  subject: certificate.subject,
  publicKey: certificate.publicKey,
  nameConstraints: undefined,
  certificate,
})
