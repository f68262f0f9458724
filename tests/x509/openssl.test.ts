/** Chains that OpenSSL made, judged by it and by us: each difference stands, with its reason, in packages/x509/docs/openssl.md. */
import { readFileSync } from 'node:fs'
import { nodeCrypto } from '@mortise/crypto-node'
import { verifyCertificateChain, type Purpose } from '@mortise/x509'
import { afterAll, describe, expect, it } from 'vitest'
import { authorities, keyAlgorithms, leaves, lower, roots, sections } from './openssl/material.ts'
import { opensslVersion, openWorkshop } from './openssl/openssl.ts'

const version = opensslVersion()
if (version === undefined) console.log('The comparison with OpenSSL is skipped: there is no openssl 3')

const provider = nodeCrypto()
const page = readFileSync(new URL('../../packages/x509/docs/openssl.md', import.meta.url), 'utf8')

/** Lines `| where | leaf | how | OpenSSL | ours | reason |`; `*` stands for any. */
const explained = [
  ...page.matchAll(/^\| `([^`]+)` +\| `([^`]+)` +\| `([^`]+)` +\| `(\w+)` +\| `(\w+)` +\| (.+?) +\|$/gm),
].map(([, where = '', leaf = '', how = '', theirs = '', ours = '', reason = '']) => ({
  pattern: [where, leaf, how],
  theirs,
  ours,
  reason,
}))

interface Case {
  /** Authorities, end entity, and what is asked of them. */
  readonly what: readonly [where: string, leaf: string, how: string]
  /** `OK`, or the number of the error. */
  readonly theirs: string
  /** `OK`, or the reason. */
  readonly ours: string
}

const matches = ({ pattern, theirs, ours }: (typeof explained)[number], one: Case): boolean =>
  theirs === one.theirs &&
  ours === one.ours &&
  pattern.every((part, i) => part === '*' || part === one.what[i])

interface Question {
  readonly anchors?: readonly string[]
  readonly untrusted: readonly string[]
  readonly leaves?: readonly string[]
  readonly purpose?: Purpose
  readonly name?: string
  /** Seconds from now. */
  readonly after?: number
}

const leafSpecs = Object.fromEntries(Object.entries(leaves).map(([name, spec]) => [`leaf-${name}`, spec]))
const names = [
  'example.com EXAMPLE.com example.com. www.example.com w1.example.com a.b.example.com x.a.b.example.com',
  'example.org com localhost *.example.com sub.other.example',
  '192.0.2.7 192.0.2.8 2001:db8::7 2001:DB8:0::0007 ::7',
].flatMap((line) => line.split(' '))
const hour = 3600
const day = 24 * hour

describe.skipIf(version === undefined)('OpenSSL', () => {
  const all = { ...roots, ...authorities, ...lower, ...leafSpecs }
  const workshop = openWorkshop(keyAlgorithms, all, sections)
  afterAll(workshop.close)
  const now = Math.floor(Date.now() / 1000)
  const cases: Case[] = []

  /** All end entities in one run of the program. */
  async function ask(where: string, how: string, question: Question): Promise<void> {
    const { anchors = Object.keys(roots), untrusted, purpose = 'server', name, after = hour } = question
    const asked = question.leaves ?? Object.keys(leaves)
    const options = [
      ...`-purpose ssl${purpose} -attime ${now + after}`.split(' '),
      ...(name === undefined ? [] : [/^[\d.]+$|:/.test(name) ? '-verify_ip' : '-verify_hostname', name]),
      // RSA of 2048 bits and no SHA-1, as with us; policies as RFC 5280 has them by default
      ...'-auth_level 2 -policy_check -policy anyPolicy'.split(' '),
    ]
    const theirs = workshop.verify(
      { anchors, untrusted, options },
      asked.map((leaf) => `leaf-${leaf}`),
    )
    for (const [i, leaf] of asked.entries()) {
      const verdict = await verifyCertificateChain({
        anchors: anchors.map(workshop.der),
        chain: [`leaf-${leaf}`, ...untrusted].map(workshop.der),
        time: new Date((now + after) * 1000),
        purpose,
        name,
        unsafeIgnoreName: name === undefined,
        profile: 'private',
        provider,
      })
      cases.push({
        what: [where, leaf, how],
        theirs: theirs[i] ?? '',
        ours: verdict.ok ? 'OK' : verdict.reason,
      })
    }
  }

  it.each(Object.keys(authorities))(
    '%s above each end entity, as server and as client',
    async (authority) => {
      for (const purpose of ['server', 'client'] as const)
        await ask(authority, purpose, { untrusted: ['below', authority], purpose })
    },
  )

  it('cross-signs: which roots are trusted, and which of the authorities came along', async () => {
    const subsets = Array.from({ length: 8 }, (_, bits) =>
      ['authority', 'by-other-root', 'by-rsa'].filter((_name, i) => (bits & (1 << i)) !== 0),
    )
    for (const anchors of [
      [],
      ['root'],
      ['root-other'],
      ['root', 'root-other'],
      ['root-rsa'],
      ['root-ed448'],
    ])
      for (const untrusted of subsets)
        await ask(untrusted.join(' + ') || 'nothing', anchors.join(' + ') || 'nobody', {
          anchors,
          untrusted,
          leaves: ['host'],
        })
  })

  it.each(['not-ca', 'no-cert-sign', 'critical-unknown', 'excludes-example', 'expires-soon', 'by-pss'])(
    'a sound authority beside %s',
    async (other) => {
      const beside = {
        anchors: ['root'],
        leaves: ['host', 'hosts', 'directory', 'below-below'],
        after: 2 * day,
      }
      await ask(`authority, ${other}`, 'two', { ...beside, untrusted: ['below', 'authority', other] })
      await ask(`${other}, authority`, 'two', { ...beside, untrusted: ['below', other, 'authority'] })
    },
  )

  it('dates', async () => {
    for (const authority of ['authority', 'expires-soon'])
      for (const [how, after] of [
        ['a day earlier', -day],
        ['now', hour],
        ['two days later', 2 * day],
        ['twenty years later', 20 * 365 * day],
      ] as const)
        await ask(authority, how, { untrusted: [authority], leaves: ['host', 'expires-soon'], after })
  })

  it.each(names)('the name %s', async (name) => {
    const named = ['host', 'hosts', 'wildcard', 'partial-wildcard', 'top-wildcard', 'other-host']
    const others = ['ip', 'ip6', 'mailbox', 'uri', 'common-name-only']
    await ask(name, 'name', { untrusted: ['authority'], leaves: [...named, ...others], name })
  })

  it('agrees, but for what the table explains', () => {
    const differing = cases.filter(({ theirs, ours }) => (theirs === 'OK') !== (ours === 'OK'))
    console.log(`${version}: ${cases.length} cases, ${differing.length} differ and are explained`)
    expect(cases.length).toBeGreaterThan(2000)
    const unexplained = differing.filter((one) => !explained.some((line) => matches(line, one)))
    expect(unexplained.map(({ what, theirs, ours }) => [...what, theirs, ours].join(' | '))).toEqual([])
  })

  // Written down for 3.0; later ones may have come to agree
  it.skipIf(!version?.startsWith('OpenSSL 3.0.'))('differs for the reasons and where the table says', () => {
    for (const line of explained) {
      const told = [...line.pattern, line.theirs, line.ours].join(' | ')
      expect(page, told).toContain(`\n## ${line.reason}\n`)
      expect(
        cases.some((one) => matches(line, one)),
        told,
      ).toBe(true)
    }
  })
})
