/**
 * Every message in every state of both tables, once: what the table names goes to its handler, what it does not name is
 * unexpected_message (RFC 9846 §4) even if it is malformed as well, and nothing of it ever makes a connection.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { handshakeHeaderLength, HandshakeType, isTlsError, NamedGroup } from '@mortise/wire'
import { clientTransitions } from './client/transitions.ts'
import { nameOf } from './fixtures/alter.ts'
import { makeCredential, trusting, type Parties } from './fixtures/parties.ts'
import { makeWorld, type World } from './fixtures/resumption.ts'
import {
  type CertificateCompression,
  clientCredentials,
  compressedCertificates,
  type Credential,
  type EncryptionLevel,
  type HandshakeAction,
} from './index.ts'
import type { MessageName } from './messages.ts'
import { serverTransitions } from './server/transitions.ts'

type Role = 'client' | 'server'

const tables = { client: clientTransitions, server: serverTransitions }
const levels: readonly EncryptionLevel[] = ['initial', 'early', 'handshake', 'application']
const names: readonly MessageName[] = [
  'ClientHello',
  'ServerHello',
  'HelloRetryRequest',
  'EncryptedExtensions',
  'CertificateRequest',
  'Certificate',
  'CompressedCertificate',
  'CertificateVerify',
  'Finished',
  'EndOfEarlyData',
  'NewSessionTicket',
  'KeyUpdate',
]
/** Types that no state knows: of older versions, of nobody, and the one that never travels. */
const strangers = [0, 12, 14, 16, 22, 99, HandshakeType.message_hash]

/** Keeps what it compressed. */
function makeCompression(): CertificateCompression {
  let kept = new Uint8Array(0)
  return {
    algorithm: 0x4001,
    compress: (bytes) => {
      kept = bytes.slice()
      return Uint8Array.of(1)
    },
    decompress: () => kept,
  }
}

let server: Credential
let client: Credential
let world: World
/** One message of each kind, of other connections. */
let samples: Readonly<Record<MessageName, Uint8Array>>

/** Connections that between them pass through every state. */
const ways = {
  asked: (): Parties =>
    world.pair(
      { credentials: clientCredentials([client], { postHandshake: true }), keyShares: [NamedGroup.x25519] },
      { clientAuthentication: { required: true, verifier: trusting(client) } },
    ),
  retried: (): Parties => {
    const certificateCompression = compressedCertificates([makeCompression()])
    return world.pair(
      { keyShares: [NamedGroup.x25519], certificateCompression },
      { groups: [NamedGroup.secp256r1], certificateCompression },
    )
  },
  early: async (): Promise<Parties> => {
    const earlyData = { maxSize: 100, isFirstUse: () => true }
    const tickets = { ...world.tickets, earlyData }
    return world.pair({ sessions: await world.visit({}, { tickets }), earlyData: true }, { tickets })
  },
}

const wayTo: Readonly<Record<Role, Readonly<Record<string, keyof typeof ways>>>> = {
  client: {
    Start: 'asked',
    ExpectServerHello: 'asked',
    ExpectSecondServerHello: 'retried',
    ExpectEncryptedExtensions: 'asked',
    ExpectCertificateOrRequest: 'asked',
    ExpectCertificate: 'asked',
    ExpectCertificateVerify: 'asked',
    ExpectFinished: 'asked',
    Connected: 'asked',
  },
  server: {
    ExpectClientHello: 'asked',
    ExpectSecondClientHello: 'retried',
    ExpectEndOfEarlyData: 'early',
    ExpectCertificate: 'asked',
    ExpectCertificateVerify: 'asked',
    ExpectFinished: 'asked',
    Connected: 'asked',
    ExpectPostHandshakeCertificateVerify: 'asked',
    ExpectPostHandshakeFinished: 'asked',
  },
}

beforeAll(async () => {
  server = await makeCredential('server')
  client = await makeCredential('client')
  world = makeWorld(server)
  samples = await collect()
})

async function collect(): Promise<Readonly<Record<MessageName, Uint8Array>>> {
  const found = new Map<MessageName, Uint8Array>()
  for (const way of Object.values(ways)) {
    const pair = await way()
    await pair.shakeHands()
    pair.take('client', await pair.client.updateKeys(true))
    await pair.deliver()
    for (const action of [...pair.actions.client, ...pair.actions.server]) {
      const name = action.kind === 'send' && nameOf(action.message)
      if (name) found.set(name, action.message)
    }
  }
  return Object.fromEntries(names.map((name) => [name, sample(found, name)])) as Record<
    MessageName,
    Uint8Array
  >
}

function sample(found: ReadonlyMap<MessageName, Uint8Array>, name: MessageName): Uint8Array {
  const message = found.get(name)
  if (!message) throw new Error(`no ${name} was sent`)
  return message
}

/** The same message with a byte too many in its body. */
function malformed(message: Uint8Array): Uint8Array {
  const longer = Uint8Array.of(...message, 0)
  const length = longer.length - handshakeHeaderLength
  longer.set([length >> 16, (length >> 8) & 0xff, length & 0xff], 1)
  return longer
}

/** A pair of which one side is in `state`, and has nothing more to do by itself. */
async function reach(role: Role, state: string, way = wayTo[role][state] ?? 'asked'): Promise<Parties> {
  const pair = await ways[way]()
  if (role === 'client' && state === 'Start') return pair
  pair.take('client', await pair.client.start())
  await deliverUntil(pair, role, state)
  if (pair[role].state !== state) {
    const { actions, answer } = await pair.server.requestClientCertificate()
    answer.catch(() => {})
    pair.take('server', actions)
    await deliverUntil(pair, role, state)
  }
  expect(pair[role].state).toBe(state)
  return pair
}

