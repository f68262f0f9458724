// A peer of our tests: servers and clients of node:tls. Reads a job a line, answers each with a line.
import { createHash, randomBytes } from 'node:crypto'
import { createInterface } from 'node:readline'
import { connect, createServer } from 'node:tls'

const sessions = new Map()

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')

/** Options of node:tls as JSON has them: a pre-shared key is a pair of texts. */
function optionsOf({ psk, ...options }, role) {
  const common = { minVersion: 'TLSv1.3', ...options }
  if (!psk) return common
  const { identity, key } = psk
  const found = Buffer.from(key, 'hex')
  return role === 'client'
    ? { ...common, pskCallback: () => ({ psk: found, identity }), checkServerIdentity: () => undefined }
    : { ...common, pskCallback: (_, offered) => (offered === identity ? found : null) }
}

function factsOf(socket) {
  return {
    cipher: socket.getCipher().standardName,
    resumed: socket.isSessionReused(),
    authorized: socket.authorized,
    peer: socket.getPeerCertificate()?.subject?.CN ?? null,
    alpn: socket.alpnProtocol,
  }
}

/** A server that echoes, and says first who it thinks it talks to if it is asked to. */
function serve({ options, introduce }) {
  const server = createServer(optionsOf(options, 'server'), (socket) => {
    socket.on('error', () => {})
    if (introduce) socket.write(`${JSON.stringify(factsOf(socket))}\n`)
    socket.pipe(socket)
  })
  server.on('tlsClientError', () => {})
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve({ port: server.address().port }))
  })
}

/** A client that sends so many bytes, and reads until the end. `remember` and `resume` name a session. */
function visit({ port, options, bytes, remember, resume }) {
  return new Promise((resolve, reject) => {
    const session = resume === undefined ? {} : { session: sessions.get(resume) }
    const settings = {
      host: '127.0.0.1',
      servername: 'localhost',
      ...optionsOf(options, 'client'),
      ...session,
    }
    const socket = connect({ ...settings, port })
    const sent = randomBytes(bytes)
    const received = []
    let facts
    socket.once('secureConnect', () => {
      facts = factsOf(socket)
      socket.write(sent)
    })
    if (remember !== undefined) socket.on('session', (made) => sessions.set(remember, made))
    socket.on('data', (chunk) => received.push(chunk))
    socket.on('error', reject)
    socket.once('close', () =>
      resolve({ ...facts, sent: sha256(sent), received: sha256(Buffer.concat(received)) }),
    )
  })
}

const jobs = { serve, visit }

createInterface({ input: process.stdin }).on('line', async (line) => {
  const { id, job, ...parameters } = JSON.parse(line)
  try {
    const result = await jobs[job](parameters)
    process.stdout.write(`${JSON.stringify({ id, ...result })}\n`)
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ id, error: String(error.message) })}\n`)
  }
})
process.stdin.on('end', () => process.exit())
