// `npm run tour`: a real TLS 1.3 server and client over loopback TCP with each provider, certificates made on the spot,
// and a table of what was negotiated and how long it took.
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { Crypto } from '@peculiar/webcrypto'
import type { SigningProvider } from '@mortise/crypto'
import { noble } from '@mortise/crypto-noble'
import { nodeCrypto } from '@mortise/crypto-node'
import { detectWebcrypto } from '@mortise/crypto-webcrypto'
import { issueCertificate } from '@mortise/testing'
import { loadCredential, type ConnectionInfo } from '@mortise/tls'
import { connect, createServer } from '@mortise/tls-node'
import { cipherSuiteName, namedGroupName, signatureSchemeName } from '@mortise/wire'

const bytes = 1_048_576

async function makeKey(provider: SigningProvider) {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return provider.importPrivateKey({ pkcs8: privateKey.export({ format: 'der', type: 'pkcs8' }) })
}

/** Keys made now, and an authority that nobody trusts but who is told to. */
async function makeCertificates(provider: SigningProvider) {
  const authorityKey = await makeKey(provider)
  const serverKey = await makeKey(provider)
  const issuer = { subject: 'Mortise demonstration authority', key: authorityKey }
  const now = Date.now()
  const common = {
    issuer,
    random: provider.random,
    notBefore: new Date(now - 60_000),
    notAfter: new Date(now + 3_600_000),
  }
  const anchor = await issueCertificate({
    ...common,
    subject: issuer.subject,
    publicKey: authorityKey.publicKey,
    ca: true,
  })
  const certificate = await issueCertificate({
    ...common,
    subject: 'localhost',
    dnsNames: ['localhost'],
    publicKey: serverKey.publicKey,
  })
  return {
    anchor,
    credential: await loadCredential({ provider, certificates: [certificate], privateKey: serverKey }),
  }
}

/** A connection that carries a mebibyte there and back. */
async function demonstrate(provider: SigningProvider) {
  const { anchor, credential } = await makeCertificates(provider)
  const server = createServer({ provider, credentials: [credential] }, (socket) => {
    socket.pipe(socket)
    socket.on('error', () => {})
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const started = performance.now()
    const { port } = server.address() as AddressInfo
    const client = connect({ host: '127.0.0.1', port, serverName: 'localhost', anchors: [anchor], provider })
    await once(client, 'secureConnect')
    const connected = performance.now()
    let received = 0
    client.on('data', (chunk: Buffer) => {
      received += chunk.length
      if (received === bytes) client.end()
    })
    client.write(new Uint8Array(bytes))
    await once(client, 'close')
    if (received !== bytes) throw new Error(`${received} of ${bytes} bytes came back`)
    return { info: client.info, handshake: connected - started, transfer: performance.now() - connected }
  } finally {
    server.close()
  }
}

function row(name: string, info: ConnectionInfo | undefined, handshake: number, transfer: number): string[] {
  return [
    name,
    cipherSuiteName(info?.cipherSuite ?? 0),
    namedGroupName(info?.group ?? 0),
    signatureSchemeName(info?.peerSignatureScheme ?? 0),
    `${handshake.toFixed(1)} ms`,
    `${transfer.toFixed(1)} ms`,
  ]
}

const webcrypto = await detectWebcrypto()
const providers: readonly (readonly [string, SigningProvider])[] = [
  ['node', nodeCrypto()],
  ['webcrypto', webcrypto],
  ['noble', noble()],
  ['peculiar', await detectWebcrypto({ crypto: new Crypto() })],
  ['hybrid', { ...webcrypto, hashes: noble().hashes }],
]

console.log(`TLS 1.3 over loopback TCP on Node ${process.version}: client and server, 1 MiB there and back\n`)
const rows = [['provider', 'cipher suite', 'group', 'signature', 'handshake', '1 MiB']]
for (const [name, provider] of providers) {
  const { info, handshake, transfer } = await demonstrate(provider)
  rows.push(row(name, info, handshake, transfer))
}
const widths = rows[0]?.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0))) ?? []
for (const cells of rows)
  console.log(cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
console.log('\nThe first connection of each provider, code still cold. More: npm test; npx mortise --help')
