/**
 * Every signature algorithm that a provider may offer: the schemes of RFC 9846 §4.3.3, and what only certificates
 * use. A provider adds `verify` to the lines that it can do.
 */
import { SignatureScheme } from '@mortise/wire'
import type { HashName } from './hash.ts'
import type { Curve, SignatureAlgorithm } from './signature.ts'

export type SignatureDescriptor = Omit<SignatureAlgorithm, 'verify' | 'approval'>

const hashNames: readonly HashName[] = ['sha256', 'sha384', 'sha512']
const curves: readonly (readonly [Curve, string, HashName, scheme: number])[] = [
  ['P-256', 'secp256r1', 'sha256', SignatureScheme.ecdsa_secp256r1_sha256],
  ['P-384', 'secp384r1', 'sha384', SignatureScheme.ecdsa_secp384r1_sha384],
  ['P-521', 'secp521r1', 'sha512', SignatureScheme.ecdsa_secp521r1_sha512],
]
/** With each hash of `hashNames`. Spelt out, so that a bundler need not keep the registry to look names up in. */
const rsaSchemes = {
  pss_rsae: [
    SignatureScheme.rsa_pss_rsae_sha256,
    SignatureScheme.rsa_pss_rsae_sha384,
    SignatureScheme.rsa_pss_rsae_sha512,
  ],
  pss_pss: [
    SignatureScheme.rsa_pss_pss_sha256,
    SignatureScheme.rsa_pss_pss_sha384,
    SignatureScheme.rsa_pss_pss_sha512,
  ],
  pkcs1: [
    SignatureScheme.rsa_pkcs1_sha256,
    SignatureScheme.rsa_pkcs1_sha384,
    SignatureScheme.rsa_pkcs1_sha512,
  ],
} as const

/** In order of preference: for a handshake first what is cheap to verify and strong enough. */
export function signatureDescriptors(): readonly SignatureDescriptor[] {
  const ecdsa = (forHandshakes: boolean): readonly SignatureDescriptor[] =>
    curves.flatMap(([curve, curveName, own, scheme]) =>
      hashNames
        .filter((hash) => (hash === own) === forHandshakes)
        .map((hash) => ({
          name: `ecdsa_${curveName}_${hash}`,
          scheme: forHandshakes ? scheme : undefined,
          key: { type: 'ec', curve },
          hash,
        })),
    )
  const rsa = (kind: keyof typeof rsaSchemes): readonly SignatureDescriptor[] =>
    hashNames.map((hash, i) => ({
      name: `rsa_${kind}_${hash}`,
      scheme: rsaSchemes[kind][i],
      key: { type: kind === 'pss_pss' ? 'rsa-pss' : 'rsa' },
      hash,
      padding: kind === 'pkcs1' ? 'pkcs1' : 'pss',
    }))
  return [
    ...ecdsa(true),
    { name: 'ed25519', scheme: SignatureScheme.ed25519, key: { type: 'ed25519' }, hash: undefined },
    { name: 'ed448', scheme: SignatureScheme.ed448, key: { type: 'ed448' }, hash: undefined },
    ...rsa('pss_rsae'),
    ...rsa('pss_pss'),
    ...rsa('pkcs1'),
    ...ecdsa(false),
  ]
}
