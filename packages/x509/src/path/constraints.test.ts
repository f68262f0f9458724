import { describe, expect, test } from 'vitest'
import { makeAuthority, makeRoot, makeServer, type Issued } from '../fixtures/certificates.ts'
import { basicConstraints } from '../fixtures/extensions.ts'
import { keyNamed } from '../fixtures/keys.ts'
import { outcome, verify } from '../fixtures/verify.ts'

const withLength = (length?: number) => [basicConstraints(true, length)]

/** A server below as many authorities as path lengths are given, the root's being the first. */
function chain(...lengths: readonly (number | undefined)[]): { root: Issued; server: Issued } {
  const [first, ...others] = lengths
  const root = makeRoot({ extensions: withLength(first) })
  let at = root
  for (const [i, length] of others.entries())
    at = makeAuthority(at, { subject: `Authority ${i}`, extensions: withLength(length) })
  return { root, server: makeServer(at) }
}

describe('path length (RFC 5280 §6.1.4 (l), (m))', () => {
  test.each([
    [[0], 'accepted'],
    [[undefined, undefined, undefined], 'accepted'],
    [[0, undefined], 'ERR_X509_PATH_LENGTH'],
    [[1, undefined], 'accepted'],
    [[1, undefined, undefined], 'ERR_X509_PATH_LENGTH'],
    [[1, 0], 'accepted'],
    [[5, 0, undefined], 'ERR_X509_PATH_LENGTH'],
    [[1, 5, undefined], 'ERR_X509_PATH_LENGTH'], // nobody can allow more than was allowed
    [[2, 1, 0], 'accepted'],
    [[2 ** 40, undefined], 'accepted'],
  ])('%j: %s', async (lengths, expected) => {
    const { root, server } = chain(...lengths)
    expect(await outcome(verify(server, root))).toBe(expected)
  })

  test('the verdict names the authority that is one too many', async () => {
    const { root, server } = chain(1, undefined, undefined)
    expect(await verify(server, root)).toMatchObject({
      position: 1,
      subject: 'CN=Authority 1',
      reason: 'ERR_X509_PATH_LENGTH',
    })
  })

  test('self-issued authorities do not count', async () => {
    const root = makeRoot({ extensions: withLength(1) })
    const old = makeAuthority(root, { subject: 'Authority', key: keyNamed('old') })
    const renewed = makeAuthority(old, { subject: 'Authority', key: keyNamed('new') })
    expect(await outcome(verify(makeServer(renewed), root))).toBe('accepted')
    expect(await outcome(verify(makeServer(renewed), root, { limits: { maxDepth: 1 } }))).toBe('accepted')
  })

  test('of the end entity it says nothing', async () => {
    const root = makeRoot({ extensions: withLength(0) })
    const server = makeServer(root, { extensions: [basicConstraints(true, 0)] })
    expect(await outcome(verify(server, root, { profile: 'private' }))).toBe('accepted')
  })
})
