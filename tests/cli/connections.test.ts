/** `mortise connect` and `mortise serve`, as processes that talk to each other. */
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { certificateFiles, type CertificateFiles, type IssuedFiles } from '../support/certificateFiles.ts'
import { buildProgram, events, type Program, type Server } from './program.ts'

let files: CertificateFiles
let localhost: IssuedFiles
let program: Program
let echo: Server

const pair = ({ cert, key }: IssuedFiles): readonly string[] => ['--cert', cert, '--key', key]

beforeAll(async () => {
  ;[files, program] = await Promise.all([certificateFiles(), buildProgram()])
  localhost = await files.issue('p256')
  echo = await program.serve([...pair(localhost), '--echo', '--json', '--alpn', 'h2,http/1.1'])
})

afterAll(() => {
  echo.kill('SIGTERM')
  files.remove()
  program.remove()
})

const connect = (server: Server, args: readonly string[] = [], stdin: string | Uint8Array = 'hello') =>
  program.run(['connect', server.address, '--ca', files.ca, ...args], stdin)

const facts = {
  event: 'connected',
  protocol: 'TLSv1.3',
  cipherSuite: expect.stringMatching(/^TLS_/) as string,
  group: expect.stringMatching(/^X25519MLKEM768$|^x25519$/) as string,
  signatureScheme: 'ecdsa_secp256r1_sha256',
  clientSignatureScheme: null,
  alpn: 'h2',
  serverName: 'localhost',
  resumed: false,
  earlyData: false,
  helloRetryRequest: false,
  peer: 'CN=localhost',
  provider: 'noble',
  fips: false,
}

describe('a connection', () => {
  it('carries stdin there and back, and tells both sides what was negotiated', async () => {
    const args = ['--json', '--servername', 'localhost', '--alpn', 'h2', '--provider', 'noble']
    const { code, stdout, stderr } = await connect(echo, args)
    expect({ code, stdout: stdout.toString() }).toEqual({ code: 0, stdout: 'hello' })
    expect(events(stderr)).toEqual([
      facts,
      {
        event: 'closed',
        bytesRead: expect.any(Number) as number,
        bytesWritten: expect.any(Number) as number,
      },
    ])
    await echo.saying(/"event":"connected".*"serverName":"localhost"/)
    const connected = events(echo.output()).find(({ serverName }) => serverName === 'localhost')
    const remote = expect.stringMatching(/^127\.0\.0\.1:\d+$/) as string
    const seen = { ...facts, peer: null, provider: 'node', connection: expect.any(Number) as number, remote }
    expect(connected).toEqual(seen)
  })

  it('tells people the same in rows', async () => {
    const { code, stderr } = await connect(echo)
    expect(code).toBe(0)
    expect(stderr).toMatch(/^connected\n {2}protocol +TLSv1\.3\n {2}cipher suite +TLS_/)
    expect(stderr).toMatch(/\nclosed: \d+ bytes written, \d+ read\n$/)
  })

  it.each(['node', 'webcrypto', 'noble', 'peculiar', 'hybrid'])(
    'carries a mebibyte with --provider %s',
    async (provider) => {
      const bytes = randomBytes(2 ** 20)
      const { code, stdout, stderr } = await connect(echo, ['--json', '--provider', provider], bytes)
      expect({ code, stderr }).toMatchObject({ code: 0 })
      expect(createHash('sha256').update(stdout).digest('hex')).toBe(
        createHash('sha256').update(bytes).digest('hex'),
      )
      expect(events(stderr)[0]).toMatchObject({ provider })
    },
  )

  it('is of the algorithms that are asked for', async () => {
    const ccm = await program.serve([...pair(localhost), '--echo', '--ciphers', 'TLS_AES_128_CCM_SHA256'])
    const lists = ['--ciphers', 'TLS_AES_128_CCM_SHA256,TLS_AES_256_GCM_SHA384', '--groups', 'secp521r1']
    const sigalgs = ['--sigalgs', 'ecdsa_secp256r1_sha256']
    const { code, stderr } = await connect(ccm, ['--json', ...lists, ...sigalgs])
    expect(code).toBe(0)
    expect(events(stderr)[0]).toMatchObject({ cipherSuite: 'TLS_AES_128_CCM_SHA256', group: 'secp521r1' })
    ccm.kill('SIGTERM')
    expect((await ccm.outcome).code).toBe(0)
  })

  it('writes secrets into a key log that only its owner can read', async () => {
    const file = join(files.directory, 'keys.log')
    const { code } = await connect(echo, ['--keylog', file])
    expect(code).toBe(0)
    const labels = readFileSync(file, 'utf8').trim().split('\n')
    expect(labels.map((line) => line.replace(/ [0-9a-f]{64} (?:[0-9a-f]{64}|[0-9a-f]{96})$/, ''))).toEqual([
      'CLIENT_HANDSHAKE_TRAFFIC_SECRET',
      'SERVER_HANDSHAKE_TRAFFIC_SECRET',
      'CLIENT_TRAFFIC_SECRET_0',
      'SERVER_TRAFFIC_SECRET_0',
      'EXPORTER_SECRET',
    ])
    expect(statSync(file).mode & 0o077).toBe(0)
  })

  it('shows each message of both directions as a tree with --trace', async () => {
    const { stderr } = await connect(echo, ['--trace'])
    for (const line of [
      /^sent client_hello, \d+ bytes \(initial\)$/m,
      /^received server_hello, \d+ bytes \(initial\)$/m,
      /^received certificate_verify, \d+ bytes \(handshake\)$/m,
      /^sent finished, \d+ bytes \(handshake\)$/m,
      /^sent alert, 2 bytes \(application\)$/m,
      /cipherSuites/,
    ])
      expect(stderr).toMatch(line)
    const { stderr: json } = await connect(echo, ['--trace', '--json'])
    const hello = events(json).find(({ name }) => name === 'client_hello')
    expect(hello).toMatchObject({ event: 'message', direction: 'sent', level: 'initial', kind: 'handshake' })
    expect(hello?.['tree']).toBeTypeOf('object')
  })
})

