/**
 * Every extension in every message (RFC 9846 §4.3): what the table does not allow is illegal_parameter, what answers nothing
 * that was asked is unsupported_extension, and what is unknown is ignored where it asks.
 */
import { editExtensions, editFields, inFlight, type Edit } from '@mortise/testing'
import { clientCredentials } from '@mortise/tls'
import {
  AlertDescription,
  Certificate,
  CertificateRequest,
  encode,
  EncryptedExtensions,
  ExtensionType as X,
  extensionTypeName,
  HandshakeType as H,
  NewSessionTicket,
  ServerHello,
  type Extension,
} from '@mortise/wire'
import { describe, expect, it } from 'vitest'
import { retried } from './client/settings.ts'
import {
  acceptsAnyone,
  clientAgainst,
  holding,
  serverAgainst,
  type Outcome,
  type WrongServer,
} from './scenario.ts'
import { clientHelloExtensions, messageRecord } from './scripts.ts'

const none = new Uint8Array(0)

/** The table of RFC 9846 §4.3, and compress_certificate (RFC 8879 §3), record_size_limit (RFC 8449 §4), delegated_credential (RFC 9345 §4). */
const allowed: Readonly<Record<string, string>> = {
  server_name: 'CH EE CR',
  max_fragment_length: 'CH EE',
  status_request: 'CH CR CT',
  supported_groups: 'CH EE',
  signature_algorithms: 'CH CR',
  use_srtp: 'CH EE',
  heartbeat: 'CH EE',
  application_layer_protocol_negotiation: 'CH EE',
  signed_certificate_timestamp: 'CH CR CT',
  client_certificate_type: 'CH EE',
  server_certificate_type: 'CH EE',
  padding: 'CH',
  compress_certificate: 'CH CR',
  record_size_limit: 'CH EE',
  delegated_credential: 'CH CR CT',
  pre_shared_key: 'CH SH',
  early_data: 'CH EE NST',
  supported_versions: 'CH SH HRR',
  cookie: 'CH HRR',
  psk_key_exchange_modes: 'CH',
  certificate_authorities: 'CH CR',
  oid_filters: 'CR',
  post_handshake_auth: 'CH',
  signature_algorithms_cert: 'CH CR',
  key_share: 'CH SH HRR',
}

/** Offered by the client of these tests, beside what all clients offer. */
const client: WrongServer['client'] = {
  alpn: ['h2'],
  recordSizeLimit: 16_385,
  credentials: clientCredentials([], { postHandshake: true }),
  sessions: holding(undefined),
}
const offered = new Set([
  'server_name',
  'supported_groups',
  'signature_algorithms',
  'application_layer_protocol_negotiation',
  'record_size_limit',
  'supported_versions',
  'psk_key_exchange_modes',
  'post_handshake_auth',
  'key_share',
])

const types = Object.entries(X).filter(([name]) => name in allowed)

/** Put in at the front, where no earlier one of its type has been read yet. */
const add =
  (extensionType: number) =>
  (list: readonly Extension[]): readonly Extension[] => [
    { extensionType, extensionData: none },
    ...list.filter((item) => item.extensionType !== extensionType),
  ]

const answers: Readonly<Record<string, (type: number) => WrongServer>> = {
  SH: (type) => ({ client, edit: editExtensions(H.server_hello, ServerHello, add(type)) }),
  HRR: (type) => ({
    client: { ...client, ...retried.client },
    server: retried.server ?? {},
    edit: inFlight(0, editExtensions(H.server_hello, ServerHello, add(type))),
  }),
  EE: (type) => ({
    client,
    server: { alpn: ['h2'] },
    edit: editExtensions(H.encrypted_extensions, EncryptedExtensions, add(type)),
  }),
  CT: (type) => ({ client, edit: entries(add(type)) }),
}

const questions: Readonly<Record<string, (type: number) => WrongServer>> = {
  CR: (type) => ({
    client,
    server: { clientAuthentication: { required: false, verifier: acceptsAnyone } },
    edit: editExtensions(H.certificate_request, CertificateRequest, add(type)),
  }),
  NST: (type) => ({
    client,
    afterwards: (peer) =>
      peer.perform(
        messageRecord(
          H.new_session_ticket,
          encode(NewSessionTicket, {
            ticketLifetime: 9,
            ticketAgeAdd: 0,
            ticketNonce: none,
            ticket: Uint8Array.of(1),
            extensions: add(type)([]),
          }),
        ),
      ),
  }),
}

function entries(change: (list: readonly Extension[]) => readonly Extension[]): Edit {
  return editFields(H.certificate, Certificate, (body) => ({
    ...body,
    certificateList: body.certificateList.map((entry) => ({
      ...entry,
      extensions: change(entry.extensions),
    })),
  }))
}

const alertOf = ({ alerts }: Outcome): number | undefined => alerts[0]?.bytes[1]
const {
  illegal_parameter: illegal,
  unsupported_extension: unsupported,
  unexpected_message: unexpected,
} = AlertDescription

const notIn = (message: string): typeof types =>
  types.filter(([name]) => !allowed[name]?.split(' ').includes(message))

describe.each(Object.entries(answers))('in %s', (message, settings) => {
  it.each(notIn(message))('%s', async (name, type) => {
    const alert = alertOf(await clientAgainst(settings(type)))
    // RFC 9345 §4.1.1 has its own alert for what is unasked, and RFC 9846 §4.3 lets a cookie come unasked where it may be
    expect(alert).toBe(offered.has(name) ? illegal : unsupported)
  })

  it.each(types.filter(([name]) => !offered.has(name) && !(message === 'HRR' && name === 'cookie')))(
    '%s is refused, since nobody asked',
    async (name, type) => {
      const unasked = message === 'CT' && name === 'delegated_credential' ? unexpected : unsupported
      expect(alertOf(await clientAgainst(settings(type)))).toBe(unasked)
    },
  )
})

describe.each(Object.entries(questions))('in %s', (message, settings) => {
  it.each(notIn(message))('%s', async (_, type) => {
    expect(alertOf(await clientAgainst(settings(type)))).toBe(illegal)
  })

  it.each([0xfff0, 0x1a1a])('%i is ignored', async (type) => {
    const { error } = await clientAgainst(settings(type))
    // A CertificateRequest that the server does not know of is in the client's transcript alone
    expect(error?.code).toBe(message === 'CR' ? 'ERR_TLS_BAD_CERTIFICATE_VERIFY' : undefined)
  })
})

describe('in CH', () => {
  it.each(notIn('CH'))('%s', async (_, type) => {
    expect(alertOf(await serverAgainst({ edit: clientHelloExtensions(add(type)) }))).toBe(illegal)
  })
})

it('knows all extensions of the table', () => {
  expect(types.map(([, type]) => extensionTypeName(type)).toSorted()).toEqual(Object.keys(allowed).toSorted())
})
