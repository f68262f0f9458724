/** BoringSSL's compliance policies, as restrictions of what is offered and taken. */
import { CipherSuite, NamedGroup, SignatureScheme } from '@mortise/wire'
import type { Flags } from './flags.ts'

export interface Policy {
  readonly cipherSuites: readonly number[]
  readonly groups?: readonly number[]
  readonly signatureSchemes?: readonly number[]
}

const { TLS_AES_128_GCM_SHA256, TLS_AES_256_GCM_SHA384, TLS_CHACHA20_POLY1305_SHA256 } = CipherSuite
const mlkem1024 = 0x0202

const cnsaSchemes = [
  SignatureScheme.ecdsa_secp384r1_sha384,
  SignatureScheme.rsa_pss_rsae_sha384,
  SignatureScheme.rsa_pkcs1_sha384,
]

const policies = {
  'fips-202205': {
    cipherSuites: [TLS_AES_128_GCM_SHA256, TLS_AES_256_GCM_SHA384],
    groups: [NamedGroup.secp256r1, NamedGroup.secp384r1],
    signatureSchemes: [
      SignatureScheme.ecdsa_secp256r1_sha256,
      SignatureScheme.ecdsa_secp384r1_sha384,
      SignatureScheme.rsa_pss_rsae_sha256,
      SignatureScheme.rsa_pss_rsae_sha384,
      SignatureScheme.rsa_pss_rsae_sha512,
      SignatureScheme.rsa_pkcs1_sha256,
      SignatureScheme.rsa_pkcs1_sha384,
      SignatureScheme.rsa_pkcs1_sha512,
    ],
  },
  'wpa-202304': {
    cipherSuites: [TLS_AES_256_GCM_SHA384],
    groups: [NamedGroup.secp384r1],
    signatureSchemes: [
      SignatureScheme.ecdsa_secp384r1_sha384,
      SignatureScheme.rsa_pss_rsae_sha384,
      SignatureScheme.rsa_pss_rsae_sha512,
      SignatureScheme.rsa_pkcs1_sha384,
      SignatureScheme.rsa_pkcs1_sha512,
    ],
  },
  'cnsa-202407': {
    cipherSuites: [TLS_AES_256_GCM_SHA384, TLS_AES_128_GCM_SHA256, TLS_CHACHA20_POLY1305_SHA256],
  },
  'cnsa1-202603': {
    cipherSuites: [TLS_AES_256_GCM_SHA384],
    groups: [mlkem1024, NamedGroup.secp384r1],
    signatureSchemes: cnsaSchemes,
  },
  'cnsa2-202603': {
    cipherSuites: [TLS_AES_256_GCM_SHA384],
    groups: [mlkem1024],
    signatureSchemes: cnsaSchemes,
  },
} as const satisfies Readonly<Record<string, Policy>>

export function policyOf(flags: Flags): Policy | undefined {
  for (const name of Object.keys(policies) as readonly (keyof typeof policies)[])
    if (flags[name]) return policies[name]
  return undefined
}
