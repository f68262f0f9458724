import { expect, test } from 'vitest'
import { certificateKeyUsage, certificatePublicKey } from './certificatePublicKey.ts'
import { makeRoot, makeServer } from './fixtures/certificates.ts'
import { errorOf } from './fixtures/throws.ts'

const server = makeServer(makeRoot())

test('the key is a copy', () => {
  const key = certificatePublicKey(server.der)
  expect(key).toEqual(server.key.spki)
  expect(key.buffer.byteLength).toBe(key.length)
})

test('key usage', () => {
  expect(certificateKeyUsage(server.der)).toEqual(new Set(['digitalSignature']))
  expect(certificateKeyUsage(makeServer(undefined, { without: ['2.5.29.15'] }).der)).toBeUndefined()
})

test('what does not parse throws', () => {
  for (const read of [certificatePublicKey, certificateKeyUsage])
    expect(errorOf(() => read(server.der.subarray(1)))).toMatch(/^ERR_X509_MALFORMED/)
})
