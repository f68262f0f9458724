import { describe, expect, test } from 'vitest'
import { TlsError } from '../errors/TlsError.ts'
import { greaseValues } from '../grease.ts'
import { ExtensionType, extensionTypeName } from '../registry/extensionType.ts'
import { isAllowedIn } from './allowed.ts'
import { checkExtensions } from './checkExtensions.ts'
import type { Extension } from './Extension.ts'
import { extensionDefinitions } from './extensionDefinitions.ts'
import type { ExtensionMessage } from './message.ts'

const responses: readonly ExtensionMessage[] = [
  'serverHello',
  'helloRetryRequest',
  'encryptedExtensions',
  'certificate',
]
const requests: readonly ExtensionMessage[] = ['clientHello', 'certificateRequest', 'newSessionTicket']
const messages = [...requests, ...responses]

/** RFC 9846 §4.3, Table 1, and the IANA registry for the two that are not "recommended". */
const abbreviations: Readonly<Record<string, ExtensionMessage>> = {
  CH: 'clientHello',
  SH: 'serverHello',
  EE: 'encryptedExtensions',
  CT: 'certificate',
  CR: 'certificateRequest',
  NST: 'newSessionTicket',
  HRR: 'helloRetryRequest',
}
const table: readonly (readonly [name: keyof typeof ExtensionType, messages: string])[] = [
  ['server_name', 'CH, EE, CR'],
  ['status_request', 'CH, CR, CT'],
  ['supported_groups', 'CH, EE'],
  ['signature_algorithms', 'CH, CR'],
  ['use_srtp', 'CH, EE'],
  ['heartbeat', 'CH, EE'],
  ['application_layer_protocol_negotiation', 'CH, EE'],
  ['client_certificate_type', 'CH, EE'],
  ['server_certificate_type', 'CH, EE'],
  ['padding', 'CH'],
  ['compress_certificate', 'CH, CR'],
  ['record_size_limit', 'CH, EE'],
  ['delegated_credential', 'CH, CR, CT'],
  ['supported_ekt_ciphers', 'CH, EE'],
  ['pre_shared_key', 'CH, SH'],
  ['early_data', 'CH, EE, NST'],
  ['supported_versions', 'CH, SH, HRR'],
  ['cookie', 'CH, HRR'],
  ['psk_key_exchange_modes', 'CH'],
  ['certificate_authorities', 'CH, CR'],
  ['oid_filters', 'CR'],
  ['post_handshake_auth', 'CH'],
  ['signature_algorithms_cert', 'CH, CR'],
  ['key_share', 'CH, SH, HRR'],
  ['transparency_info', 'CH, CR, CT'],
  ['external_id_hash', 'CH, EE'],
  ['external_session_id', 'CH, EE'],
  ['quic_transport_parameters', 'CH, EE'],
  ['ticket_request', 'CH, EE'],
  ['ech_outer_extensions', 'CH'],
  ['encrypted_client_hello', 'CH, HRR, EE'],
  ['max_fragment_length', 'CH, EE'],
  ['signed_certificate_timestamp', 'CH, CR, CT'],
]

const extension = (extensionType: number): Extension => ({ extensionType, extensionData: new Uint8Array(0) })
const everything: ReadonlySet<number> = new Set(Array.from({ length: 0x10000 }, (_, type) => type))
const unknown = 0x7fff

function codeOf(types: readonly number[], message: ExtensionMessage, offered?: ReadonlySet<number>): string {
  try {
    checkExtensions(types.map(extension), message, offered)
    return 'ok'
  } catch (error) {
    return error instanceof TlsError ? error.code : String(error)
  }
}

describe.each(table)('RFC 9846 §4.3: %s in %s', (name, where) => {
  const type = ExtensionType[name]
  const allowed = new Set(where.split(', ').map((short) => abbreviations[short]))

  test.each(messages)('%s', (message) => {
    const asked = codeOf([type], message, requests.includes(message) ? undefined : everything)
    expect(asked).toBe(allowed.has(message) ? 'ok' : 'ERR_TLS_EXTENSION_NOT_ALLOWED')
  })
})

test('RFC 9846 §4.3: each definition has a body for just the messages of the table', () => {
  const listed = extensionDefinitions.map(({ type, messages: bodies }) => [
    extensionTypeName(type),
    Object.keys(bodies).toSorted(),
  ])
  const expected = extensionDefinitions.map(({ type }) => [
    extensionTypeName(type),
    messages.filter((message) => isAllowedIn(type, message)).toSorted(),
  ])
  expect(listed).toEqual(expected)
})

