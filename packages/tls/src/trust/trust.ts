/** Whom a connection trusts, as its options say it. */
import type { CryptoProvider, Hash } from '@mortise/crypto'
import type { PeerVerifier } from '@mortise/handshake'
import {
  anchorVerifier,
  type CertificateVerifier,
  type PathCheck,
  trustAnchor,
  type TrustAnchor,
  type TrustAnchorInput,
} from '@mortise/x509'
import { hex, inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import type { OptionNames } from '../optionNames.ts'
import { peerVerifier } from './peerVerifier.ts'

/** One of `anchors` and `verifier`. */
export interface TrustOptions {
  /**
   * Whose certificates are trusted: DER or parsed certificates, or names with keys. The rules are those of
   * `chainVerifier` of `@mortise/x509` in its profile `private`, since anchors are often one's own: all that keeps
   * somebody out, without the formalities of the web. An array that is used again is parsed once.
   */
  readonly anchors?: readonly TrustAnchorInput[]
  /**
   * What a chain up to `anchors` must stand beside: `stapledOcsp()`, `revocationLists()`, `certificateTransparency()`, or
   * checks of your own. What they want, the peer is asked to send along. Default: none. Verifiers have their own.
   */
  readonly checks?: readonly PathCheck[]
  /** Any verifier of `@mortise/x509`, or one of your own. */
  readonly verifier?: CertificateVerifier
}

export const trustOptionNames: OptionNames<TrustOptions> = { anchors: true, checks: true, verifier: true }

/** What the handshake needs of it. */
export interface Trust {
  readonly verifier: PeerVerifier
  /** Tells trust configurations apart, so that a session is not resumed under another one. */
  readonly context: string
}

/** What an array of anchors was parsed to, and the verifiers that were made of it, by their checks. */
interface Parsed {
  readonly anchors: readonly TrustAnchor[]
  readonly verifiers: WeakMap<readonly PathCheck[], CertificateVerifier>
}

const parsedAnchors = /* @__PURE__ */ new WeakMap<readonly TrustAnchorInput[], Parsed>()
const noChecks: readonly PathCheck[] = []
const digests = /* @__PURE__ */ new WeakMap<CertificateVerifier, string>()

/**
 * @returns `undefined` if the options name nobody
 * @throws TlsError `ERR_TLS_CONFIG`
 */
export async function trustOf(
  options: TrustOptions,
  provider: CryptoProvider,
  now: () => number,
): Promise<Trust | undefined> {
  const verifier = chooseVerifier(options)
  if (!verifier) return undefined
  return { verifier: peerVerifier(verifier, now), context: await contextOf(verifier, provider) }
}

function chooseVerifier({ anchors, checks, verifier }: TrustOptions): CertificateVerifier | undefined {
  if (anchors && verifier) throw misuse(inWords && 'anchors and verifier exclude each other')
  if (checks && !anchors)
    throw misuse(inWords && 'checks are of chains up to anchors; a verifier has its own')
  return anchors ? anchorsVerifier(anchors, checks ?? noChecks) : verifier
}

function anchorsVerifier(
  inputs: readonly TrustAnchorInput[],
  checks: readonly PathCheck[],
): CertificateVerifier {
  try {
    const parsed = parsedAnchors.get(inputs) ?? { anchors: inputs.map(trustAnchor), verifiers: new WeakMap() }
    parsedAnchors.set(inputs, parsed)
    const { anchors, verifiers } = parsed
    const verifier = verifiers.get(checks) ?? anchorVerifier(anchors, checks)
    verifiers.set(checks, verifier)
    return verifier
  } catch (cause) {
    throw misuse(inWords && 'anchors', cause)
  }
}

const misuse = (detail: string | false, cause?: unknown): TlsError =>
  new TlsError(faults.ERR_TLS_CONFIG, cause === undefined ? { detail } : { detail, cause })

async function contextOf(verifier: CertificateVerifier, { hashes }: CryptoProvider): Promise<string> {
  const known = digests.get(verifier)
  if (known !== undefined) return known
  const [hash] = hashes
  if (!hash) throw new TlsError(faults.ERR_TLS_CONFIG, { detail: inWords && 'the provider has no hash' })
  const digest = hex(await digestOf(hash, verifier.identity))
  digests.set(verifier, digest)
  return digest
}

async function digestOf(hash: Hash, text: string): Promise<Uint8Array> {
  try {
    return await hash.digest(new TextEncoder().encode(text))
  } catch (cause) {
    throw new TlsError(faults.ERR_TLS_INTERNAL, { cause })
  }
}