describe('a connection that must not be', () => {
  it.each([
    ['the wrong host name', ['--servername', 'example.org'], 'ERR_TLS_CERTIFICATE_NAME', 'bad_certificate'],
    ['nobody to trust', [], 'ERR_TLS_UNKNOWN_CA', 'unknown_ca'],
  ])('%s', async (_, args, code, alert) => {
    const trust = args.length > 0 ? ['--ca', files.ca] : ['--ca', (await strangers()).ca]
    const failed = await program.run(['connect', echo.address, ...trust, '--json', ...args], 'secret')
    expect(failed.code).toBe(1)
    expect(failed.stdout).toHaveLength(0)
    const message = expect.stringMatching(/\w/) as string
    expect(events(failed.stderr)).toEqual([
      { event: 'error', code, alert, direction: 'sent', blame: 'certificate', message },
    ])
    await echo.saying(
      new RegExp(`"code":"ERR_TLS_ALERT_RECEIVED","alert":"${alert}","direction":"received","blame":"peer"`),
    )
    expect((await connect(echo)).code).toBe(0)
  })

  it("an authority that the system's store does not know", async () => {
    const { code, stderr } = await program.run(['connect', echo.address, '--json'], 'secret')
    expect(code).toBe(1)
    expect(events(stderr)).toMatchObject([
      { code: 'ERR_TLS_UNKNOWN_CA', alert: 'unknown_ca', direction: 'sent' },
    ])
  })

  it('is made with --unsafe-accept-any', async () => {
    const args = ['connect', echo.address, '--unsafe-accept-any', '--servername', 'example.org']
    expect(await program.run(args, 'x')).toMatchObject({ code: 0 })
  })

  it('a dead port', async () => {
    const gone = await program.serve([...pair(localhost)])
    gone.kill('SIGTERM')
    await gone.outcome
    const { code, stderr } = await connect(gone, ['--json'])
    expect(code).toBe(1)
    expect(events(stderr)).toEqual([
      {
        event: 'error',
        code: 'ERR_TLS_TRANSPORT',
        alert: null,
        direction: 'none',
        blame: 'transport',
        message: expect.stringContaining('ECONNREFUSED') as string,
      },
    ])
    expect((await connect(gone)).stderr).toMatch(/^error ERR_TLS_TRANSPORT, blame transport: /)
  })

  it('nothing in common', async () => {
    const { code, stderr } = await connect(echo, ['--alpn', 'xmpp', '--json'])
    expect(code).toBe(1)
    expect(events(stderr)).toMatchObject([
      { code: 'ERR_TLS_ALERT_RECEIVED', alert: 'no_application_protocol', direction: 'received' },
    ])
  })
})

let others: CertificateFiles | undefined
afterAll(() => others?.remove())

/** Authorities under other names that sign nothing here. */
async function strangers(): Promise<{ readonly ca: string }> {
  others ??= await certificateFiles()
  const { cert } = await others.issue('ed25519', 'stranger')
  return { ca: cert }
}

describe('several certificates', () => {
  it('are chosen by name and by signature scheme', async () => {
    const issued = await Promise.all([
      files.issue('rsa'),
      files.issue('ed25519'),
      files.issue('p384', 'other.test'),
    ])
    const server = await program.serve([...issued.flatMap(pair), '--echo'])
    const chosen = async (...args: string[]) =>
      events((await connect(server, ['--json', ...args])).stderr)[0]?.['signatureScheme']
    expect(await chosen('--servername', 'localhost')).toBe('rsa_pss_rsae_sha256')
    expect(await chosen('--servername', 'localhost', '--sigalgs', 'ed25519,ecdsa_secp256r1_sha256')).toBe(
      'ed25519',
    )
    expect(await chosen('--servername', 'other.test')).toBe('ecdsa_secp384r1_sha384')
    server.kill('SIGTERM')
  })
})

describe('the end', () => {
  it('SIGINT closes a client in good order, and a server with its clients', async () => {
    const server = await program.serve([...pair(localhost), '--echo', '--json'])
    const [first, second] = [0, 1].map(() =>
      program.start(['connect', server.address, '--ca', files.ca, '--json']),
    )
    await first?.saying(/"connected"/)
    await second?.saying(/"connected"/)
    first?.kill('SIGINT')
    expect((await first?.outcome)?.code).toBe(0)
    await server.saying(/"event":"closed"/)
    server.kill('SIGINT')
    expect((await server.outcome).code).toBe(0)
    expect(await second?.outcome).toMatchObject({ code: 0 })
    expect(events((await server.outcome).stderr).map(({ event }) => event)).toEqual([
      'connected',
      'connected',
      'closed',
      'closed',
    ])
  })

  it('a server whose port is taken fails', async () => {
    const args = ['serve', '--host', '127.0.0.1', '--port', String(echo.port), ...pair(localhost), '--json']
    const { code, stderr } = await program.run(args)
    expect(code).toBe(1)
    expect(events(stderr)).toMatchObject([{ event: 'error', code: 'EADDRINUSE', direction: 'none' }])
  })

  it('who reads us may stop reading', async () => {
    const client = program.start(['connect', echo.address, '--ca', files.ca])
    client.process.stdout.destroy()
    client.write(randomBytes(100_000))
    expect((await client.outcome).code).toBe(0)
  })
})
