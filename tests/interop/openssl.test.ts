/** OpenSSL: the matrix (see `matrix.ts`) in both roles, and a mebibyte each way with each provider. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  certificateFiles,
  certificateKinds,
  type CertificateFiles,
  type CertificateKind,
} from '../support/certificateFiles.ts'
import { start } from '../support/children.ts'
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
import { client, groups, negotiation, options, server, type OpensslServer } from './peers/openssl.ts'
import { freePort, openssl } from './programs.ts'

let files: CertificateFiles
beforeAll(async () => {
  files = await certificateFiles()
})
afterAll(() => files.remove())

const cases = matrix(({ group }) => groups[group] !== undefined)
const mebibyte = randomBytes(2 ** 20)
const plain = (provider: string): MatrixCase => ({
  provider,
  suite: 'TLS_AES_256_GCM_SHA384',
  group: 'secp256r1',
  kind: 'p256',
  retry: false,
})

describe.skipIf(openssl.missing)(`our client and openssl s_server${openssl.note}`, () => {
  const servers = new Map<CertificateKind, OpensslServer>()
  beforeAll(async () => {
    for (const kind of certificateKinds) servers.set(kind, await server(await files.issue(kind), ['-www']))
  })
  afterAll(() => servers.forEach((one) => one.kill()))

  it.each(named(cases))('%s', async (_, candidate) => {
    const port = servers.get(candidate.kind)?.port ?? 0
    const { info, received } = await exchange(port, clientOptions(candidate, files), 'GET / HTTP/1.0\r\n\r\n')
    expectNegotiated(info, candidate, 'peerSignatureScheme')
    expect(received.toString()).toContain(`Cipher is ${candidate.suite}`)
  })

  it.each(usable())('%s: a mebibyte each way', async (provider) => {
    const { cert, key } = await files.issue('p256')
    const port = await freePort()
    const peer = start(openssl.path(), [
      's_server',
      '-tls1_3',
      '-quiet',
      ...options({ naccept: '1', accept: `127.0.0.1:${port}`, cert, key }),
    ])
    peer.write(mebibyte)
    const ours = randomBytes(2 ** 20)
    let arrived = false
    const [{ received }, theirs] = await Promise.all([
      exchange(
        port,
        clientOptions(plain(provider), files),
        ours,
        (length) => length >= mebibyte.length && arrived,
      ),
      peer.stdoutOf(ours.length).then((bytes) => {
        arrived = true
        peer.write('.') // so that our side looks again whether all is complete
        return bytes
      }),
    ])
    expect(sha256(theirs)).toBe(sha256(ours))
    expect(sha256(received.subarray(0, mebibyte.length))).toBe(sha256(mebibyte))
    peer.kill()
  })
})

describe.skipIf(openssl.missing)(`openssl s_client and our server${openssl.note}`, () => {
  it.each(named(cases))('%s', async (_, candidate) => {
    const ours = await listen(await serverOptions(candidate, files))
    const peer = client(ours.port, files.ca, ['-quiet', ...negotiation(candidate)])
    peer.write('from openssl')
    const tls = await ours.next()
    tls.write('from us')
    const { info, received } = await conversation(tls, (length) => length === 12)
    expectNegotiated(info, candidate, 'localSignatureScheme')
    expect(received.toString()).toBe('from openssl')
    const { code, stdout } = await peer.outcome
    expect({ code, stdout: stdout.toString() }).toEqual({ code: 0, stdout: 'from us' })
    ours.close()
  })

  it.each(usable())('%s: a mebibyte each way', async (provider) => {
    const ours = await listen(await serverOptions(plain(provider), files))
    const peer = client(ours.port, files.ca, ['-quiet'])
    peer.write(mebibyte)
    const tls = await ours.next()
    const bytes = randomBytes(2 ** 20)
    tls.write(bytes)
    const { received } = await conversation(tls, (length) => length === mebibyte.length)
    expect(sha256(received)).toBe(sha256(mebibyte))
    const { code, stdout } = await peer.outcome
    expect(code).toBe(0)
    expect(sha256(stdout)).toBe(sha256(bytes))
    ours.close()
  })
})

function usable(): readonly string[] {
  return Object.keys(providers).filter((name) => cases.some(({ provider }) => provider === name))
}

describe('the matrix', () => {
  it('has every provider', () => {
    expect(usable()).toEqual(['node', 'webcrypto', 'noble'])
  })
})
