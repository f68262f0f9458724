/** Resumption, early data, pre-shared keys and client certificates by the program's options. */
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { certificateFiles, type CertificateFiles, type IssuedFiles } from '../support/certificateFiles.ts'
import { buildProgram, events, type Program, type Server } from './program.ts'

let files: CertificateFiles
let localhost: IssuedFiles
let alice: IssuedFiles
let program: Program

const pair = ({ cert, key }: IssuedFiles): readonly string[] => ['--cert', cert, '--key', key]

beforeAll(async () => {
  ;[files, program] = await Promise.all([certificateFiles(), buildProgram()])
  localhost = await files.issue('p256')
  alice = await files.issue('ed25519', 'alice')
})

afterAll(() => {
  files.remove()
  program.remove()
})

const serve = (...args: readonly string[]): Promise<Server> =>
  program.serve([...pair(localhost), '--echo', '--json', ...args])

const connect = async (server: Server, args: readonly string[] = [], stdin = 'hello') => {
  const outcome = await program.run(['connect', server.address, '--ca', files.ca, '--json', ...args], stdin)
  const [first, ...rest] = events(outcome.stderr)
  return {
    code: outcome.code,
    stdout: outcome.stdout.toString(),
    first,
    last: rest.at(-1),
    stderr: outcome.stderr,
  }
}

describe('sessions', () => {
  it('are kept in a file that only its owner can read, and resumed from it', async () => {
    const server = await serve()
    const file = join(files.directory, 'session')
    const fresh = await connect(server, ['--session-out', file])
    expect(fresh).toMatchObject({ code: 0, first: { resumed: false } })
    expect(statSync(file).mode & 0o077).toBe(0)
    const before = readFileSync(file)
    const resumed = await connect(server, ['--session-in', file, '--session-out', file])
    expect(resumed).toMatchObject({
      code: 0,
      stdout: 'hello',
      first: { resumed: true, peer: 'CN=localhost' },
    })
    expect(readFileSync(file).equals(before)).toBe(false)
    expect((await connect(server, ['--session-in', file])).first).toMatchObject({ resumed: true })
    server.kill('SIGTERM')
  })

  it('of another server, or without tickets, make a full handshake', async () => {
    const [one, other, none] = await Promise.all([serve(), serve(), serve('--tickets', '0')])
    const file = join(files.directory, 'session-of-one')
    await connect(one, ['--session-out', file])
    expect(await connect(other, ['--session-in', file])).toMatchObject({ code: 0, first: { resumed: false } })
    await connect(one, ['--session-out', file])
    expect(await connect(none, ['--session-in', file])).toMatchObject({ code: 0, first: { resumed: false } })
    for (const server of [one, other, none]) server.kill('SIGTERM')
  })

  it('that cannot be read are a mistake of usage', async () => {
    const file = files.write('no-session', 'no session')
    const { code, stderr } = await program.run(['connect', 'localhost:1', '--session-in', file])
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('is no session') })
  })
})

describe('early data', () => {
  it('arrives before everything else', async () => {
    const server = await serve('--early-data', '1000')
    const session = join(files.directory, 'early-session')
    await connect(server, ['--session-out', session])
    const early = files.write('early', 'early ')
    const args = ['--session-in', session, '--early-data', early]
    expect(await connect(server, args, 'late')).toMatchObject({
      code: 0,
      stdout: 'early late',
      first: { resumed: true, earlyData: true },
    })
    server.kill('SIGTERM')
  })

  it('is not sent if it is too much, and is said not to have arrived', async () => {
    const server = await serve('--early-data', '5')
    const session = join(files.directory, 'small-session')
    await connect(server, ['--session-out', session])
    const early = files.write('long', 'longer than five')
    const outcome = await program.run(
      ['connect', server.address, '--ca', files.ca, '--session-in', session, '--early-data', early],
      'late',
    )
    expect(outcome.stdout.toString()).toBe('late')
    expect(outcome.stderr).toContain('early data: not sent, 16 bytes are more than the 5 the session allows')
    server.kill('SIGTERM')
  })
})

