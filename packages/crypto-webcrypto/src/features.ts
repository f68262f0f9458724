/**
 * What of WebCrypto may or may not be there, and three ways to know: what every implementation has, what
 * `SubtleCrypto.supports` says (at once, where it exists), and trying it out (which takes promises).
 */
import { mlKem768, mlKem1024, type MlKemParameters } from '@mortise/crypto'
import { chaCha20Poly1305 } from './aead.ts'
import { curves } from './curves.ts'
import { diffieHellmanGroup, type DiffieHellman } from './diffieHellman.ts'
import { mlKem } from './mlKem.ts'
import { exchanges, seals, signs } from './probes.ts'

export type WebcryptoFeature =
  | 'ECDH P-256'
  | 'ECDH P-384'
  | 'ECDH P-521'
  | 'X25519'
  | 'X448'
  | 'ML-KEM-768'
  | 'ML-KEM-1024'
  | 'ChaCha20-Poly1305'
  | 'ECDSA P-256'
  | 'ECDSA P-384'
  | 'ECDSA P-521'
  | 'Ed25519'
  | 'Ed448'
  /** A private key without its public half can be imported and gives it back; known-answer tests need that. */
  | 'bare EC keys'

/** AES-GCM, RSA, SHA-2 and HMAC are everywhere and not listed. */
export type WebcryptoFeatures = ReadonlySet<WebcryptoFeature>

interface Line {
  readonly feature: WebcryptoFeature
  /** Every implementation of the first edition has it. P-521 is none of these: it was long missing in some. */
  readonly always?: true
  /** What to ask `SubtleCrypto.supports`; absent if it can't be asked that way. */
  readonly supports?: readonly [operation: string, algorithm: object]
  readonly works: (subtle: SubtleCrypto) => Promise<boolean>
}

const line = {
  exchange: (feature: WebcryptoFeature, curve: DiffieHellman): Line => ({
    feature,
    supports: ['generateKey', curve.algorithm],
    works: (subtle) => exchanges(diffieHellmanGroup(curve, subtle)),
  }),
  mlKem: (parameters: MlKemParameters): Line => ({
    feature: parameters.name,
    supports: ['encapsulateBits', { name: parameters.name }],
    works: (subtle) => exchanges(mlKem(parameters, subtle).group),
  }),
  ecdsa: (namedCurve: 'P-256' | 'P-384' | 'P-521'): Line => ({
    feature: `ECDSA ${namedCurve}`,
    supports: ['generateKey', { name: 'ECDSA', namedCurve }],
    works: (subtle) => signs(subtle, { name: 'ECDSA', namedCurve }, { name: 'ECDSA', hash: 'SHA-256' }),
  }),
  eddsa: (name: 'Ed25519' | 'Ed448'): Line => ({
    feature: name,
    supports: ['generateKey', { name }],
    works: (subtle) => signs(subtle, { name }, { name }),
  }),
}

function featureLines(): readonly Line[] {
  return [
    { ...line.exchange('ECDH P-256', curves.secp256r1), always: true },
    { ...line.exchange('ECDH P-384', curves.secp384r1), always: true },
    line.exchange('ECDH P-521', curves.secp521r1),
    line.exchange('X25519', curves.x25519),
    line.exchange('X448', curves.x448),
    line.mlKem(mlKem768),
    line.mlKem(mlKem1024),
    {
      feature: 'ChaCha20-Poly1305',
      supports: ['encrypt', { name: 'ChaCha20-Poly1305', iv: new Uint8Array(12) }],
      works: (subtle) => seals(chaCha20Poly1305(subtle, 1)),
    },
    { ...line.ecdsa('P-256'), always: true },
    { ...line.ecdsa('P-384'), always: true },
    line.ecdsa('P-521'),
    line.eddsa('Ed25519'),
    line.eddsa('Ed448'),
  ]
}

/** Without trying anything: what is always there, and what `SubtleCrypto.supports` vouches for. */
export function knownFeatures(subtle: SubtleCrypto): WebcryptoFeatures {
  const asked = subtle.constructor as { supports?: (operation: string, algorithm: object) => boolean }
  return setOf(
    ({ always, supports }) => always === true || (supports && asked.supports?.(...supports)) === true,
  )
}

const probed = /* @__PURE__ */ new WeakMap<SubtleCrypto, Promise<WebcryptoFeatures>>()

/** Tries everything out, once for each `SubtleCrypto`; takes some milliseconds. */
export function probeFeatures(subtle: SubtleCrypto): Promise<WebcryptoFeatures> {
  const known = probed.get(subtle)
  if (known) return known
  const features = tryAll(subtle)
  probed.set(subtle, features)
  return features
}

async function tryAll(subtle: SubtleCrypto): Promise<WebcryptoFeatures> {
  const working = await Promise.all(
    featureLines().map(async ({ feature, works }) => {
      try {
        return (await works(subtle)) ? feature : undefined
      } catch {
        return undefined
      }
    }),
  )
  return setOf(({ feature }) => working.includes(feature))
}

function setOf(has: (line: Line) => boolean): WebcryptoFeatures {
  return new Set(
    featureLines()
      .filter(has)
      .map(({ feature }) => feature),
  )
}
