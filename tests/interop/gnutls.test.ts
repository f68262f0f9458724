/** GnuTLS: the matrix (see `matrix.ts`) in both roles, and a mebibyte each way with each provider. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  certificateFiles,
  certificateKinds,
  type CertificateFiles,
  type CertificateKind,
} from '../support/certificateFiles.ts'
import { matrix, providers, type MatrixCase } from './matrix.ts'
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
import { client, groups, priority, server, type GnutlsServer } from './peers/gnutls.ts'
import { gnutlsClient, gnutlsServer } from './programs.ts'

let files: CertificateFiles
beforeAll(async () => {
  files = await certificateFiles()
})
afterAll(() => files.remove())

const cases = matrix(({ group }) => groups[group] !== undefined)
/** 256 lines of text. */
const mebibyte = (): string =>
  Array.from({ length: 256 }, () => `${randomBytes(2048).toString('hex').slice(1)}\n`).join('')
const plain = (provider: string): MatrixCase => ({
  provider,
  suite: 'TLS_AES_128_GCM_SHA256',
  group: 'x25519',
  kind: 'rsa',
  retry: false,
})

describe.skipIf(gnutlsServer.missing)(`our client and gnutls-serv${gnutlsServer.note}`, () => {
  const servers = new Map<CertificateKind, GnutlsServer>()
  beforeAll(async () => {
    for (const kind of certificateKinds) servers.set(kind, await server(await files.issue(kind)))
  })
  afterAll(() => servers.forEach((one) => one.kill()))

  it.each(named(cases))('%s', async (_, candidate) => {
    const port = servers.get(candidate.kind)?.port ?? 0
    const options = clientOptions(candidate, files)
    const { info, received } = await exchange(port, options, 'to gnutls\n', (length) => length === 10)
    expectNegotiated(info, candidate, 'peerSignatureScheme')
    expect(received.toString()).toBe('to gnutls\n')
  })

  it.each(Object.keys(providers))('%s: a mebibyte there and back', async (provider) => {
    const text = mebibyte()
    const options = clientOptions(plain(provider), files)
    const { received } = await exchange(
      servers.get('rsa')?.port ?? 0,
      options,
      text,
      (length) => length === text.length,
    )
    expect(sha256(received)).toBe(sha256(Buffer.from(text)))
  })
})

describe.skipIf(gnutlsClient.missing)(`gnutls-cli and our server${gnutlsClient.note}`, () => {
  it.each(named(cases))('%s', async (_, candidate) => {
    const ours = await listen(await serverOptions(candidate, files))
    const share = candidate.retry ? ['--single-key-share'] : []
    const peer = client(ours.port, files, ['--priority', priority(candidate), ...share])
    peer.write('from gnutls\n')
    const tls = await ours.next()
    tls.write('from us')
    const { info, received } = await conversation(tls, (length) => length === 12, true)
    expectNegotiated(info, candidate, 'localSignatureScheme')
    expect(received.toString()).toBe('from gnutls\n')
    const { code, stdout } = await peer.outcome
    expect({ code, stdout: stdout.toString() }).toEqual({ code: 0, stdout: 'from us' })
    ours.close()
  })

  it.each(Object.keys(providers))('%s: a mebibyte each way', async (provider) => {
    const [theirs, text] = [mebibyte(), mebibyte()]
    const ours = await listen(await serverOptions(plain(provider), files))
    const peer = client(ours.port, files)
    peer.write(theirs)
    const tls = await ours.next()
    tls.write(text)
    const { received } = await conversation(tls, (length) => length === theirs.length, true)
    expect(sha256(received)).toBe(sha256(Buffer.from(theirs)))
    const { code, stdout } = await peer.outcome
    expect(code).toBe(0)
    expect(sha256(stdout)).toBe(sha256(Buffer.from(text)))
    ours.close()
  })
})
