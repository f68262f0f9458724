/** The same with a provider whose AEADs answer later, on our side: records are then read by another implementation. */
import { describe } from 'vitest'
import { acceptedOfBoth } from './accepted/both.ts'
import { checkAccepted } from './accepted/accepts.ts'
import { check } from './cases.ts'
import { wrongServers } from './client/all.ts'
import {
  asynchronousProvider as provider,
  clientAgainst,
  serverAgainst,
  type Outcome,
  type WrongClient,
  type WrongServer,
} from './scenario.ts'
import { wrongClients } from './server/all.ts'
import { HandshakeType } from '@mortise/wire'

const client = (wrong: WrongServer): Promise<Outcome> =>
  clientAgainst({ ...wrong, client: { ...wrong.client, provider } })
const server = (wrong: WrongClient): Promise<Outcome> =>
  serverAgainst({ ...wrong, server: { ...wrong.server, provider } })

/** Those in which it is records, keys or their order that is wrong. */
const layers = new Set(['records', 'alerts', 'order', 'early data', 'after the handshake', 'KeyUpdate'])
const chosen = <T>(tables: Readonly<Record<string, T>>): readonly (readonly [string, T])[] =>
  Object.entries(tables).filter(([name]) => layers.has(name))

describe.each(chosen(wrongServers))('our client: %s', (_, cases) => {
  check(cases, client)
})
describe.each(chosen(wrongClients))('our server: %s', (_, cases) => {
  check(cases, server)
})
describe('our client accepts', () => {
  checkAccepted(acceptedOfBoth(HandshakeType.server_hello), client)
})
describe('our server accepts', () => {
  checkAccepted(acceptedOfBoth(HandshakeType.client_hello), server)
})
