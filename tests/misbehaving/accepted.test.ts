/** What looks wrong, and must be accepted: the last part of the list of negative cases. */
import { HandshakeType } from '@mortise/wire'
import { describe, expect, it } from 'vitest'
import { checkAccepted } from './accepted/accepts.ts'
import { acceptedOfBoth, closedBy, closing } from './accepted/both.ts'
import { acceptedOfServers } from './accepted/client.ts'
import { acceptedOfClients } from './accepted/server.ts'
import { clientAgainst, serverAgainst } from './scenario.ts'

describe('our client', () => {
  checkAccepted([...acceptedOfBoth(HandshakeType.server_hello), ...acceptedOfServers], clientAgainst)
})

describe('our server', () => {
  checkAccepted([...acceptedOfBoth(HandshakeType.client_hello), ...acceptedOfClients], serverAgainst)
})

describe.each([
  ['client', clientAgainst],
  ['server', serverAgainst],
] as const)('the peer of our %s', (_, play) => {
  it.each(closing)(
    'OK-44, OK-45, ALR-09 (RFC 9846 §6.1): closes its own side by $what',
    async ({ alert }) => {
      const { error, endError, received } = await play(closedBy(alert))
      expect([error, endError, [...received]]).toEqual([undefined, undefined, []])
    },
  )
})
