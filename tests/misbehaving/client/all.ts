/** All that a client has to reject, by the message or layer that is wrong. */
import { HandshakeType } from '@mortise/wire'
import { alerts } from '../both/alerts.ts'
import { authentication as bothAuthentication } from '../both/authentication.ts'
import { compressedCertificate } from '../both/compressedCertificate.ts'
import { delegatedCredential } from '../both/delegatedCredential.ts'
import { judging } from '../both/judging.ts'
import { keyUpdate } from '../both/keyUpdate.ts'
import { records } from '../both/records.ts'
import type { Case } from '../cases.ts'
import type { WrongServer } from '../scenario.ts'
import { authentication } from './authentication.ts'
import { encryptedExtensions } from './encryptedExtensions.ts'
import { helloRetryRequest } from './helloRetryRequest.ts'
import { order } from './order.ts'
import { postHandshake } from './postHandshake.ts'
import { serverHello } from './serverHello.ts'

export const wrongServers: Readonly<Record<string, readonly Case<WrongServer>[]>> = {
  records: records(HandshakeType.server_hello),
  alerts: alerts(HandshakeType.server_hello),
  order,
  ServerHello: serverHello,
  HelloRetryRequest: helloRetryRequest,
  EncryptedExtensions: encryptedExtensions,
  authentication: [
    ...authentication,
    ...bothAuthentication(
      (credential): WrongServer => ({ server: { credentials: [credential] } }),
      ['localhost'],
    ),
    ...delegatedCredential(
      (ours, credential): WrongServer => ({ client: ours, server: { credentials: [credential] } }),
      'server',
      ['localhost'],
    ),
    ...judging(
      (verifier, credential, ours = {}): WrongServer => ({
        client: { verifier, ...ours },
        server: { credentials: [credential] },
      }),
      ['localhost'],
    ),
  ],
  CompressedCertificate: compressedCertificate(
    (client, server): WrongServer => ({ client, server }),
    'client',
  ),
  'after the handshake': postHandshake,
  KeyUpdate: keyUpdate,
}
