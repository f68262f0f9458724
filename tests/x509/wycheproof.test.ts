/**
 * Wycheproof's signatures as if they stood in certificates: AlgorithmIdentifier, SubjectPublicKeyInfo and policy come
 * before the provider's own verification, which tests/providers is about.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { SigningProvider } from '@mortise/crypto'
import { noble } from '@mortise/crypto-noble'
import { nodeCrypto } from '@mortise/crypto-node'
import { detectWebcrypto } from '@mortise/crypto-webcrypto'
import { fromHex } from '@mortise/wire'
import { verifySignedData, type X509Reason } from '@mortise/x509'
import { afterAll, describe, expect, it } from 'vitest'
import { algorithmOf, type SignatureGroup } from './signatureAlgorithms.ts'

interface Vector {
  readonly tcId: number
  readonly comment: string
  readonly msg: string
  readonly sig: string
  readonly result: 'valid' | 'invalid' | 'acceptable'
}

interface File {
  readonly testGroups: readonly (SignatureGroup & {
    readonly publicKeyDer: string
    readonly tests: readonly Vector[]
  })[]
}

interface Subject {
  readonly name: string
  readonly provider: SigningProvider
  /** Every how many-th vector of a file is taken: the slow ones take fewer. */
  readonly every: number
}

const subjects: readonly Subject[] = [
  { name: 'crypto-node', provider: nodeCrypto(), every: 1 },
  { name: 'crypto-webcrypto', provider: await detectWebcrypto(), every: 3 },
  { name: 'crypto-noble', provider: noble(), every: 17 },
]

const folder = new URL('../../../shared/vectors/wycheproof/', import.meta.url)
const files = existsSync(folder)
  ? readdirSync(folder).filter((file) => /^(ecdsa|ed25519|ed448|rsa)_.*test\.json$/.test(file))
  : []
if (files.length === 0) console.log('Wycheproof is skipped: there is no ../shared/vectors/wycheproof')

type Outcome = 'accepted' | 'not verified' | 'not taken' | X509Reason

function outcomeOf(reason: 'accepted' | X509Reason): Outcome {
  if (reason === 'ERR_X509_BAD_SIGNATURE') return 'not verified'
  return reason === 'ERR_X509_UNSUPPORTED_ALGORITHM' || reason === 'ERR_X509_WEAK_ALGORITHM'
    ? 'not taken'
    : reason
}

/** What may come of a vector: an algorithm that is taken, and that the provider has, must be verified. */
function expected(provider: SigningProvider, group: SignatureGroup, { result }: Vector): readonly Outcome[] {
  if (!isOfOurs(group) || !offers(provider, group)) return ['not taken']
  if (result === 'acceptable') return ['accepted', 'not verified']
  return [result === 'valid' ? 'accepted' : 'not verified']
}

/** RSASSA-PSS is taken with one hash throughout and a salt of its length. */
function isOfOurs({ type, sha, mgfSha, sLen }: SignatureGroup): boolean {
  if (sha === undefined) return true
  if (!/^SHA-(256|384|512)$/.test(sha)) return false
  return type !== 'RsassaPssVerify' || (mgfSha === sha && sLen === Number(sha.slice(4)) / 8)
}

describe.skipIf(files.length === 0).each(subjects)('$name', ({ provider, every, name }) => {
  const counts: string[] = []
  afterAll(() => console.log([`Wycheproof in certificates, ${name}`, ...counts].join('\n  ')))

  it.each(files)('%s', async (file) => {
    const { testGroups } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as File
    const all = testGroups.flatMap((group) => group.tests.map((vector) => ({ group, vector })))
    const tally = new Map<Outcome, number>()
    const wrong: string[] = []
    for (const { group, vector } of all.filter((_, i) => i % every === 0)) {
      const result = await verifySignedData({
        algorithm: algorithmOf(group),
        spki: fromHex(group.publicKeyDer),
        data: fromHex(vector.msg),
        signature: fromHex(vector.sig),
        provider,
      })
      const outcome = outcomeOf(result.ok ? 'accepted' : result.reason)
      tally.set(outcome, (tally.get(outcome) ?? 0) + 1)
      if (!expected(provider, group, vector).includes(outcome))
        wrong.push(`${vector.tcId} ${vector.comment}: ${result.ok ? 'accepted' : result.message}`)
    }
    expect(wrong).toEqual([])
    counts.push(`${file}: ${[...tally].map(([outcome, count]) => `${count} ${outcome}`).join(', ')}`)
  })
})

/** Whether the provider has any algorithm for keys of this kind with this hash. */
function offers({ signatures }: SigningProvider, { type, sha, publicKey }: SignatureGroup): boolean {
  const hash = sha?.toLowerCase().replace('-', '')
  return signatures.some(({ key, hash: own }) => {
    if (own !== hash) return false
    if (type === 'EcdsaVerify')
      return (
        key.type === 'ec' && key.curve.replace('-', '') === publicKey?.curve?.replace('secp', 'P').slice(0, 4)
      )
    if (type === 'EddsaVerify')
      return key.type === (publicKey?.curve === 'edwards25519' ? 'ed25519' : 'ed448')
    return key.type === 'rsa'
  })
}
