import { inWords } from '@mortise/wire'
import { basicConstraints } from '../extensions/basicConstraints.ts'
import { readExtension } from '../extensions/definition.ts'
import { keyUsage } from '../extensions/keyUsage.ts'
import { subjectAlternativeName } from '../extensions/subjectAlternativeName.ts'
import type { Certificate } from '../certificate.ts'
import type { ChainOptions } from '../path/options.ts'
import type { PathCheckFailure } from '../path/pathCheck.ts'
import { X509Error } from '../X509Error.ts'
import { chainVerifier } from './chainVerifier.ts'
import { identify } from './identity.ts'
import type { CertificateVerifier } from './verifier.ts'

/** Options of `spiffe`. Anchors are the trust bundle. */
export interface SpiffeOptions extends ChainOptions {
  /** SPIFFE IDs, one of which the peer must have: `spiffe://example.org/service`, or `spiffe://example.org` for any of its trust domain. */
  readonly ids: readonly string[]
}

/**
 * Verifies workloads by SPIFFE ID (SPIFFE X509-SVID §2, §4, §5): a chain up to the trust bundle, and exactly one URI in
 * the end entity's subjectAltName, which is one of `ids`. The name that a server is connected to by doesn't count.
 * The profile's default is `private`.
 * @throws X509Error `ERR_X509_OPTIONS` for what is no SPIFFE ID, or none, and for what `chainVerifier` refuses
 */
export function spiffe({ ids, ...options }: SpiffeOptions): CertificateVerifier {
  const bad = ids.find((id) => !isSpiffeId(id))
  if (bad !== undefined || ids.length === 0)
    throw new X509Error('ERR_X509_OPTIONS', inWords && `not a SPIFFE ID: "${bad ?? ''}"`)
  const check = ({ certificates: [endEntity] }: { readonly certificates: readonly Certificate[] }) =>
    endEntity && checkIdentity(endEntity, ids)
  return chainVerifier({
    profile: 'private',
    ...options,
    unsafeIgnoreName: true, // the SPIFFE ID is the name
    checks: [{ identity: identify('spiffe', ids.toSorted()), check }, ...(options.checks ?? [])],
  })
}

/** SPIFFE-ID §2: lower-case trust domain, no empty and no relative path segments, nothing else. */
const isSpiffeId = (id: string): boolean =>
  id.length <= 2048 &&
  /^spiffe:\/\/[a-z\d._-]{1,255}(\/(?!\.{1,2}(\/|$))[\w.-]+)*$/i.test(id) &&
  id === lowerTrustDomain(id)

const lowerTrustDomain = (id: string): string =>
  id.replace(/^[^/]*\/\/[^/]*/, (origin) => origin.toLowerCase())

function checkIdentity(endEntity: Certificate, ids: readonly string[]): PathCheckFailure | undefined {
  const uris = (readExtension(endEntity, subjectAlternativeName) ?? []).flatMap((name) =>
    name.kind === 'uri' ? [name.value] : [],
  )
  const [uri] = uris
  if (uri === undefined || uris.length > 1 || !isSpiffeId(uri))
    return {
      reason: 'ERR_X509_NAME_MISMATCH',
      expected: 'exactly one SPIFFE ID',
      found: JSON.stringify(uris).slice(0, 500),
    }
  if (!ids.some((id) => uri === id || (isTrustDomain(id) && uri.startsWith(`${id}/`))))
    return { reason: 'ERR_X509_NAME_MISMATCH', expected: ids.join(' or '), found: uri }
  const usages = readExtension(endEntity, keyUsage)
  const signs = usages?.has('keyCertSign') || usages?.has('cRLSign')
  if (signs || readExtension(endEntity, basicConstraints)?.ca)
    return { reason: 'ERR_X509_CA_AS_END_ENTITY', found: [...(usages ?? ['basicConstraints'])].join(', ') }
  return undefined
}

/** An ID without a path is the trust domain's. */
const isTrustDomain = (id: string): boolean => !id.slice('spiffe://'.length).includes('/')
