/** Who signed an OCSP response, and whether it may (RFC 6960 §4.2.2.2): the issuer, or somebody whom it certified for that. */
import { equalBytes } from '@mortise/wire'
import type { Certificate } from '../certificate.ts'
import { readExtension } from '../extensions/definition.ts'
import { extendedKeyUsage, KeyPurpose } from '../extensions/extendedKeyUsage.ts'
import type { Name } from '../name.ts'
import type { PathCheckContext } from '../path/pathCheck.ts'
import type { PublicKey } from '../publicKey.ts'
import { isAfter } from '../time.ts'
import { keyBits, mayBeUsedFor, type IssuerOfPath } from './issuer.ts'
import type { OcspResponse, Responder } from './ocspResponse.ts'
import { sha1 } from './sha1.ts'

/** The key that the response must be signed with, or why nobody's will do. */
export async function responderKey(
  { responder, certificates }: OcspResponse,
  issuer: IssuerOfPath,
  context: PathCheckContext,
): Promise<PublicKey | string> {
  if (isNamedBy(responder, issuer)) return issuer.publicKey
  const delegate = certificates.find((certificate) => isNamedBy(responder, certificate))
  if (!delegate) return 'signed by somebody who is neither the issuer nor shown to be certified by it'
  return (await whyNotDelegated(delegate, issuer, context)) ?? delegate.publicKey
}

function isNamedBy(
  responder: Responder,
  { subject, publicKey }: { readonly subject: Name; readonly publicKey: PublicKey },
): boolean {
  return responder.by === 'name'
    ? responder.name.key === subject.key
    : equalBytes(responder.keyHash, sha1(keyBits(publicKey)))
}

/** Extensions that mean nothing for a responder's certificate beyond what is checked here. */
const understood: ReadonlySet<string> = /* @__PURE__ */ new Set([
  '2.5.29.15', // keyUsage
  '2.5.29.19', // basicConstraints
  '2.5.29.37', // extKeyUsage
])

/**
 * Its own revocation is not looked at: responders' certificates live shortly and say so (id-pkix-ocsp-nocheck), and
 * whatever else there was to ask would have to be fetched.
 */
async function whyNotDelegated(
  delegate: Certificate,
  issuer: IssuerOfPath,
  { time, verify }: PathCheckContext,
): Promise<string | undefined> {
  const because = (what: string): string => `signed by ${delegate.subject.text}, ${what}`
  if (delegate.issuer.key !== issuer.subject.key) return because('whom the issuer did not certify')
  if (time < delegate.notBefore || isAfter(time, delegate.notAfter))
    return because('whose certificate is not valid now')
  if (!readExtension(delegate, extendedKeyUsage)?.has(KeyPurpose.OCSPSigning))
    return because('who may not sign OCSP responses')
  if (!mayBeUsedFor(delegate, 'digitalSignature')) return because('whose key is not for signatures')
  const unknown = [...delegate.extensions.values()].find(
    ({ type, critical }) => critical && !understood.has(type),
  )
  if (unknown) return because(`whose certificate has the critical extension ${unknown.type}`)
  const { signatureAlgorithm: algorithm, tbs: data, signature } = delegate
  const failure = await verify({ algorithm, data, signature }, issuer.publicKey)
  return failure && because('whose certificate is not signed by the issuer')
}
