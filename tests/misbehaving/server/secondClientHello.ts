/** Clients whose second ClientHello is wrong (RFC 9846 §4.2.2, §4.2.4). */
import { changeMessage, editFields, inFlight, writeAfter, type Edit } from '@mortise/testing'
import {
  CipherSuite,
  ClientHello,
  ContentType,
  ExtensionType as X,
  HandshakeType as H,
  NamedGroup,
  type Extension,
} from '@mortise/wire'
import { edited, rejects, type Case } from '../cases.ts'
import {
  badBinder,
  excess,
  helloChanged,
  illegal,
  malformed,
  missingExtension,
  protocolVersion,
  truncated,
  unexpected,
  wrongCookie,
  type Refusal,
} from '../refusals.ts'
import type { WrongClient } from '../scenario.ts'
import { clientHelloExtensions, leaveOut, messageRecord, put, record } from '../scripts.ts'
import { retrying, resuming } from './settings.ts'

const edit = (change: (list: readonly Extension[]) => readonly Extension[]): Edit =>
  clientHelloExtensions(change)
const fields = (change: (hello: ClientHello) => Partial<ClientHello>): Edit =>
  editFields(H.client_hello, ClientHello, (hello) => ({ ...hello, ...change(hello) }))

const withCookie: WrongClient = {
  ...retrying,
  server: { ...retrying.server, retryCookie: () => Uint8Array.of(1, 2, 3) },
}
const share = (group: number, ...keyExchange: readonly number[]): readonly number[] => [
  group >> 8,
  group & 255,
  0,
  keyExchange.length,
  ...keyExchange,
]
const zeros = (length: number): number[] => Array.from({ length }, () => 0)
const x25519 = share(NamedGroup.x25519, 9, ...zeros(31))

const rows: readonly (readonly [
  id: string,
  ref: string,
  what: string,
  refusal: Refusal,
  edit: Edit,
  options?: WrongClient,
])[] = [
  ['CH2-01', '9.2', 'no key_share', missingExtension, edit(leaveOut(X.key_share))],
  ['CH2-02', '4.3.8', 'no share', illegal, edit(put(X.key_share, 0, 0))],
  [
    'CH2-02',
    '4.3.8',
    'the share of the first ClientHello',
    illegal,
    edit(put(X.key_share, 0, x25519.length, ...x25519)),
  ],
  [
    'CH2-02',
    '4.3.8',
    'one more share than was asked for',
    illegal,
    edit((list) =>
      list.map((extension) =>
        extension.extensionType === X.key_share
          ? {
              ...extension,
              extensionData: Uint8Array.of(
                0,
                extension.extensionData.length - 2 + x25519.length,
                ...extension.extensionData.subarray(2),
                ...x25519,
              ),
            }
          : extension,
      ),
    ),
  ],
  ['CH2-03', '4.2.2', 'no cookie', missingExtension, edit(leaveOut(X.cookie)), withCookie],
  ['CH2-04', '4.3.2', 'another cookie', wrongCookie, edit(put(X.cookie, 0, 3, 1, 2, 4)), withCookie],
  ['CH2-04', '4.3.2', 'a cookie that nobody gave', wrongCookie, edit(put(X.cookie, 0, 1, 7))],
  ['CH-37', '4.3.2', 'a cookie of no bytes', malformed, edit(put(X.cookie, 0, 0)), withCookie],
  ['CH2-05', '4.3.10', 'early_data', helloChanged, edit(put(X.early_data))],
  ['CH2-06', '4.2.2', 'another random', helloChanged, fields(() => ({ random: new Uint8Array(32) }))],
  [
    'CH2-06',
    '4.2.2',
    'another session id',
    helloChanged,
    fields(() => ({ legacySessionId: new Uint8Array(32) })),
  ],
  ['CH2-06', '4.2.2', 'no session id', helloChanged, fields(() => ({ legacySessionId: new Uint8Array(0) }))],
  ['CH2-06', '4.2.2', 'another legacy_version', helloChanged, fields(() => ({ legacyVersion: 0x0304 }))],
  [
    'CH2-06',
    '4.2.2',
    'one more suite',
    helloChanged,
    fields(({ cipherSuites }) => ({ cipherSuites: [...cipherSuites, CipherSuite.TLS_AES_128_CCM_SHA256] })),
  ],
  [
    'CH2-06',
    '4.2.2',
    'suites in another order',
    helloChanged,
    fields(({ cipherSuites }) => ({ cipherSuites: cipherSuites.toReversed() })),
  ],
  [
    'CH2-07',
    '4.2.4',
    'the chosen suite is gone',
    helloChanged,
    fields(() => ({ cipherSuites: [CipherSuite.TLS_CHACHA20_POLY1305_SHA256] })),
  ],
  ['CH2-06', '4.2.2', 'another server_name', helloChanged, edit(put(X.server_name, 0, 4, 0, 0, 1, 0x61))],
  ['CH2-06', '4.2.2', 'no server_name', helloChanged, edit(leaveOut(X.server_name))],
  [
    'CH2-06',
    '4.2.2',
    'ALPN',
    helloChanged,
    edit(put(X.application_layer_protocol_negotiation, 0, 3, 2, 0x68, 0x32)),
  ],
  ['CH2-06', '4.2.2', 'other groups', helloChanged, edit(put(X.supported_groups, 0, 2, 0, 23))],
  ['CH2-06', '4.2.2', 'other signature schemes', helloChanged, edit(put(X.signature_algorithms, 0, 2, 4, 3))],
  ['CH2-06', '4.2.2', 'other versions', helloChanged, edit(put(X.supported_versions, 4, 3, 4, 3, 3))],
  ['CH2-06', '4.2.2', 'an unknown extension', helloChanged, edit(put(0xfff0))],
  ['CH2-06', '4.2.2', 'extensions in another order', helloChanged, edit((list) => list.toReversed())],
  ['CH-01', '4.3.1', 'no supported_versions', protocolVersion, edit(leaveOut(X.supported_versions))],
]