describe('a pre-shared key', () => {
  const psk = ['--psk-identity', 'Client_identity', '--psk', 'c0ffee'.repeat(8)]

  it.each([
    ['SHA-256', [], /^TLS_.*_SHA256$/],
    ['SHA-384', ['--psk-hash', 'sha384'], /^TLS_AES_256_GCM_SHA384$/],
  ])('for %s authenticates both sides, without certificates', async (_, hash, cipherSuite) => {
    const server = await program.serve(['--echo', ...psk, ...hash])
    const { code, stdout, first } = await connect(server, [...psk, ...hash])
    expect({ code, stdout, first }).toMatchObject({
      code: 0,
      stdout: 'hello',
      first: { signatureScheme: null, peer: null },
    })
    expect(first?.['cipherSuite']).toMatch(cipherSuite)
    server.kill('SIGTERM')
  })

  it('that is wrong, or unknown, connects nobody', async () => {
    const server = await program.serve(['--echo', '--json', ...psk])
    const wrong = ['--psk-identity', 'Client_identity', '--psk', 'deadbeef']
    expect(await connect(server, wrong)).toMatchObject({
      code: 1,
      first: { event: 'error', alert: 'decrypt_error', direction: 'received' },
    })
    await server.saying(
      /"code":"ERR_TLS_BAD_BINDER","alert":"decrypt_error","direction":"sent","blame":"peer"/,
    )
    const unknown = ['--psk-identity', 'somebody', '--psk', 'deadbeef']
    expect(await connect(server, unknown)).toMatchObject({ code: 1, first: { direction: 'received' } })
    expect(await connect(server, psk)).toMatchObject({ code: 0 })
    server.kill('SIGTERM')
  })
})

describe('client certificates', () => {
  it('are requested or required', async () => {
    const trust = ['--client-ca', files.ca]
    const requiring = await serve('--client-auth', 'require', ...trust)
    const requesting = await serve('--client-auth', 'request', ...trust)
    const certificate = pair(alice)
    for (const server of [requiring, requesting]) {
      expect(await connect(server, certificate)).toMatchObject({
        code: 0,
        first: { clientSignatureScheme: 'ed25519' },
      })
      await server.saying(/"event":"connected".*"peer":"CN=alice"/)
    }
    expect(await connect(requesting)).toMatchObject({ code: 0 })
    expect(await connect(requiring)).toMatchObject({
      code: 1,
      last: { event: 'error', alert: 'certificate_required', direction: 'received' },
    })
    await requiring.saying(
      /"code":"ERR_TLS_CERTIFICATE_REQUIRED","alert":"certificate_required","direction":"sent"/,
    )
    for (const server of [requiring, requesting]) server.kill('SIGTERM')
  })

  it('of strangers are refused, unless anybody is taken', async () => {
    const { cert: stranger } = await files.issue('rsa', 'stranger')
    const server = await serve('--client-auth', 'require', '--client-ca', stranger)
    expect(await connect(server, pair(alice))).toMatchObject({
      code: 1,
      last: { alert: 'unknown_ca', direction: 'received' },
    })
    const lax = await serve('--client-auth', 'require', '--unsafe-accept-any-client')
    expect(await connect(lax, pair(alice))).toMatchObject({ code: 0 })
    for (const one of [server, lax]) one.kill('SIGTERM')
  })

  it('are remembered when a session is resumed', async () => {
    const server = await serve('--client-auth', 'require', '--client-ca', files.ca)
    const file = join(files.directory, 'alices-session')
    await connect(server, [...pair(alice), '--session-out', file])
    expect(await connect(server, [...pair(alice), '--session-in', file])).toMatchObject({
      code: 0,
      first: { resumed: true },
    })
    await server.saying(/"resumed":true.*"peer":"CN=alice"/)
    server.kill('SIGTERM')
  })
})

it('--session-out that cannot be written is said, and costs no connection', async () => {
  const server = await serve()
  writeFileSync(join(files.directory, 'a-file'), '')
  const out = join(files.directory, 'a-file', 'session')
  const outcome = await program.run(
    ['connect', server.address, '--ca', files.ca, '--session-out', out],
    'hello',
  )
  expect(outcome).toMatchObject({ code: 0, stderr: expect.stringContaining('--session-out') })
  server.kill('SIGTERM')
})
