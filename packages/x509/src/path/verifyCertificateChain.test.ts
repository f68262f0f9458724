import { expect, test } from 'vitest'
import { chainOf, makeAuthority, makeRoot, makeServer } from '../fixtures/certificates.ts'
import { verify } from '../fixtures/verify.ts'

const root = makeRoot()
const authority = makeAuthority(root)
const server = makeServer(authority)

test('a chain up to a trust anchor is accepted, and the path is the answer', async () => {
  const verdict = await verify(server, root)
  expect(verdict).toMatchObject({ ok: true })
  expect(verdict.ok && verdict.path.map(({ der }) => der)).toEqual([...chainOf(server), root.der])
})
