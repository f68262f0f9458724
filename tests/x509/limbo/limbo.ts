/** Cases of x509-limbo (https://x509-limbo.com), and how each becomes a call of ours. */
import { existsSync, readFileSync } from 'node:fs'
import { nodeCrypto } from '@mortise/crypto-node'
import { revocationLists, verifyCertificateChain, type Verdict } from '@mortise/x509'
import { pemToDer } from '../pem.ts'

interface PeerName {
  readonly kind: 'DNS' | 'IP' | 'RFC822'
  readonly value: string
}

export interface LimboCase {
  readonly id: string
  readonly features: readonly string[]
  readonly validation_kind: 'SERVER' | 'CLIENT'
  readonly trusted_certs: readonly string[]
  readonly untrusted_intermediates: readonly string[]
  readonly peer_certificate: string
  readonly validation_time: string | null
  readonly expected_result: 'SUCCESS' | 'FAILURE'
  readonly expected_peer_name: PeerName | null
  readonly max_chain_depth: number | null
  readonly crls?: readonly string[]
}

/** `undefined` where the corpus isn't there. */
export function readLimbo(file: 'limbo.json' | 'limbo-bettertls.json'): readonly LimboCase[] | undefined {
  const url = new URL(`../../../../shared/vectors/x509-limbo/${file}`, import.meta.url)
  if (!existsSync(url)) return undefined
  return (JSON.parse(readFileSync(url, 'utf8')) as { readonly testcases: readonly LimboCase[] }).testcases
}

const provider = nodeCrypto()

/** The list of public suffixes is the caller's: of it, what the corpus asks for. */
const publicSuffixes: ReadonlySet<string> = new Set(['com', 'co.uk', 's3.amazonaws.com'])

export async function judge(limboCase: LimboCase, now: Date): Promise<Verdict> {
  const { max_chain_depth: maxDepth, expected_peer_name: name, validation_kind: kind } = limboCase
  return verifyCertificateChain({
    anchors: limboCase.trusted_certs.map(pemToDer),
    chain: [limboCase.peer_certificate, ...limboCase.untrusted_intermediates].map(pemToDer),
    time: limboCase.validation_time === null ? now : new Date(limboCase.validation_time),
    purpose: kind === 'SERVER' ? 'server' : 'client',
    name: kind === 'SERVER' ? name?.value : undefined,
    unsafeIgnoreName: name === null,
    names: { isPublicSuffix: (domain) => publicSuffixes.has(domain) },
    provider,
    checks: [revocationLists((limboCase.crls ?? []).map(pemToDer))],
    ...(maxDepth === null ? {} : { limits: { maxDepth } }),
  })
}
