import { inWords } from '@mortise/wire'
import { asRefusal, Refusal, rejected, type Verdict } from '../verdict.ts'
import { X509Error } from '../X509Error.ts'
import { spkiHash } from './hash.ts'
import { identify } from './identity.ts'
import { keyVerifier } from './judge.ts'
import type { CertificateVerifier, KeyVerifierOptions, VerifierInput } from './verifier.ts'

/**
 * Accepts peers by their key: pins are SHA-256 of SubjectPublicKeyInfo in base64 (`sha256/` in front is allowed), as
 * `openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64` prints them.
 *
 * Alone it takes the place of everything else: neither names nor dates nor issuers count, only that the end entity's
 * key is pinned, be it with a certificate around it or, by `rawPublicKeys`, without. With `within` the pin comes on top of
 * that verifier's judgement and may be of any certificate on the validated path, the anchor's included.
 * @throws X509Error `ERR_X509_OPTIONS` for a pin of wrong form, or none, and for raw public keys within a judgement of certificates
 */
export function pinned(
  pins: readonly string[],
  options: KeyVerifierOptions & { readonly within?: CertificateVerifier } = {},
): CertificateVerifier {
  const { within, rawPublicKeys } = options
  const hashes = new Set(pins.map(parsePin))
  if (hashes.size === 0) throw new X509Error('ERR_X509_OPTIONS', inWords && 'no pins')
  const identity = identify('pinned', [...hashes].toSorted(), within)
  if (!within)
    return keyVerifier(identity, options, async (spki, { provider }) => {
      const hash = await spkiHash(provider, spki)
      if (!hashes.has(hash)) throw notPinned(hash)
    })
  if (rawPublicKeys !== undefined)
    throw new X509Error('ERR_X509_OPTIONS', inWords && 'raw public keys have no path for a verifier to judge')
  return {
    identity,
    ...(within.wants ? { wants: within.wants } : {}),
    verify: async (input) => checkPath(await within.verify(input), input, hashes),
  }
}

async function checkPath(
  verdict: Verdict,
  { provider }: VerifierInput,
  hashes: ReadonlySet<string>,
): Promise<Verdict> {
  if (!verdict.ok) return verdict
  const keys = [
    ...verdict.path.map(({ publicKey }) => publicKey),
    ...(verdict.anchor ? [verdict.anchor.publicKey] : []),
  ]
  try {
    const found = await Promise.all(keys.map(({ spki }) => spkiHash(provider, spki)))
    if (!found.some((hash) => hashes.has(hash))) throw notPinned(found.join(', '))
    return verdict
  } catch (error) {
    return rejected(asRefusal(error, verdict.path[0]))
  }
}

const notPinned = (found: string): Refusal => new Refusal('ERR_X509_NOT_PINNED', { found })

function parsePin(pin: string): string {
  const hash = pin.startsWith('sha256/') ? pin.slice(7) : pin
  if (!/^[\w+/-]{43}=?$/.test(hash))
    throw new X509Error('ERR_X509_OPTIONS', inWords && `a pin that is not SHA-256 in base64: "${pin}"`)
  return hash.replaceAll('-', '+').replaceAll('_', '/').slice(0, 43) + '='
}
