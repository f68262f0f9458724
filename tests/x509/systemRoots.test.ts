/** The roots of Node as anchors: all of them are usable, and who has none of them is not let in. */
import { rootCertificates } from 'node:tls'
import { nodeCrypto } from '@mortise/crypto-node'
import { connectedPair } from '@mortise/testing'
import { systemRoots } from '@mortise/tls-node'
import { parseCertificate, trustAnchor } from '@mortise/x509'
import { expect, it } from 'vitest'
import { pemToDer } from './pem.ts'

const hex = (der: Uint8Array): string => Buffer.from(der).toString('hex')

it('are there, each once, read once', () => {
  const roots = systemRoots()
  expect(roots.length).toBeGreaterThan(50)
  expect(new Set(roots.map(hex)).size).toBe(roots.length)
  expect(systemRoots()).toBe(roots)
})

it('hold those that Node has with it', () => {
  const known = new Set(systemRoots().map(hex))
  const missing = rootCertificates.map(pemToDer).filter((der) => !known.has(hex(der)))
  expect(missing.map((der) => parseCertificate(der).subject.text)).toEqual([])
})

it('are all anchors', () => {
  for (const der of systemRoots()) expect(trustAnchor(der).publicKey.type, hex(der)).toBeDefined()
})

it('do not know the authority of tests', async () => {
  const provider = nodeCrypto()
  const { client } = await connectedPair({ provider, client: { anchors: systemRoots() } })
  expect(client.error()).toMatchObject({ code: 'ERR_TLS_UNKNOWN_CA' })
})
