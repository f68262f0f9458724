/**
 * Wycheproof's signatures as if they stood in certificates: AlgorithmIdentifier, SubjectPublicKeyInfo and policy come
 * before the provider's own verification, which tests/providers is about.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { CryptoProvider } from '@mortise/crypto'
import { noble } from '@mortise/crypto-noble'
import { nodeCrypto } from '@mortise/crypto-node'
import { detectWebcrypto } from '@mortise/crypto-webcrypto'
import { fromHex } from '@mortise/wire'
import { verifySignedData } from '@mortise/x509'
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
  readonly provider: CryptoProvider
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

/** RSASSA-PSS is taken with one hash throughout and a salt of its length: other vectors must be refused, valid or not. */
const refusedByPolicy = new Set(['ERR_X509_UNSUPPORTED_ALGORITHM', 'ERR_X509_WEAK_ALGORITHM'])

function isOfOurs({ type, sha, mgfSha, sLen }: SignatureGroup): boolean {
  const ours = ['SHA-256', 'SHA-384', 'SHA-512']
  if (type !== 'RsassaPssVerify') return sha === undefined || ours.includes(sha)
  return sha !== undefined && ours.includes(sha) && mgfSha === sha && sLen === Number(sha.slice(4)) / 8
}

describe.skipIf(files.length === 0).each(subjects)('$name', ({ provider, every, name }) => {
  const counts: string[] = []
  afterAll(() => console.log([`Wycheproof in certificates, ${name}`, ...counts].join('\n  ')))

  it.each(files)('%s', async (file) => {
    const { testGroups } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as File
    const all = testGroups.flatMap((group) => group.tests.map((vector) => ({ group, vector })))
    const tally = { accepted: 0, refused: 0, 'refused by policy': 0, 'not offered': 0 }
    for (const { group, vector } of all.filter((_, i) => i % every === 0)) {
      const result = await verifySignedData({
        algorithm: algorithmOf(group),
        spki: fromHex(group.publicKeyDer),
        data: fromHex(vector.msg),
        signature: fromHex(vector.sig),
        provider,
      })
      const what = `${file} ${vector.tcId} ${vector.comment}: ${result.ok ? 'accepted' : result.message}`
      if (!isOfOurs(group)) {
        expect(result.ok ? 'accepted' : result.reason, what).toSatisfy((reason: string) =>
          refusedByPolicy.has(reason),
        )
        tally['refused by policy']++
      } else if (!result.ok && result.reason === 'ERR_X509_UNSUPPORTED_ALGORITHM') {
        // Said so by the provider's own lists: whoever has the algorithm must not hide behind this
        expect(offers(provider, group), what).toBe(false)
        tally['not offered']++
      } else {
        if (vector.result !== 'acceptable') expect(result.ok, what).toBe(vector.result === 'valid')
        if (!result.ok) expect(result.reason, what).toBe('ERR_X509_BAD_SIGNATURE')
        tally[result.ok ? 'accepted' : 'refused']++
      }
    }
    const told = Object.entries(tally).filter(([, count]) => count > 0)
    counts.push(`${file}: ${told.map(([what, count]) => `${count} ${what}`).join(', ')}`)
  })
})

/** Whether the provider has any algorithm for keys of this kind with this hash. */
function offers({ signatures }: CryptoProvider, { type, sha, publicKey }: SignatureGroup): boolean {
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
