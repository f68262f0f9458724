/**
 * The shim of conformance/bogo, with this test in the place of BoringSSL's runner: it listens on loopback TCP, the shim
 * connects to it and says its id in 64 bits, then there is TLS between the two.
 */
import { execFile, type ExecFileException } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Duplex } from 'node:stream'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeCrypto } from '@mortise/crypto-node'
import { fixedKey, testAuthority, type TestAuthority } from '@mortise/testing'
import {
  accept,
  connect,
  memorySessions,
  memoryTickets,
  unsafeAcceptAny,
  type ByteStream,
  type Credential,
  type TlsConnection,
} from '@mortise/tls'

const provider = nodeCrypto()
const shimFolder = new URL('../../conformance/bogo', import.meta.url).pathname

let folder: string
let authority: TestAuthority
let credential: Credential

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mortise-bogo-'))
  await build({
    root: shimFolder,
    configFile: join(shimFolder, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: folder },
  })
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  authority = await testAuthority(provider, Date.now())
  credential = await authority.issue(['localhost'], 'p256')
  writePem('certificate.pem', 'CERTIFICATE', ...credential.certificates)
  writePem('key.pem', 'PRIVATE KEY', fixedKey('p256').pkcs8)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function writePem(file: string, label: string, ...blocks: readonly Uint8Array[]): void {
  const text = blocks.map(
    (der) => `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64')}\n-----END ${label}-----\n`,
  )
  writeFileSync(join(folder, file), text.join(''))
}

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

function runShim(flags: readonly string[], name = 'node'): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(folder, 'shim.js'), ...flags],
      { env: { ...process.env, MORTISE_PROVIDER: name }, timeout: 30_000 },
      (error: ExecFileException | null, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    )
  })
}

interface Served extends Ended {
  readonly ids: readonly bigint[]
}

