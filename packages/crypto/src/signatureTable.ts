/**
 * Every signature algorithm that a provider may offer: the schemes of RFC 9846 §4.3.3, and what only certificates
 * use. A provider adds `verify` to the lines that it can do.
 */
import { SignatureScheme } from '@mortise/wire'
import type { HashName } from './hash.ts'
import type { Curve, SignatureAlgorithm } from './signature.ts'

export type SignatureDescriptor = Omit<SignatureAlgorithm, 'verify' | 'approval'>

const hashNames: readonly HashName[] = ['sha256', 'sha384', 'sha512']
const curves: readonly (readonly [Curve, string, HashName])[] = [
  ['P-256', 'secp256r1', 'sha256'],
  ['P-384', 'secp384r1', 'sha384'],
  ['P-521', 'secp521r1', 'sha512'],
]

/** In order of preference: for a handshake first what is cheap to verify and strong enough. */
export function signatureDescriptors(): readonly SignatureDescriptor[] {
  const scheme = (name: string): number | undefined =>
    (SignatureScheme as Readonly<Record<string, number>>)[name]
  const ecdsa = (forHandshakes: boolean): readonly SignatureDescriptor[] =>
    curves.flatMap(([curve, curveName, own]) =>
      hashNames
        .filter((hash) => (hash === own) === forHandshakes)
        .map((hash) => {
          const name = `ecdsa_${curveName}_${hash}`
          return {
            name,
            scheme: forHandshakes ? scheme(name) : undefined,
            key: { type: 'ec', curve },
            hash,
          } as const
        }),
    )
  const rsa = (kind: 'pss_rsae' | 'pss_pss' | 'pkcs1'): readonly SignatureDescriptor[] =>
    hashNames.map((hash) => {
      const name = `rsa_${kind}_${hash}`
      const type = kind === 'pss_pss' ? 'rsa-pss' : 'rsa'
      return {
        name,
        scheme: scheme(name),
        key: { type },
        hash,
        padding: kind === 'pkcs1' ? 'pkcs1' : 'pss',
      } as const
    })
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
