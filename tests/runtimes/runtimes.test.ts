/** Story: the same packages in other runtimes. Deno and Bun are skipped, with a word, where they are not installed. */
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeCrypto } from '@mortise/crypto-node'
import { testAuthority } from '@mortise/testing'
import { createServer } from '@mortise/tls-node'
import { pem } from '../docs/authority.ts'

const root = new URL('../..', import.meta.url).pathname
const source = '--conditions=@mortise/source'

interface Runtime {
  readonly name: string
  readonly options: readonly string[]
  /** Programs that connect to a server. */
  readonly clients: readonly string[]
}

const runtimes: readonly Runtime[] = [
  {
    name: 'deno',
    options: ['run', '-A', '--no-lock', '--node-modules-dir=manual', source],
    clients: ['denoConn.ts', 'socket.ts'],
  },
  { name: 'bun', options: [source], clients: ['socket.ts'] },
]

const env = {
  ...process.env,
  PATH: [join(root, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter),
  DENO_NO_UPDATE_CHECK: '1',
}

function isInstalled(name: string): boolean {
  try {
    execFileSync(name, ['--version'], { env, stdio: 'ignore' })
    return true
  } catch {
    console.log(`${name} is not installed: its tests are skipped`)
    return false
  }
}

async function run(
  { name, options }: Runtime,
  program: string,
  ...args: readonly string[]
): Promise<unknown> {
  const file = join(root, 'tests/runtimes/programs', program)
  const { stdout } = await promisify(execFile)(name, [...options, file, ...args], {
    cwd: root,
    env,
    timeout: 50_000,
  })
  return JSON.parse(stdout)
}

let server: Server
let folder: string

beforeAll(async () => {
  const provider = nodeCrypto()
  const authority = await testAuthority(provider, Date.now())
  folder = mkdtempSync(join(tmpdir(), 'mortise-runtimes-'))
  writeFileSync(join(folder, 'ca.pem'), pem('CERTIFICATE', authority.certificate))
  const credentials = [await authority.issue(['localhost'])]
  server = createServer({ provider, credentials, alpn: ['echo'] }, (socket) => {
    socket.on('error', () => {})
    socket.pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})

afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

describe.each(runtimes)('$name', (runtime) => {
  describe.skipIf(!isInstalled(runtime.name))('installed', () => {
    it('joins both ends in memory, with noble and with its own Web Crypto, which conforms', async () => {
      expect(await run(runtime, 'memory.ts')).toMatchObject({
        met: {
          noble: { text: 'hello', protocol: 'TLSv1.3' },
          webcrypto: { text: 'hello', protocol: 'TLSv1.3' },
        },
        passed: expect.any(Number) as number,
        failures: [],
      })
    })

    it.each(runtime.clients)('connects to a server on Node: %s', async (program) => {
      const { port } = server.address() as AddressInfo
      expect(await run(runtime, program, String(port), join(folder, 'ca.pem'))).toEqual({
        text: 'hello',
        alpn: 'echo',
      })
    })
  })
})