/** Starts the shim, and serves each of its connections by `serve`, which settles when it is done with it. */
async function withRunner(
  flags: readonly string[],
  serve: (stream: ByteStream) => Promise<unknown>,
  name?: string,
): Promise<Served> {
  const ids: bigint[] = []
  const served: Promise<unknown>[] = []
  const server = createServer((socket) => {
    const done = readId(socket).then((id) => {
      ids.push(id)
      return serve(Duplex.toWeb(socket) as ByteStream)
    })
    done.catch(() => {}) // comes out below
    served.push(done)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  try {
    const ended = await runShim(['-port', String(port), '-shim-id', '72623859790382856', ...flags], name)
    await Promise.all(served)
    return { ...ended, ids }
  } finally {
    server.close()
  }
}

async function readId(socket: Socket): Promise<bigint> {
  for (;;) {
    const bytes = socket.read(8) as Buffer | null
    if (bytes) return bytes.readBigUInt64LE()
    await new Promise((resolve) => socket.once('readable', resolve))
  }
}

/** Says something, hears it inverted, and closes. */
async function exchange(connection: TlsConnection): Promise<TlsConnection> {
  const writer = connection.writable.getWriter()
  const reader = connection.readable.getReader()
  await writer.write(Uint8Array.of(1, 2, 0xff))
  expect((await reader.read()).value).toEqual(Uint8Array.of(0xfe, 0xfd, 0))
  await writer.close()
  expect((await reader.read()).done).toBe(true)
  return connection
}

/** The shim expects a ticket of each connection, as BoringSSL's clients do. */
const asServer = (stream: ByteStream): Promise<TlsConnection> =>
  accept(stream, { provider, credentials: [credential], tickets: { store: memoryTickets(provider) } })

describe("the shim's side of the runner's protocol", () => {
  it('has no handshaker', async () => {
    expect(await runShim(['-is-handshaker-supported'])).toEqual({ code: 0, stdout: 'No\n', stderr: '' })
  })

  it('answers 89 to a flag that it does not know, and to versions that it does not speak', async () => {
    expect(await runShim(['-port', '1', '-no-such-flag'])).toMatchObject({ code: 89 })
    expect(await runShim(['-port', '1', '-max-version', '771'])).toMatchObject({ code: 89 })
    expect(await runShim(['-port', '1', '-curves', '65000'])).toMatchObject({ code: 89 })
  })

  it.each([
    ['node', []],
    ['node', ['-async']],
    ['noble', []],
    ['webcrypto', []],
  ])('is a client, %s %j', async (name, flags) => {
    const ended = await withRunner(flags, async (stream) => exchange(await asServer(stream)), name)
    expect(ended).toEqual({ code: 0, stdout: '', stderr: '', ids: [72623859790382856n] })
  })

  it.each([['-async'], ['-expect-no-hrr']])('is a server, and resumes, %s', async (flag) => {
    const sessions = memorySessions()
    const resumed: boolean[] = []
    const ended = await withRunner(
      [
        '-server',
        '-cert-file',
        join(folder, 'certificate.pem'),
        '-key-file',
        join(folder, 'key.pem'),
        '-resume-count',
        '1',
        flag,
      ],
      async (stream) => {
        const connection = await connect(stream, {
          provider,
          serverName: 'localhost',
          anchors: [authority.certificate],
          sessions,
        })
        resumed.push(connection.info.resumed)
        await exchange(connection)
      },
    )
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(resumed).toEqual([false, true])
  })

  it('takes flags for a resumption apart from those for the first connection', async () => {
    const tickets = { store: memoryTickets(provider) }
    // The shim has nothing to say any more where an expectation does not hold
    const serve = async (stream: ByteStream): Promise<unknown> =>
      exchange(await accept(stream, { provider, credentials: [credential], tickets })).catch(() => {})
    const flags = ['-resume-count', '1', '-on-resume-expect-session-miss']
    const ended = await withRunner(flags, serve)
    expect(ended.code).toBe(1)
    expect(ended.stderr).toContain('resumption is true, false was expected')
    expect(ended.ids).toHaveLength(2)
  })

  it('expects a ticket, unless it is told that there is none', async () => {
    const serve = async (stream: ByteStream): Promise<unknown> =>
      exchange(await accept(stream, { provider, credentials: [credential] }))
    expect(await withRunner(['-expect-no-session'], serve)).toMatchObject({ code: 0, stderr: '' })
    const ended = await withRunner([], serve)
    expect(ended.code).toBe(1)
    expect(ended.stderr).toContain('a new session is false, true was expected')
  })

  it('fails where an expectation does not hold', async () => {
    const ended = await withRunner(['-expect-alpn', 'h2'], (stream) =>
      asServer(stream)
        .then(exchange, () => {})
        .catch(() => {}),
    )
    expect(ended).toMatchObject({ code: 1 })
    expect(ended.stderr).toContain('ALPN is , h2 was expected')
  })

  it('says the code of a failure on stderr, and the alert to the runner, which has to notice', async () => {
    const seen: unknown[] = []
    const ended = await withRunner(['-verify-peer', '-verify-fail'], (stream) =>
      asServer(stream).catch((error: unknown) => seen.push(error)),
    )
    expect(ended).toMatchObject({ code: 0 })
    expect(ended.stderr).toMatch(/^ERR_TLS_CERTIFICATE_UNKNOWN 40 /)
    expect(seen).toMatchObject([{ code: 'ERR_TLS_ALERT_RECEIVED', alert: 40 }])
  })

  it('does not go on where its peer fails', async () => {
    const ended = await withRunner(
      ['-server', '-cert-file', join(folder, 'certificate.pem'), '-key-file', join(folder, 'key.pem')],
      (stream) =>
        connect(stream, {
          provider,
          verifier: {
            ...unsafeAcceptAny(),
            verify: () => {
              throw new Error('no')
            },
          },
        }).catch(() => {}),
    )
    expect(ended).toMatchObject({ code: 1 })
    expect(ended.stderr).toMatch(/^ERR_TLS_ALERT_RECEIVED /)
  })
})
