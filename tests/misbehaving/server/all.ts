/** All that a server has to reject, by the message or layer that is wrong. */
import { clientCredentials } from '@mortise/tls'
import { HandshakeType } from '@mortise/wire'
import { alerts } from '../both/alerts.ts'
import { compressedCertificate } from '../both/compressedCertificate.ts'
import { authentication as bothAuthentication } from '../both/authentication.ts'
import { delegatedCredential } from '../both/delegatedCredential.ts'
import { judging } from '../both/judging.ts'
import { keyUpdate } from '../both/keyUpdate.ts'
import { records } from '../both/records.ts'
import type { Case } from '../cases.ts'
import type { WrongClient } from '../scenario.ts'
import { authentication } from './authentication.ts'
import { clientHello } from './clientHello.ts'
import { earlyData } from './earlyData.ts'
import { order } from './order.ts'
import { preSharedKeys } from './preSharedKeys.ts'
import { secondClientHello } from './secondClientHello.ts'
import { authenticating } from './settings.ts'

export const wrongClients: Readonly<Record<string, readonly Case<WrongClient>[]>> = {
  records: records(HandshakeType.client_hello),
  alerts: alerts(HandshakeType.client_hello),
  order,
  ClientHello: clientHello,
  'second ClientHello': secondClientHello,
  'pre-shared keys': preSharedKeys,
  'early data': earlyData,
  authentication: [
    ...authentication,
    ...bothAuthentication(
      (credential): WrongClient => ({
        ...authenticating,
        client: { ...authenticating.client, credentials: clientCredentials([credential]) },
      }),
      [],
    ),
    ...delegatedCredential(
      (ours, credential): WrongClient => ({
        client: { credentials: clientCredentials([credential]) },
        server: { ...authenticating.server, ...ours },
      }),
      'client',
      [],
    ),
    ...judging(
      (verifier, credential, ours = {}): WrongClient => ({
        client: { credentials: clientCredentials([credential]) },
        server: { clientAuthentication: { mode: 'require', verifier }, ...ours },
      }),
      [],
    ),
  ],
  CompressedCertificate: compressedCertificate(
    (server, client): WrongClient => ({
      client: { ...authenticating.client, ...client },
      server: { ...authenticating.server, ...server },
    }),
    'server',
  ),
  KeyUpdate: keyUpdate,
}
