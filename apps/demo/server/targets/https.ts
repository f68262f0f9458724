/** A real HTTPS server on loopback, TLS by `@mortise/tls-node`, with keys and certificates made on the spot. */
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { SigningProvider, SigningKey } from '@mortise/crypto'
import { issueCertificate } from '@mortise/testing'
import { loadCredential, sealedTickets } from '@mortise/tls'
import { createServer, type TlsSocket } from '@mortise/tls-node'
import { cipherSuiteName, namedGroupName } from '@mortise/wire'

export interface HttpsTarget {
  readonly port: number
  /** DER of the authority to trust. */
  readonly anchor: Uint8Array
  readonly close: () => void
}

export const httpsServerName = 'localhost'
const day = 86_400_000
/** Bytes of a request that are read before it is answered anyway. */
const maxRequest = 16_384
/** Milliseconds that a client gets for its request, and to say goodbye. */
const patience = 10_000

export async function startHttpsTarget(
  provider: SigningProvider,
  providerName: string,
): Promise<HttpsTarget> {
  const { anchor, credential } = await makeCertificates(provider)
  const server = createServer(
    {
      provider,
      credentials: [credential],
      alpn: ['http/1.1'],
      tickets: {
        store: sealedTickets(provider, { current: { name: provider.random(16), key: provider.random(32) } }),
      },
    },
    (socket) => respond(socket, providerName),
  )
  server.on('tlsClientError', () => {}) // the client knows
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, anchor, close: () => server.close() }
}

function respond(socket: TlsSocket, providerName: string): void {
  const timer = setTimeout(() => socket.destroy(), patience)
  let text = ''
  socket.on('error', () => {})
  socket.once('close', () => clearTimeout(timer))
  socket.on('data', (bytes: Buffer) => {
    if (socket.writableEnded) return
    text += bytes.toString('latin1')
    if (text.includes('\r\n\r\n') || text.length > maxRequest) socket.end(page(socket, providerName))
  })
}

function page({ info }: TlsSocket, providerName: string): string {
  const body = [
    'You have reached a real HTTPS server through a relay that could not read a word of this.',
    '',
    `TLS by          @mortise/tls-node on ${providerName}, Node ${process.version}`,
    `cipher suite    ${info ? cipherSuiteName(info.cipherSuite) : ''}`,
    `key exchange    ${info?.group === undefined ? '' : namedGroupName(info.group)}`,
    `resumed         ${info?.resumed ? 'yes' : 'no'}`,
    '',
  ].join('\n')
  return [
    'HTTP/1.1 200 OK',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n')
}

async function makeCertificates(provider: SigningProvider) {
  const issuer = { subject: 'Mortise demonstration authority', key: await makeKey(provider) }
  const serverKey = await makeKey(provider)
  const common = {
    issuer,
    random: provider.random,
    notBefore: new Date(Date.now() - 60_000),
    notAfter: new Date(Date.now() + 30 * day),
  }
  const anchor = await issueCertificate({
    ...common,
    subject: issuer.subject,
    publicKey: issuer.key.publicKey,
    ca: true,
  })
  const certificate = await issueCertificate({
    ...common,
    subject: httpsServerName,
    dnsNames: [httpsServerName],
    publicKey: serverKey.publicKey,
  })
  return {
    anchor,
    credential: await loadCredential({ provider, certificates: [certificate], privateKey: serverKey }),
  }
}

async function makeKey(provider: SigningProvider): Promise<SigningKey> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return provider.importPrivateKey({ pkcs8: privateKey.export({ format: 'der', type: 'pkcs8' }) })
}
