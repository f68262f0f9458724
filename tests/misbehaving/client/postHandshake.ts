/** Servers that do wrong after the handshake: tickets and requests for a certificate (RFC 9846 §4.7.1, §4.7.2). */
import type { ScriptedPeer } from '@mortise/testing'
import { clientCredentials } from '@mortise/tls'
import {
  CertificateRequest,
  encode,
  ExtensionType as X,
  HandshakeType as H,
  NewSessionTicket,
  type Extension,
} from '@mortise/wire'
import { rejects, type Case } from '../cases.ts'
import {
  duplicate,
  excess,
  illegal,
  malformed,
  manyKeyUpdates,
  missingExtension,
  notAllowedHere,
  unexpected,
  wrongContext,
  type Refusal,
} from '../refusals.ts'
import { clientCredential, holding, type WrongServer } from '../scenario.ts'
import { messageRecord, record } from '../scripts.ts'
import { externalKey } from './settings.ts'

const takesTickets: WrongServer = { client: { sessions: holding(undefined) } }
const mayBeAsked: WrongServer = {
  client: { credentials: clientCredentials([clientCredential], { postHandshake: true }) },
}

function ticket(change: Partial<NewSessionTicket>): Uint8Array {
  return encode(NewSessionTicket, {
    ticketLifetime: 100,
    ticketAgeAdd: 7,
    ticketNonce: Uint8Array.of(0),
    ticket: Uint8Array.of(1, 2, 3),
    extensions: [],
    ...change,
  })
}

const withExtensions = (...extensions: readonly Extension[]): Uint8Array => ticket({ extensions })
const extension = (extensionType: number, ...body: readonly number[]): Extension => ({
  extensionType,
  extensionData: Uint8Array.from(body),
})
const earlyData = extension(X.early_data, 0, 0, 0, 9)

const tickets: readonly (readonly [
  id: string,
  ref: string,
  what: string,
  refusal: Refusal,
  body: Uint8Array,
])[] = [
  [
    'NST-03',
    '4.7.1',
    'a ticket of no bytes',
    malformed,
    Uint8Array.of(0, 0, 0, 9, 0, 0, 0, 7, 0, 0, 0, 0, 0),
  ],
  ['NST-05', '4.3', 'early_data twice', duplicate, withExtensions(earlyData, earlyData)],
  [
    'NST-05',
    '4.3',
    'an unknown extension twice',
    duplicate,
    withExtensions(extension(0xfff0), extension(0xfff0)),
  ],
  ['NST-06', '4.3.10', 'early_data of no bytes', malformed, withExtensions(extension(X.early_data))],
  [
    'NST-06',
    '4.3.10',
    'early_data of three bytes',
    malformed,
    withExtensions(extension(X.early_data, 0, 0, 9)),
  ],
  [
    'NST-06',
    '4.3.10',
    'early_data of five bytes',
    malformed,
    withExtensions(extension(X.early_data, 0, 0, 0, 9, 0)),
  ],
  ['MSG-11', '4.3', 'a ticket with key_share', notAllowedHere, withExtensions(extension(X.key_share))],
  ['MSG-11', '4.3', 'a ticket with server_name', notAllowedHere, withExtensions(extension(X.server_name))],
  ['MSG-05', '6', 'a ticket that ends too early', malformed, ticket({}).subarray(0, -1)],
  ['MSG-05', '6', 'an empty NewSessionTicket', malformed, new Uint8Array(0)],
  [
    'MSG-06',
    '6',
    'a byte behind the last field of NewSessionTicket',
    malformed,
    Uint8Array.of(...ticket({}), 0),
  ],
  [
    'MSG-07',
    '3.4',
    'a nonce that overruns the ticket',
    malformed,
    Uint8Array.of(0, 0, 0, 9, 0, 0, 0, 7, 255, 0, 1, 7, 0, 0),
  ],
]

const schemes = extension(X.signature_algorithms, 0, 2, 4, 3)
const request = (context: number, extensions: readonly Extension[] = [schemes]): Uint8Array =>
  encode(CertificateRequest, { certificateRequestContext: Uint8Array.of(context), extensions })
