/** One changed byte anywhere below the anchor, and the chain is refused: by a verdict, never by an exception. */
import { afterAll, expect, test } from 'vitest'
import { chainOf, makeAuthority, makeRoot, makeServer, now, type Issued } from './fixtures/certificates.ts'
import { nameConstraints } from './fixtures/extensions.ts'
import { keyNamed, type KeyKind } from './fixtures/keys.ts'
import { provider } from './fixtures/verify.ts'
import { verifyCertificateChain } from './path/verifyCertificateChain.ts'
import type { Verdict } from './verdict.ts'

const root = makeRoot()

function chainWith(kind: KeyKind): Issued {
  const constraints = nameConstraints({ permitted: ['dns:example.com'] })
  const authority = makeAuthority(root, { key: keyNamed('mutated', kind), extensions: [constraints] })
  return makeServer(makeAuthority(authority, { subject: 'Below', key: keyNamed('mutated below', kind) }))
}

const verify = (chain: readonly Uint8Array[]): Promise<Verdict> =>
  verifyCertificateChain({
    chain,
    anchors: [root.der],
    time: now,
    purpose: 'server',
    name: 'example.com',
    provider,
  })

/** Milliseconds of this thread (Node 23.9 and later, else of the process), so that what else the machine does doesn't matter. */
function processorTime(): number {
  const { user, system } =
    (process as { threadCpuUsage?: () => NodeJS.CpuUsage }).threadCpuUsage?.() ?? process.cpuUsage()
  return (user + system) / 1000
}

let count = 0
let slowest = { took: 0, where: '' }
afterAll(() => {
  const figure = `Of ${count} mutations the slowest took ${slowest.took.toFixed(1)} ms (${slowest.where})`
  console.log(figure) // oxlint-disable-line no-console -- to be read; nothing fails by it
})

test.each<[KeyKind, boolean]>([
  ['p256', false],
  ['p256', true],
  ['rsa2048', false],
  ['ed25519', true],
])('%s, the root sent along: %s', async (kind, withRoot) => {
  const server = chainWith(kind)
  const chain = [...chainOf(server), ...(withRoot ? [root.der] : [])]
  expect(await verify(chain)).toMatchObject({ ok: true })
  const accepted: string[] = []
  for (let position = 0; position < 3; position++) {
    const original = chain[position] ?? new Uint8Array(0)
    for (let at = 0; at < original.length; at++) {
      const changed = original.slice()
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8))
      const started = processorTime()
      const verdict = await verify(chain.with(position, changed))
      const took = processorTime() - started
      const where = `${kind}, certificate ${position}, byte ${at}`
      count++
      if (took > slowest.took) slowest = { took, where }
      if (verdict.ok) accepted.push(where)
    }
  }
  expect(accepted).toEqual([])
})
