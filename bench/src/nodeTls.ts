/** node:tls, at its best: contexts are made once, and it may cache what it likes. */
import * as tls from 'node:tls'
import { hostName, pem, type Identity } from './identity.ts'
import { algorithms, type Subject } from './subject.ts'

export function nodeTls({ anchor, certificate, privateKey }: Identity): Subject {
  const common: tls.SecureContextOptions = {
    minVersion: 'TLSv1.3',
    ciphers: algorithms.suite,
    ecdhCurve: 'X25519',
  }
  const client = tls.createSecureContext({ ...common, ca: pem('CERTIFICATE', anchor) })
  const server: tls.TlsOptions = {
    ...common,
    cert: pem('CERTIFICATE', certificate),
    key: pem('PRIVATE KEY', privateKey),
  }
  return {
    name: 'node:tls',
    listen: (connected) => tls.createServer(server, connected).listen(0, '127.0.0.1'),
    connect: (port) => tls.connect({ port, host: '127.0.0.1', servername: hostName, secureContext: client }),
  }
}
