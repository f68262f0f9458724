/** `node:tls` of the pinned Node: the matrix (see `matrix.ts`) in both roles, and a mebibyte each way with each provider. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  certificateFiles,
  certificateKinds,
  type CertificateFiles,
  type CertificateKind,
} from '../support/certificateFiles.ts'
import { matrix, providers, suiteNames, type MatrixCase } from './matrix.ts'
import {
  clientOptions,
  conversation,
  exchange,
  expectNegotiated,
  listen,
  named,
  serverOptions,
  sha256,
} from './ours.ts'
import { ciphersOf, groups, negotiation, nodeTls, type NodeTls } from './peers/nodeTls.ts'
import { pinnedNode } from './programs.ts'

let files: CertificateFiles
beforeAll(async () => {
  files = await certificateFiles()
})
afterAll(() => files.remove())

const cases = matrix(() => true)
const plain = (provider: string): MatrixCase => ({
  provider,
  suite: 'TLS_AES_128_GCM_SHA256',
  group: 'x25519',
  kind: 'ed25519',
  retry: false,
})

describe.skipIf(pinnedNode.missing)(`our client and a server of node:tls${pinnedNode.note}`, () => {
  let peer: NodeTls
  const ports = new Map<CertificateKind, number>()
  beforeAll(async () => {
    peer = nodeTls()
    for (const kind of certificateKinds) {
      const { cert, key } = await files.issue(kind)
      const { port } = await peer.ask({
        job: 'serve',
        options: {
          cert: readFileSync(cert, 'utf8'),
          key: readFileSync(key, 'utf8'),
          ciphers: ciphersOf(suiteNames.join(':')),
          ecdhCurve: Object.values(groups).join(':'),
        },
      })
      ports.set(kind, Number(port))
    }
  })
  afterAll(() => peer.kill())

  it.each(named(cases))('%s', async (_, candidate) => {
    const port = ports.get(candidate.kind) ?? 0
    const options = clientOptions(candidate, files)
    const { info, received } = await exchange(port, options, 'to node', (length) => length === 7)
    expectNegotiated(info, candidate, 'peerSignatureScheme')
    expect(received.toString()).toBe('to node')
  })

  it.each(Object.keys(providers))('%s: a mebibyte there and back', async (provider) => {
    const bytes = randomBytes(2 ** 20)
    const options = clientOptions(plain(provider), files)
    const { received } = await exchange(
      ports.get('ed25519') ?? 0,
      options,
      bytes,
      (length) => length === bytes.length,
    )
    expect(sha256(received)).toBe(sha256(bytes))
  })
})

describe.skipIf(pinnedNode.missing)(`a client of node:tls and our server${pinnedNode.note}`, () => {
  let peer: NodeTls
  beforeAll(() => {
    peer = nodeTls()
  })
  afterAll(() => peer.kill())

  it.each(named(cases))('%s', async (_, candidate) => {
    const ours = await listen(await serverOptions(candidate, files))
    const options = { ca: readFileSync(files.ca, 'utf8'), ...negotiation(candidate) }
    const visit = peer.ask({ job: 'visit', port: ours.port, options, bytes: 100 })
    const tls = await ours.next()
    tls.write('from us')
    const { info, received } = await conversation(tls, (length) => length === 100)
    expectNegotiated(info, candidate, 'localSignatureScheme')
    expect(await visit).toMatchObject({
      cipher: candidate.suite,
      authorized: true,
      sent: sha256(received),
      received: sha256(Buffer.from('from us')),
    })
    ours.close()
  })

  it.each(Object.keys(providers))('%s: a mebibyte each way', async (provider) => {
    const ours = await listen(await serverOptions(plain(provider), files))
    const options = { ca: readFileSync(files.ca, 'utf8') }
    const visit = peer.ask({ job: 'visit', port: ours.port, options, bytes: 2 ** 20 })
    const tls = await ours.next()
    const bytes = randomBytes(2 ** 20)
    tls.write(bytes)
    const { received } = await conversation(tls, (length) => length === 2 ** 20)
    expect(await visit).toMatchObject({ sent: sha256(received), received: sha256(bytes) })
    ours.close()
  })
})
