/**
 * What is combined in connections with other people's programs: every cipher suite, every group that both have, every
 * kind of certificate, with and without HelloRetryRequest, three providers. All combinations would be thousands, so the
 * matrix of each peer and role is reduced by `pairwise`: every pair of values that can occur together occurs (suite ×
 * group, certificate × provider, HelloRetryRequest × group, and so on), in some 60 connections.
 */
import { cipherSuites, type SigningProvider } from '@mortise/crypto'
import { noble } from '@mortise/crypto-noble'
import { nodeCrypto } from '@mortise/crypto-node'
import { detectWebcrypto } from '@mortise/crypto-webcrypto'
import { CipherSuite, NamedGroup, SignatureScheme } from '@mortise/wire'
import { certificateKinds, type CertificateKind } from '../support/certificateFiles.ts'
import { pairwise } from './pairwise.ts'

export const providers: Readonly<Record<string, SigningProvider>> = {
  node: nodeCrypto(),
  webcrypto: await detectWebcrypto(),
  noble: noble(),
}

export const suiteNames = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_CCM_SHA256',
  'TLS_AES_128_CCM_8_SHA256',
] as const
export type SuiteName = (typeof suiteNames)[number]

export const groupNames = [
  'x25519',
  'secp256r1',
  'secp384r1',
  'secp521r1',
  'x448',
  'ffdhe2048',
  'ffdhe3072',
  'ffdhe4096',
  'ffdhe6144',
  'ffdhe8192',
  'X25519MLKEM768',
  'SecP256r1MLKEM768',
] as const
export type GroupName = (typeof groupNames)[number]

/** What CertificateVerify is signed with. */
export const schemes: Readonly<Record<CertificateKind, number>> = {
  p256: SignatureScheme.ecdsa_secp256r1_sha256,
  p384: SignatureScheme.ecdsa_secp384r1_sha384,
  rsa: SignatureScheme.rsa_pss_rsae_sha256,
  rsaPss: SignatureScheme.rsa_pss_pss_sha256,
  ed25519: SignatureScheme.ed25519,
}

const dimensions = {
  provider: Object.keys(providers),
  suite: suiteNames,
  group: groupNames,
  kind: certificateKinds,
  retry: [false, true],
}

export interface MatrixCase {
  readonly provider: string
  readonly suite: SuiteName
  readonly group: GroupName
  readonly kind: CertificateKind
  /** With HelloRetryRequest. */
  readonly retry: boolean
}

/** @param peerHas what the peer can't do is left out */
export function matrix(peerHas: (candidate: MatrixCase) => boolean): readonly MatrixCase[] {
  return pairwise(dimensions, (candidate) => peerHas(candidate) && providerHas(candidate), cost)
}

export function providerOf({ provider }: Pick<MatrixCase, 'provider'>): SigningProvider {
  const found = providers[provider]
  if (!found) throw new Error(provider)
  return found
}

function providerHas(candidate: MatrixCase): boolean {
  const provider = providerOf(candidate)
  const { suite, group, kind } = candidate
  return (
    cipherSuites(provider).some((known) => known.suite === CipherSuite[suite]) &&
    provider.groups.some((known) => known.group === NamedGroup[group]) &&
    provider.signatures.some(({ scheme }) => scheme === schemes[kind])
  )
}

/** Finite-field groups in JavaScript take seconds in all. */
function cost({ provider, group }: MatrixCase): number {
  const bits = /^ffdhe(\d+)$/.exec(group)?.[1]
  return provider === 'noble' && bits !== undefined ? Number(bits) : 0
}
