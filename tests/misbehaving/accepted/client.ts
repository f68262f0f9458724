/** What a client takes from a server. */
import { inFlight, type PeerAction } from '@mortise/testing'
import { encode, HandshakeType as H, NamedGroup, NewSessionTicket, type Extension } from '@mortise/wire'
import { unsafeAcceptAny } from '@mortise/x509'
import { externalKey, resumed } from '../client/settings.ts'
import { anchors, credential, holding, session, stranger, type WrongServer } from '../scenario.ts'
import { applicationData, flipLast, messageRecord } from '../scripts.ts'
import { accepts, type Accepted } from './accepts.ts'

const takesTickets: WrongServer = { client: { sessions: holding(undefined) } }
const day = 86_400

function ticket(change: Partial<NewSessionTicket> = {}): PeerAction {
  return messageRecord(
    H.new_session_ticket,
    encode(NewSessionTicket, {
      ticketLifetime: 100,
      ticketAgeAdd: 7,
      ticketNonce: Uint8Array.of(0),
      ticket: Uint8Array.of(1, 2, 3),
      extensions: [],
      ...change,
    }),
  )
}

const unknown: Extension = { extensionType: 0xfff0, extensionData: Uint8Array.of(1) }

export const acceptedOfServers: readonly Accepted<WrongServer>[] = [
  accepts<WrongServer>(
    'OK-04',
    '4.7.1',
    'an unknown extension in a ticket',
    {
      ...takesTickets,
      afterwards: (peer) => peer.perform(ticket({ extensions: [unknown] })),
    },
    ({ sessions }) => sessions.length,
    1,
  ),
  accepts<WrongServer>(
    'OK-17',
    '4.7.1',
    'a ticket of lifetime 0 is thrown away',
    {
      ...takesTickets,
      afterwards: (peer) => peer.perform(ticket({ ticketLifetime: 0 })),
    },
    ({ sessions }) => sessions.length,
    0,
  ),
  accepts<WrongServer>(
    'OK-17',
    '4.7.1',
    'a ticket without early_data allows none',
    {
      ...takesTickets,
      afterwards: (peer) => peer.perform(ticket()),
    },
    ({ sessions }) => sessions.map(({ maxEarlyDataSize }) => maxEarlyDataSize),
    [0],
  ),
  accepts<WrongServer>(
    'NST-04',
    '4.7.1',
    'a ticket for eight days is good for seven',
    {
      ...takesTickets,
      afterwards: (peer) => peer.perform(ticket({ ticketLifetime: 8 * day })),
    },
    ({ sessions }) => sessions.map(({ lifetime }) => lifetime),
    [7 * day],
  ),
  accepts<WrongServer>(
    'NST-09',
    '–',
    'of 100 tickets 16 are kept',
    {
      ...takesTickets,
      afterwards: (peer) => peer.perform(...Array.from({ length: 100 }, () => ticket())),
    },
    ({ sessions }) => sessions.length,
    16,
  ),
  accepts<WrongServer>(
    'OK-40',
    '4.7.1',
    'a ticket for a client that takes none',
    {
      afterwards: (peer) => peer.perform(ticket()),
    },
    ({ sessions }) => sessions.length,
    0,
  ),
  accepts<WrongServer>(
    'OK-39',
    '4.7.1',
    'a ticket right behind Finished',
    {
      ...takesTickets,
      edit: inFlight(0, (actions) => [...actions, ticket()]),
    },
    ({ sessions }) => sessions.length,
    1,
  ),
  accepts<WrongServer>(
    'OK-50',
    '4.5.3',
    'application data right behind Finished',
    {
      edit: inFlight(0, (actions) => [...actions, applicationData]),
    },
    ({ received }) => [...received],
    [1, 2, 3, 1, 2, 3],
  ),
  accepts<WrongServer>('OK-19', '4.3.7', 'supported_groups in EncryptedExtensions', {
    server: { announceGroups: true },
  }),
  accepts<WrongServer>('OK-34', 'E.4', 'a session id echoed without change_cipher_spec', {
    edit: (actions) => actions.filter(({ kind }) => kind !== 'sendChangeCipherSpec'),
  }),
  accepts<WrongServer>('OK-34', '4.2.3', 'no session id', { client: { compatibilityMode: false } }),
  accepts<WrongServer>('OK-36', '4.5.1', 'a superfluous certificate behind the leaf', {
    server: {
      credentials: [{ ...credential, certificates: [...credential.certificates, stranger.certificate] }],
    },
  }),
  accepts<WrongServer>('OK-18', '4.5.1', 'no extensions beside any certificate', {
    server: { credentials: [{ ...credential, certificates: [...credential.certificates, ...anchors] }] },
  }),
  accepts<WrongServer>('OK-35', '4.4.1', 'no extensions in EncryptedExtensions', {
    client: { serverName: '127.0.0.1', verifier: unsafeAcceptAny() },
  }),
  accepts<WrongServer>('OK-37', '4.5.1.2', 'a trust anchor whose own signature does not verify', {
    client: { anchors: anchors.map(flipLast) },
  }),
  accepts<WrongServer>(
    'OK-27',
    '4.2.1',
    'a key alone, under psk_ke',
    externalKey({ pskKeyExchangeModes: [0] }),
  ),
  accepts<WrongServer>('OK-32', '4.2.2', 'HelloRetryRequest with a cookie', {
    client: { keyShares: [NamedGroup.x25519] },
    server: { groups: [NamedGroup.secp256r1], retryCookie: () => Uint8Array.of(7) },
  }),
  accepts<WrongServer>(
    'OK-22',
    '4.3.10',
    'early data is declined',
    async () => {
      const { client, server } = await resumed(100)
      return {
        client: client ?? {},
        server: {
          tickets: { redeem: server?.tickets?.redeem ?? (() => undefined), issue: () => Uint8Array.of(1) },
        },
      }
    },
    ({ earlyData }) => earlyData,
    false,
  ),
  accepts<WrongServer>(
    'OK-51',
    '4.3.11.1',
    'a session past its lifetime is not offered',
    async () => {
      const { session: first, store } = await session()
      const old = { ...first, createdAt: first.createdAt - 2 * day * 1000 }
      return {
        client: { sessions: holding(old) },
        server: { tickets: store },
      }
    },
    ({ ours }) => ours.info?.resumed,
    false,
  ),
]
