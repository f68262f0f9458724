/** `mortise` as people try it first: with curl, and with what OpenSSL has. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { server as opensslServer } from '../interop/peers/openssl.ts'
import { curl, openssl } from '../interop/programs.ts'
import { certificateFiles, type CertificateFiles, type IssuedFiles } from '../support/certificateFiles.ts'
import { run } from '../support/children.ts'
import { buildProgram, events, type Program } from './program.ts'

let files: CertificateFiles
let localhost: IssuedFiles
let program: Program

beforeAll(async () => {
  ;[files, program] = await Promise.all([certificateFiles(), buildProgram()])
  localhost = await files.issue('rsa')
})
afterAll(() => {
  files.remove()
  program.remove()
})

const pair = (): readonly string[] => ['--cert', localhost.cert, '--key', localhost.key]

describe.skipIf(curl.missing)(`curl and mortise serve --www${curl.note}`, () => {
  it.each(['/', '/keyupdate', '/secret'])('%s', async (target) => {
    const server = await program.serve([...pair(), '--www', '--json', '--alpn', 'http/1.1'])
    const { code, stdout } = await run(curl.path(), [
      '--silent',
      '--include',
      '--ipv4',
      '--cacert',
      files.ca,
      `https://localhost:${server.port}${target}`,
    ])
    expect(code).toBe(0)
    expect(stdout.toString()).toMatch(
      target === '/secret' ? /^HTTP\/1\.1 403 / : /^HTTP\/1\.1 200 [^]*<th>alpn<td>http\/1\.1/,
    )
    server.kill('SIGTERM')
    const { stderr } = await server.outcome
    expect(events(stderr)).toMatchObject([{ event: 'connected', alpn: 'http/1.1' }, { event: 'closed' }])
  })
})

describe.skipIf(openssl.missing)(`mortise connect and openssl s_server${openssl.note}`, () => {
  it.each(['node', 'webcrypto', 'noble', 'hybrid'])('reads its page with --provider %s', async (provider) => {
    const server = await opensslServer(localhost, ['-www'])
    const { code, stdout, stderr } = await program.run(
      ['connect', `localhost:${server.port}`, '--ca', files.ca, '--json', '--provider', provider],
      'GET / HTTP/1.0\r\n\r\n',
    )
    expect(code).toBe(0)
    const [connected] = events(stderr)
    expect(stdout.toString()).toContain(`Cipher is ${String(connected?.['cipherSuite'])}`)
    server.kill()
  })
})

describe.skipIf(openssl.missing)(`openssl s_client and mortise serve --echo${openssl.note}`, () => {
  it('says goodbye to a client that does', async () => {
    const server = await program.serve([...pair(), '--echo', '--json'])
    const { code, stdout } = await run(
      openssl.path(),
      ['s_client', '-tls1_3', '-connect', server.address, '-CAfile', files.ca, '-verify_return_error'],
      '',
    )
    expect(code).toBe(0)
    expect(stdout.toString()).toContain('Verify return code: 0 (ok)')
    await server.saying(/"event":"closed"/)
    server.kill('SIGTERM')
  })
})
