/** What the guide's programs find: files in their folder, and a server that calls itself example.org. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fixedKey } from '@mortise/testing'
import { createServer } from '@mortise/tls-node'
import { authority, pem, provider } from './authority.ts'
import type { Loopback } from './loopback.ts'

/** `ca.pem`; `server.pem` and `server.key` for localhost; `client.pem` and `client.key` for a client. */
export async function writeFiles(folder: string): Promise<void> {
  const put = (name: string, text: string): void => writeFileSync(join(folder, name), text)
  put('ca.pem', pem('CERTIFICATE', authority.certificate))
  for (const [name, names] of [
    ['server', ['localhost', 'example.org']],
    ['client', ['client.example']],
  ] as const) {
    const { certificates } = await authority.issue(names, 'p384')
    put(`${name}.pem`, certificates.map((der) => pem('CERTIFICATE', der)).join(''))
    put(`${name}.key`, pem('PRIVATE KEY', fixedKey('p384').pkcs8))
  }
}

const exampleCredential = await authority.issue(['example.org'])

/** An HTTPS server of one page, whose certificate Node trusts. */
export function exampleOrg(network: Loopback): void {
  const server = createServer(
    { provider, credentials: [exampleCredential], alpn: ['http/1.1'] },
    (socket) => {
      socket.on('error', () => {})
      socket.once('data', () => {
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello')
      })
    },
  )
  server.listen(4430)
  network.name('example.org:443', server)
}
