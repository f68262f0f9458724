/** Servers to reach through the relay: OpenSSL's, ours, and one that speaks PostgreSQL's first words. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { main } from '@mortise/cli'
import { nodeCrypto } from '@mortise/crypto-node'
import { fixedKey, testAuthority } from '@mortise/testing'
import { createServer as createTlsServer } from '@mortise/tls-node'

export interface Peer {
  readonly port: number
  /** DER of the authority to trust. */
  readonly anchor: Uint8Array
  readonly close: () => Promise<void> | void
}

const host = '127.0.0.1'
const provider = nodeCrypto()

/** A certificate for localhost of an authority made now, in files. */
async function makeFiles() {
  const directory = mkdtempSync(join(tmpdir(), 'demo-peer-'))
  const authority = await testAuthority(provider, Date.now())
  const { certificates } = await authority.issue([host], 'p256', {
    ipAddresses: [Uint8Array.of(127, 0, 0, 1)],
  })
  const [certificate = new Uint8Array(0)] = certificates
  const files = { cert: join(directory, 'cert.pem'), key: join(directory, 'key.pem') }
  writeFileSync(files.cert, pem('CERTIFICATE', certificate))
  writeFileSync(files.key, pem('PRIVATE KEY', fixedKey('p256').pkcs8))
  return { ...files, anchor: authority.certificate, remove: () => rmSync(directory, { recursive: true }) }
}

function pem(label: string, der: Uint8Array): string {
  const lines = Buffer.from(der)
    .toString('base64')
    .replaceAll(/(.{64})/g, '$1\n')
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`
}

/** `openssl s_server -www`; `undefined` where there is no openssl. */
export async function opensslServer(): Promise<Peer | undefined> {
  const { cert, key, anchor, remove } = await makeFiles()
  const child = spawn('openssl', [
    's_server',
    '-accept',
    `${host}:0`,
    '-tls1_3',
    '-www',
    '-cert',
    cert,
    '-key',
    key,
  ])
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  const port = await firstPort(child.stdout)
  if (port === undefined) {
    remove()
    return undefined
  }
  return {
    port,
    anchor,
    close: async () => {
      child.kill()
      await exited
      remove()
    },
  }
}

/** `mortise serve --www`. */
export async function mortiseServer(): Promise<Peer> {
  const { cert, key, anchor, remove } = await makeFiles()
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough().resume()]
  let interrupt = (): void => {}
  const args = ['serve', '--port', '0', '--host', host, '--cert', cert, '--key', key, '--www']
  const ended = main(args, {
    stdin,
    stdout,
    stderr,
    onInterrupt: (listener) => {
      interrupt = listener
    },
  })
  const port = await firstPort(stdout)
  if (port === undefined) throw new Error('mortise serve does not listen')
  return {
    port,
    anchor,
    close: async () => {
      interrupt()
      await ended
      remove()
    },
  }
}

/** SSLRequest, TLS, a StartupMessage, and the request for a password: AuthenticationSASL. */
export async function postgresServer(): Promise<Peer> {
  const authority = await testAuthority(provider, Date.now())
  const credentials = [await authority.issue([host], 'p256', { ipAddresses: [Uint8Array.of(127, 0, 0, 1)] })]
  const tls = createTlsServer({ provider, credentials, alpn: ['postgresql'] }, (socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.write(Buffer.from('R\0\0\0\x17\0\0\0\x0aSCRAM-SHA-256\0\0', 'latin1')))
  })
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => {
      socket.pause()
      socket.write('S')
      tls.emit('connection', socket)
    })
  })
  server.listen(0, host)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    anchor: authority.certificate,
    close: () => void server.close(),
  }
}

/** PostgreSQL that has TLS turned off: N. */
export async function postgresWithoutTls(): Promise<Peer & { readonly connections: () => Promise<number> }> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.write('N'))
  })
  server.listen(0, host)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    anchor: new Uint8Array(0),
    connections: promisify(server.getConnections.bind(server)),
    close: () => void server.close(),
  }
}

async function firstPort(output: NodeJS.ReadableStream): Promise<number | undefined> {
  for await (const line of createInterface({ input: output })) {
    const port = /:(?<port>\d+)\s*$/.exec(line)?.groups?.['port']
    if (port !== undefined) return Number(port)
  }
  return undefined
}