describe('RFC 9846 §4.3: answers', () => {
  test.each(responses)('%s: not asked for is unsupported_extension, known or not', (message) => {
    const offered = new Set<number>()
    expect(codeOf([ExtensionType.supported_versions], message, offered)).toBe('ERR_TLS_UNSOLICITED_EXTENSION')
    expect(codeOf([unknown], message, offered)).toBe('ERR_TLS_UNSOLICITED_EXTENSION')
  })

  test.each(responses)(
    '%s: not asked for and in the wrong message is unsupported_extension too',
    (message) => {
      expect(codeOf([ExtensionType.oid_filters], message, new Set())).toBe('ERR_TLS_UNSOLICITED_EXTENSION')
    },
  )

  test.each(responses)(
    'RFC 8701 §3.1: %s: GREASE that comes back is unsupported_extension, although offered',
    (message) => {
      for (const value of greaseValues)
        expect(codeOf([value], message, everything)).toBe('ERR_TLS_UNSOLICITED_EXTENSION')
    },
  )

  test('HelloRetryRequest may bring a cookie unasked, and no other message', () => {
    expect(codeOf([ExtensionType.cookie], 'helloRetryRequest', new Set())).toBe('ok')
    expect(codeOf([ExtensionType.cookie], 'serverHello', new Set())).toBe('ERR_TLS_UNSOLICITED_EXTENSION')
    expect(codeOf([ExtensionType.cookie], 'serverHello', everything)).toBe('ERR_TLS_EXTENSION_NOT_ALLOWED')
  })

  test('an unknown extension that was asked for is none of our business', () => {
    expect(codeOf([unknown], 'encryptedExtensions', new Set([unknown]))).toBe('ok')
  })
})

describe('RFC 9846 §4.3: questions', () => {
  test.each(requests)('%s: what is unknown is ignored, GREASE too', (message) => {
    expect(codeOf([unknown, ...greaseValues], message)).toBe('ok')
  })

  test('extensions of TLS 1.2 are for ClientHello alone', () => {
    const old = [
      ExtensionType.session_ticket,
      ExtensionType.extended_main_secret,
      ExtensionType.renegotiation_info,
    ]
    expect(codeOf(old, 'clientHello')).toBe('ok')
    expect(codeOf(old, 'certificateRequest')).toBe('ERR_TLS_EXTENSION_NOT_ALLOWED')
    expect(codeOf(old, 'encryptedExtensions', everything)).toBe('ERR_TLS_EXTENSION_NOT_ALLOWED')
    expect(codeOf(old, 'encryptedExtensions', new Set())).toBe('ERR_TLS_UNSOLICITED_EXTENSION')
  })
})

describe('RFC 9846 §4.3: no extension twice', () => {
  test.each(messages)('%s', (message) => {
    const offered = requests.includes(message) ? undefined : everything
    const known = table.find(([name]) => isAllowedIn(ExtensionType[name], message))?.[0] ?? 'key_share'
    const type = ExtensionType[known]
    expect(codeOf([type, unknown, type], message, offered)).toBe('ERR_TLS_DUPLICATE_EXTENSION')
    expect(codeOf([unknown, unknown], message, offered)).toBe('ERR_TLS_DUPLICATE_EXTENSION')
  })

  test('says which one, and where', () => {
    expect(() => checkExtensions([extension(51), extension(51)], 'clientHello', undefined)).toThrow(
      'key_share in ClientHello',
    )
  })
})

test('RFC 9846 §4.3.11: pre_shared_key is the last extension of a ClientHello, and anywhere in a ServerHello', () => {
  const { pre_shared_key: psk, key_share: share } = ExtensionType
  expect(codeOf([share, psk], 'clientHello')).toBe('ok')
  expect(codeOf([psk, share], 'clientHello')).toBe('ERR_TLS_PSK_NOT_LAST')
  expect(codeOf([psk, unknown], 'clientHello')).toBe('ERR_TLS_PSK_NOT_LAST')
  expect(codeOf([psk, psk], 'clientHello')).toBe('ERR_TLS_DUPLICATE_EXTENSION')
  expect(codeOf([psk, share], 'serverHello', everything)).toBe('ok')
})