async function deliverUntil(pair: Parties, role: Role, state: string): Promise<void> {
  while (pair[role].state !== state) {
    const letter = pair.post.shift()
    if (!letter) return
    const to = letter.from === 'client' ? 'server' : 'client'
    pair.take(to, await pair[to].receive(letter.message, letter.level))
  }
}

/** What comes of a message: the code that it is refused with, or the actions that it leads to. */
async function outcome(
  pair: Parties,
  role: Role,
  message: Uint8Array,
  level: EncryptionLevel,
): Promise<readonly HandshakeAction[] | readonly [code: string, detail: string | undefined]> {
  try {
    return await pair[role].receive(message, level)
  } catch (error) {
    if (!isTlsError(error)) throw error
    return [error.code, error.detail]
  }
}

interface Row {
  readonly level: EncryptionLevel
  readonly on: Partial<Record<MessageName, { readonly next: readonly string[] }>>
}

function rowOf(role: Role, state: string): Row {
  const row = (tables[role] as Readonly<Record<string, Row>>)[state]
  if (!row) throw new Error(`no state ${state}`)
  return row
}

const completes = (actions: readonly unknown[]): boolean =>
  actions.some((action) => typeof action === 'object' && action !== null && 'info' in action)

it('every state of both tables is reached', () => {
  for (const role of ['client', 'server'] as const)
    expect(Object.keys(wayTo[role]).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(
      Object.keys(tables[role]).toSorted((a, b) => (a < b ? -1 : 1)),
    )
})

for (const role of ['client', 'server'] as const)
  describe.each(Object.keys(wayTo[role]))(`the ${role} in %s`, (state) => {
    const { level: due, on } = rowOf(role, state)
    const handled = names.filter((name) => on[name])

    it.each(names.filter((name) => !on[name]))('refuses %s as unexpected_message', async (name) => {
      for (const message of [samples[name], malformed(samples[name])]) {
        const pair = await reach(role, state)
        expect(await outcome(pair, role, message, due)).toEqual([
          'ERR_TLS_UNEXPECTED_MESSAGE',
          `${name} in state ${state}`,
        ])
      }
    })

    it.each(handled)('hands %s to its handler', async (name) => {
      const pair = await reach(role, state)
      const answer = await outcome(pair, role, samples[name], due)
      expect(completes(answer)).toBe(false)
      expect([...(on[name]?.next ?? []), state]).toContain(pair[role].state)
    })

    it.each(handled)('refuses %s under other keys, and goes nowhere after that', async (name) => {
      for (const level of levels.filter((item) => item !== due)) {
        const pair = await reach(role, state)
        expect(await outcome(pair, role, samples[name], level)).toEqual([
          'ERR_TLS_UNEXPECTED_MESSAGE',
          `${name} under ${level} keys, ${due} keys are due`,
        ])
        expect(await outcome(pair, role, samples[name], due)).toEqual([
          'ERR_TLS_INTERNAL',
          'the handshake has already failed',
        ])
      }
    })

    it('refuses types that TLS 1.3 does not have as unexpected_message', async () => {
      for (const type of strangers) {
        const pair = await reach(role, state)
        const message = Uint8Array.of(type, 0, 0, 0)
        const answer = await outcome(pair, role, message, due)
        expect(answer[0]).toBe('ERR_TLS_UNEXPECTED_MESSAGE')
      }
    })
  })

describe('a message that was not agreed on, well-formed or not (RFC 9846 §4)', () => {
  const connected = 'in state Connected'
  it.each<readonly [role: Role, state: string, name: MessageName, way: keyof typeof ways, detail: string]>([
    [
      'client',
      'Connected',
      'CertificateRequest',
      'retried',
      `${connected}, post_handshake_auth was not agreed`,
    ],
    ['server', 'Connected', 'Certificate', 'retried', `${connected}, none was asked for`],
    ['server', 'Connected', 'Certificate', 'asked', `${connected}, none was asked for`],
    ['server', 'Connected', 'CompressedCertificate', 'asked', `${connected}, none was asked for`],
    ...(
      [
        ['client', 'ExpectCertificateOrRequest', 'offered'],
        ['client', 'ExpectCertificate', 'offered'],
        ['server', 'ExpectCertificate', 'requested'],
      ] as const
    ).map(
      ([role, state, done]) =>
        [
          role,
          state,
          'CompressedCertificate',
          'asked',
          `in state ${state}, compress_certificate was not ${done}`,
        ] as const,
    ),
  ])('the %s in %s refuses %s as unexpected_message (%s)', async (role, state, name, way, detail) => {
    for (const message of [samples[name], malformed(samples[name])]) {
      const pair = await reach(role, state, way)
      expect(await outcome(pair, role, message, rowOf(role, state).level)).toEqual([
        'ERR_TLS_UNEXPECTED_MESSAGE',
        `${name} ${detail}`,
      ])
    }
  })

  it('the server that asked later, but for nothing compressed (RFC 8879 §4)', async () => {
    const pair = await reach('server', 'Connected')
    const { answer } = await pair.server.requestClientCertificate()
    answer.catch(() => {})
    const message = malformed(samples.CompressedCertificate)
    expect(await outcome(pair, 'server', message, 'application')).toEqual([
      'ERR_TLS_UNEXPECTED_MESSAGE',
      'CompressedCertificate in state Connected, compress_certificate was not requested',
    ])
  })
})
