/** curl and our server: the matrix (see `matrix.ts`), and a mebibyte each way with each provider. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TlsSocket } from '@mortise/tls-node'
import { certificateFiles, type CertificateFiles } from '../support/certificateFiles.ts'
import { run, type Outcome } from '../support/children.ts'
import { matrix, providers, type MatrixCase } from './matrix.ts'
import { expectNegotiated, listen, named, serverOptions, sha256 } from './ours.ts'
import { groups } from './peers/openssl.ts'
import { curl } from './programs.ts'

let files: CertificateFiles
beforeAll(async () => {
  files = await certificateFiles()
})
afterAll(() => files.remove())

/** OpenSSL is what it is built with here; of two curves it sends a share of the first. */
const cases = matrix(({ group }) => groups[group] !== undefined && !group.startsWith('ffdhe'))

/** Reads a request with so long a body, answers with `body`. @returns the request's body */
async function answer(tls: TlsSocket, length: number, body: Uint8Array): Promise<Buffer> {
  let request = Buffer.alloc(0)
  const bodyOf = (): Buffer | undefined => {
    const end = request.indexOf('\r\n\r\n')
    return end < 0 || request.length - end - 4 < length ? undefined : request.subarray(end + 4)
  }
  const sent = await new Promise<Buffer>((resolve, reject) => {
    tls.once('error', reject)
    tls.on('data', (bytes: Buffer) => {
      request = Buffer.concat([request, bytes])
      const all = bodyOf()
      if (all) resolve(all)
    })
  })
  tls.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`)
  tls.end(body)
  return sent
}

function post(port: number, args: readonly string[], body: Uint8Array): Promise<Outcome> {
  const address = `https://localhost:${port}/`
  const sending = ['--data-binary', '@-', '--header', 'Expect:', '--http1.1']
  return run(
    curl.path(),
    ['--silent', '--show-error', '--tlsv1.3', '--ipv4', '--cacert', files.ca, ...sending, ...args, address],
    body,
  )
}

describe.skipIf(curl.missing)(`curl and our server${curl.note}`, () => {
  it.each(named(cases))('%s', async (_, candidate) => {
    const ours = await listen(await serverOptions(candidate, files))
    const other = candidate.group === 'secp256r1' ? 'X25519' : 'P-256'
    const curves = `${candidate.retry ? `${other}:` : ''}${groups[candidate.group]}`
    const outcome = post(
      ours.port,
      ['--tls13-ciphers', candidate.suite, '--curves', curves],
      Buffer.from('from curl'),
    )
    const tls = await ours.next()
    expect((await answer(tls, 9, Buffer.from('from us'))).toString()).toBe('from curl')
    if (!tls.info) throw new Error('not connected')
    expectNegotiated(tls.info, candidate, 'localSignatureScheme')
    const { code, stdout, stderr } = await outcome
    expect({ code, stderr, stdout: stdout.toString() }).toEqual({ code: 0, stderr: '', stdout: 'from us' })
    ours.close()
  })

  it.each(Object.keys(providers))('%s: a mebibyte each way', async (provider) => {
    const plain: MatrixCase = {
      provider,
      suite: 'TLS_AES_256_GCM_SHA384',
      group: 'x25519',
      kind: 'p384',
      retry: false,
    }
    const ours = await listen(await serverOptions(plain, files))
    const [theirs, bytes] = [randomBytes(2 ** 20), randomBytes(2 ** 20)]
    const outcome = post(ours.port, [], theirs)
    const sent = await answer(await ours.next(), theirs.length, bytes)
    expect(sha256(sent)).toBe(sha256(theirs))
    const { code, stdout } = await outcome
    expect(code).toBe(0)
    expect(sha256(stdout)).toBe(sha256(bytes))
    ours.close()
  })
})
