/** Messages that end at any octet, the length in their header put right: decode_error, and never anything else (RFC 9846 §6). */
import { editBody, type Edit, type PeerAction } from '@mortise/testing'
import { alertDescriptionName, HandshakeType, handshakeTypeName } from '@mortise/wire'
import { describe, expect, it } from 'vitest'
import { clientAgainst, serverAgainst, type Outcome, type Wrong } from '../misbehaving/scenario.ts'
import { clients, servers } from './settings.ts'

type Body = readonly [type: number, length: number]

/** What is still a whole message, or is no more than a wrong value. */
const others: Readonly<Record<number, string>> = {
  // Without extensions, as TLS 1.2 allows it: an older version
  [HandshakeType.client_hello]: 'protocol_version',
  [HandshakeType.server_hello]: 'protocol_version',
  // Any length parses; the hash says which one is due
  [HandshakeType.finished]: 'decrypt_error',
}

describe('servers', () => {
  truncate(servers, clientAgainst)
})
describe('clients', () => {
  truncate(clients, serverAgainst)
})

function truncate<T extends Wrong>(
  kinds: Readonly<Record<string, T>>,
  play: (wrong: T) => Promise<Outcome>,
): void {
  it.each(['client authentication', 'a resumption'].map((name) => [name, kinds[name]] as const))(
    '%s',
    async (_, kind) => {
      if (!kind) throw new Error('unknown kind')
      const alerts = new Set<string>()
      for (const [type, length] of await bodiesOf(kind, play))
        for (let end = 0; end < length; end += length > 200 ? 7 : 1) {
          const {
            connected,
            alerts: [first],
          } = await play({ ...kind, edit: cut(type, end) })
          const alert = first ? alertDescriptionName(first.bytes[1] ?? 255) : 'nothing'
          if (alert !== 'decode_error' || connected)
            alerts.add(`${handshakeTypeName(type)}: ${alert}${connected ? ', connected' : ''}`)
        }
      const allowed = new Set(
        Object.entries(others).map(([type, alert]) => `${handshakeTypeName(Number(type))}: ${alert}`),
      )
      expect([...alerts].filter((item) => !allowed.has(item))).toEqual([])
      expect([...alerts]).toContain('finished: decrypt_error')
    },
  )
}

/** ECDSA signatures differ in length from run to run: a byte at least goes. */
const cut = (type: number, end: number): Edit =>
  editBody(type, (body) => body.subarray(0, Math.min(end, body.length - 1)))

/** Of the messages of the handshake. */
async function bodiesOf<T extends Wrong>(
  kind: T,
  play: (wrong: T) => Promise<Outcome>,
): Promise<readonly Body[]> {
  const bodies: Body[] = []
  const edit: Edit = (actions) => {
    for (const action of actions)
      if (isOfHandshake(action)) bodies.push([action.message[0] ?? 0, action.message.length - 4])
    return actions
  }
  await play({ ...kind, edit })
  return bodies
}

function isOfHandshake(action: PeerAction): action is Extract<PeerAction, { kind: 'send' }> {
  return action.kind === 'send' && action.level !== 'application'
}
