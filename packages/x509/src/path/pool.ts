/** Where issuers are found: the trust anchors, and the certificates that the peer sent along. */
import { equalBytes } from '@mortise/wire'
import type { Certificate } from '../certificate.ts'
import { readExtension } from '../extensions/definition.ts'
import { authorityKeyIdentifier, subjectKeyIdentifier } from '../extensions/keyIdentifiers.ts'
import type { PublicKey } from '../publicKey.ts'
import { trustAnchor, type TrustAnchor, type TrustAnchorInput } from './trustAnchor.ts'

/** Who may have issued a certificate: an anchor, or an authority of the presented ones. */
export type Issuer =
  | {
      readonly anchor: TrustAnchor
      readonly certificate: Certificate | undefined
      readonly publicKey: PublicKey
    }
  | { readonly anchor: undefined; readonly certificate: Certificate; readonly publicKey: PublicKey }

export type IssuersBySubject = ReadonlyMap<string, readonly Issuer[]>

/** @throws X509Error `ERR_X509_MALFORMED` */
export function anchorPool(inputs: readonly TrustAnchorInput[]): IssuersBySubject {
  return bySubject(
    inputs.map((input) => {
      const anchor = trustAnchor(input)
      return [anchor.subject.key, { anchor, certificate: anchor.certificate, publicKey: anchor.publicKey }]
    }),
  )
}

export function presentedPool(certificates: readonly Certificate[]): IssuersBySubject {
  return bySubject(
    certificates.map((certificate) => [
      certificate.subject.key,
      { anchor: undefined, certificate, publicKey: certificate.publicKey },
    ]),
  )
}

function bySubject(issuers: readonly (readonly [string, Issuer])[]): IssuersBySubject {
  const pool = new Map<string, Issuer[]>()
  for (const [subject, issuer] of issuers) {
    const same = pool.get(subject)
    if (same) same.push(issuer)
    else pool.set(subject, [issuer])
  }
  return pool
}

/** Those of the right name: anchors first, and before others those whose key identifier fits. */
export function issuersOf(
  child: Certificate,
  anchors: IssuersBySubject,
  presented: IssuersBySubject,
): readonly Issuer[] {
  return [anchors, presented].flatMap((pool) => {
    const issuers = pool.get(child.issuer.key) ?? []
    return issuers.length < 2 ? issuers : issuers.toSorted((a, b) => fit(child, b) - fit(child, a))
  })
}

function fit(child: Certificate, issuer: Issuer): number {
  try {
    return Number(keyIdentifierFits(child, issuer) ?? 0.5)
  } catch {
    return 0 // a malformed extension, which is for the issuer's check to refuse
  }
}

/** Whether the key that a certificate names is its issuer's (RFC 5280 §4.2.1.1); `undefined` if one of them says nothing. */
export function keyIdentifierFits(child: Certificate, { certificate }: Issuer): boolean | undefined {
  const named = readExtension(child, authorityKeyIdentifier)
  const issuers = certificate && readExtension(certificate, subjectKeyIdentifier)
  return named?.keyIdentifier && issuers && equalBytes(named.keyIdentifier, issuers)
}
