/** Whom a connection trusts, as its options say it. */
import type { CryptoProvider } from '@mortise/crypto'
import type { PeerVerifier } from '@mortise/handshake'
import { chainVerifier, type CertificateVerifier, type TrustAnchorInput } from '@mortise/x509'
import { hex, TlsError } from '@mortise/wire'
import { peerVerifier } from './peerVerifier.ts'

/** One of the two. */
export interface TrustOptions {
  /**
   * Whose certificates are trusted: DER or parsed certificates, or names with keys. The rules are those of
   * `chainVerifier` of `@mortise/x509` in its profile `private`, since anchors are often one's own: all that keeps
   * somebody out, without the formalities of the web. An array that is used again is parsed once.
   */
  readonly anchors?: readonly TrustAnchorInput[]
  /** Any verifier of `@mortise/x509`, or one of your own. */
  readonly verifier?: CertificateVerifier
}

/** What the handshake needs of it. */
export interface Trust {
  readonly verifier: PeerVerifier
  /** Tells trust configurations apart, so that a session is not resumed under another one. */
  readonly context: string
}

const parsed = /* @__PURE__ */ new WeakMap<readonly TrustAnchorInput[], CertificateVerifier>()
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

function chooseVerifier({ anchors, verifier }: TrustOptions): CertificateVerifier | undefined {
  if (!anchors) return verifier
  if (verifier) throw new TlsError('ERR_TLS_CONFIG', { detail: 'anchors and verifier exclude each other' })
  const known = parsed.get(anchors)
  if (known) return known
  try {
    const made = chainVerifier({ anchors, profile: 'private' })
    parsed.set(anchors, made)
    return made
  } catch (cause) {
    throw new TlsError('ERR_TLS_CONFIG', { detail: 'anchors', cause })
  }
}

async function contextOf(verifier: CertificateVerifier, { hashes }: CryptoProvider): Promise<string> {
  const known = digests.get(verifier)
  if (known !== undefined) return known
  const [hash] = hashes
  if (!hash) throw new TlsError('ERR_TLS_CONFIG', { detail: 'the provider has no hash' })
  const digest = hex(await hash.digest(new TextEncoder().encode(verifier.identity)))
  digests.set(verifier, digest)
  return digest
}
