import { hex } from '@mortise/wire'
import { checkOptions, type ChainOptions, type WebRules } from '../path/options.ts'
import type { PathCheck, StapleWishes } from '../path/pathCheck.ts'
import { checkWebProfile } from '../path/profile.ts'
import { anchorPool, type Issuer } from '../path/pool.ts'
import { verifyWithAnchors } from '../path/verifyCertificateChain.ts'
import { identify } from './identity.ts'
import type { CertificateVerifier } from './verifier.ts'

/** Whom to trust, and how strictly. */
export interface ChainVerifierOptions extends ChainOptions {
  /** The name that servers must have, in place of the one that they are connected to by. */
  readonly serverName?: string
  /** Accept a server of any name. Anybody with a certificate of these anchors can then pose as the server. */
  readonly unsafeIgnoreName?: boolean
}

/**
 * Verifies chains up to trust anchors, as `verifyCertificateChain` does. Anchors are parsed once.
 * @throws X509Error for options that can't be honoured: unknown ones, malformed anchors
 */
export function chainVerifier(options: ChainVerifierOptions): CertificateVerifier {
  checkOptions(options, ['serverName', 'unsafeIgnoreName'])
  return makeVerifier(options, checkWebProfile)
}

/**
 * `chainVerifier` in the profile `private`, with nothing else to choose: what most clients need. Bundles come without the
 * rules of the other profile and without the other options.
 * @throws X509Error for malformed anchors
 */
export function anchorVerifier(
  anchors: ChainOptions['anchors'],
  checks: readonly PathCheck[] = [],
): CertificateVerifier {
  return makeVerifier({ anchors, checks, profile: 'private' }, undefined)
}

function makeVerifier(options: ChainVerifierOptions, web: WebRules | undefined): CertificateVerifier {
  const { serverName: fixedName, ...rest } = options
  const anchors = anchorPool(options.anchors)
  const keys = [...anchors.values()].flat().map(identifyAnchor).toSorted()
  return {
    identity: identify('chain', { ...options, anchors: keys }),
    wants: wishesOf(options),
    verify: ({ serverName, ...input }) => {
      const name = fixedName ?? (options.unsafeIgnoreName === true ? undefined : serverName)
      return verifyWithAnchors(
        { ...rest, ...input, name: input.purpose === 'server' ? name : undefined },
        anchors,
        web,
      )
    },
  }
}

const identities = /* @__PURE__ */ new WeakMap<Issuer['publicKey'], string>()

/** Of an anchor that is parsed once it is worked out once, since root stores are large. */
function identifyAnchor(issuer: Issuer): string {
  const { anchor, certificate, publicKey } = issuer
  const identity =
    identities.get(publicKey) ??
    (certificate
      ? hex(certificate.der)
      : identify('anchor', anchor?.subject.der, publicKey.spki, anchor?.nameConstraints))
  identities.set(publicKey, identity)
  return identity
}

const wishesOf = ({ checks = [] }: ChainOptions): StapleWishes => ({
  ocspResponse: checks.some(({ wants }) => wants?.ocspResponse),
  signedCertificateTimestamps: checks.some(({ wants }) => wants?.signedCertificateTimestamps),
})