/** Nothing to refuse for us; the client does not know of it, and stops when its transcript turns out to be another. */
const allowed: readonly Case<WrongClient>[] = [
  edited(
    'OK-31',
    '4.2.2',
    'padding in the second ClientHello alone',
    ...truncated,
    inFlight(1, edit(put(X.padding, 0, 0, 0))),
    retrying,
  ),
  edited(
    'OK-31',
    '4.2.2',
    'padding in the first ClientHello alone',
    ...truncated,
    inFlight(0, edit(put(X.padding, 0, 0, 0))),
    retrying,
  ),
]

/** As it was in the first ClientHello. */
function staleBinders(): Edit {
  let first: Extension | undefined
  return (actions, flight, heard) =>
    clientHelloExtensions((list) => {
      const own = list.find(({ extensionType }) => extensionType === X.pre_shared_key)
      if (flight === 0) first = own
      return list.map((item) => (item === own && first ? first : item))
    })(actions, flight, heard)
}

async function resumingAndRetrying(): Promise<WrongClient> {
  const { client, server } = await resuming()
  return { client: { ...client, ...retrying.client }, server: { ...server, ...retrying.server } }
}

export const secondClientHello: readonly Case<WrongClient>[] = [
  ...rows.map(([id, ref, what, refusal, change, options = retrying]) =>
    edited<WrongClient>(id, ref, what, ...refusal, inFlight(1, change), options),
  ),
  ...allowed,
  rejects('CH2-08', '4.2.2', 'no pre_shared_key, though one fitted', ...missingExtension, async () => ({
    ...(await resumingAndRetrying()),
    edit: inFlight(1, edit(leaveOut(X.pre_shared_key))),
  })),
  rejects('CH2-09', '4.3.11.2', 'the binders of the first ClientHello', ...badBinder, async () => ({
    ...(await resumingAndRetrying()),
    edit: staleBinders(),
  })),
  rejects('CH2-09', '4.3.11.2', 'a binder of zeros', ...badBinder, async () => ({
    ...(await resumingAndRetrying()),
    edit: inFlight(
      1,
      edit((list) =>
        list.map((item) =>
          item.extensionType === X.pre_shared_key
            ? { ...item, extensionData: withZeros(item.extensionData) }
            : item,
        ),
      ),
    ),
  })),
  edited(
    'CH2-10',
    '4',
    'Finished in its place',
    ...unexpected,
    inFlight(
      1,
      changeMessage(H.client_hello, () => [messageRecord(H.finished, new Uint8Array(32))]),
    ),
    { ...retrying, client: { ...retrying.client, compatibilityMode: false } },
  ),
  edited(
    'CH2-10',
    '4',
    'EndOfEarlyData in its place',
    ...unexpected,
    inFlight(
      1,
      changeMessage(H.client_hello, () => [messageRecord(H.end_of_early_data)]),
    ),
    { ...retrying, client: { ...retrying.client, compatibilityMode: false } },
  ),
  edited(
    'REC-14',
    '5.1',
    'the beginning of another message behind the first ClientHello, which is answered by HelloRetryRequest',
    ...excess,
    inFlight(
      0,
      writeAfter(H.client_hello, {
        kind: 'send',
        level: 'initial',
        message: Uint8Array.of(H.client_hello, 0, 0, 9),
      }),
    ),
    retrying,
  ),
  edited(
    'REC-14',
    '5.1',
    'the beginning of another message behind the second ClientHello',
    ...excess,
    inFlight(
      1,
      changeMessage(H.client_hello, ({ message }) => [
        record(ContentType.handshake, [...message, H.finished]),
      ]),
    ),
    retrying,
  ),
]

function withZeros(extension: Uint8Array): Uint8Array {
  const body = extension.slice()
  body.fill(0, body.length - 32)
  return body
}