const asks =
  (...bodies: readonly Uint8Array[]) =>
  async (peer: ScriptedPeer): Promise<void> => {
    for (const body of bodies) await peer.perform(messageRecord(H.certificate_request, body))
  }

const requests: readonly (readonly [
  id: string,
  ref: string,
  what: string,
  refusal: Refusal,
  body: Uint8Array,
])[] = [
  ['CR-04', '4.4.2', 'a request without signature_algorithms', missingExtension, request(1, [])],
  [
    'CR-05',
    '4.3.3',
    'a request without signature schemes',
    malformed,
    request(1, [extension(X.signature_algorithms, 0, 0)]),
  ],
  [
    'CR-06',
    '4.3.4',
    'a request without authorities',
    malformed,
    request(1, [schemes, extension(X.certificate_authorities, 0, 0)]),
  ],
  ['CR-07', '4.3', 'a request with key_share', notAllowedHere, request(1, [schemes, extension(X.key_share)])],
  [
    'CR-13',
    '4.3.5',
    'a request with an OID twice',
    illegal,
    request(1, [schemes, extension(X.oid_filters, 0, 12, 3, 6, 1, 0x55, 0, 0, 3, 6, 1, 0x55, 0, 0)]),
  ],
  ['MSG-10', '4.3', 'a request with signature_algorithms twice', duplicate, request(1, [schemes, schemes])],
  ['MSG-05', '6', 'a request that ends too early', malformed, request(1).subarray(0, -1)],
  ['MSG-06', '6', 'a byte behind the last field of a request', malformed, Uint8Array.of(...request(1), 0)],
]

export const postHandshake: readonly Case<WrongServer>[] = [
  ...tickets.map(([id, ref, what, refusal, body]) =>
    rejects<WrongServer>(id, ref, what, ...refusal, {
      ...takesTickets,
      afterwards: (peer) => peer.perform(messageRecord(H.new_session_ticket, body)),
    }),
  ),
  rejects('NST-03', '4.7.1', 'a ticket of no bytes for a client that takes none', ...malformed, {
    afterwards: (peer) =>
      peer.perform(messageRecord(H.new_session_ticket, [0, 0, 0, 9, 0, 0, 0, 7, 0, 0, 0, 0, 0])),
  }),
  ...requests.map(([id, ref, what, refusal, body]) =>
    rejects<WrongServer>(id, ref, what, ...refusal, { ...mayBeAsked, afterwards: asks(body) }),
  ),
  rejects('CR-09', '4.4.2', 'a context that comes twice', ...wrongContext, {
    ...mayBeAsked,
    afterwards: asks(request(1), request(2), request(1)),
  }),
  rejects('CR-09', '4.4.2', 'the empty context of the handshake again', ...wrongContext, {
    client: mayBeAsked.client ?? {},
    server: {
      clientAuthentication: {
        required: false,
        verifier: {
          verify: ({ certificates }) => ({ publicKey: clientCredential.key.publicKey, certificates }),
        },
      },
    },
    afterwards: asks(Uint8Array.of(0, 0, 8, 0, 13, 0, 4, 0, 2, 4, 3)),
  }),
  rejects('CR-08', '–', '33 requests without application data between them', ...manyKeyUpdates, {
    ...mayBeAsked,
    afterwards: asks(...Array.from({ length: 33 }, (_, i) => request(i))),
  }),
  rejects('CR-15', '4.4.2', 'a request on a connection of an external key', ...unexpected, {
    client: { ...mayBeAsked.client, ...externalKey({}).client },
    server: externalKey({}).server ?? {},
    afterwards: asks(request(1)),
  }),
  rejects('KU-04', '5.1', 'a ticket behind a KeyUpdate in one record', ...excess, {
    ...takesTickets,
    afterwards: (peer) => peer.perform(record(22, [H.key_update, 0, 0, 1, 0, H.new_session_ticket, 0, 0, 0])),
  }),
]
