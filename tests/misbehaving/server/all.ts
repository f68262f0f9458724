/** All that a server has to reject, by the message or layer that is wrong. */
import { HandshakeType } from '@mortise/wire'
import { alerts } from '../both/alerts.ts'
import { keyUpdate } from '../both/keyUpdate.ts'
import { records } from '../both/records.ts'
import type { Case } from '../cases.ts'
import type { WrongClient } from '../scenario.ts'
import { clientHello } from './clientHello.ts'
import { order } from './order.ts'

export const wrongClients: Readonly<Record<string, readonly Case<WrongClient>[]>> = {
  records: records(HandshakeType.client_hello),
  alerts: alerts(HandshakeType.client_hello),
  order,
  ClientHello: clientHello,
  KeyUpdate: keyUpdate,
}
