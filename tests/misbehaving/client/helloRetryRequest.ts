/** Servers whose HelloRetryRequest is wrong (RFC 9846 §4.2.4). */
import { editBody, editFields, inFlight, writeAfter, type Edit } from '@mortise/testing'
import { CipherSuite, ExtensionType as X, HandshakeType as H, NamedGroup, ServerHello } from '@mortise/wire'
import { edited, rejects, type Case } from '../cases.ts'
import {
  compression,
  duplicate,
  excess,
  malformed,
  notAllowedHere,
  protocolVersion,
  unexpected,
  unsolicited,
  wrongGroup,
  type Refusal,
} from '../refusals.ts'
import type { WrongServer } from '../scenario.ts'
import { leaveOut, messageRecord, put, serverHelloExtensions, twice } from '../scripts.ts'
import { resumed, retried } from './settings.ts'

const pointless: Refusal = ['illegal_parameter', 'ERR_TLS_POINTLESS_RETRY']

const row = (
  id: string,
  ref: string,
  what: string,
  refusal: Refusal,
  edit: Edit,
  options: WrongServer = retried,
): Case<WrongServer> => edited(id, ref, what, ...refusal, inFlight(0, edit), options)

const fields = (change: (hello: ServerHello) => Partial<ServerHello>): Edit =>
  editFields(H.server_hello, ServerHello, (hello) => ({ ...hello, ...change(hello) }))
const group = (value: number): Edit => serverHelloExtensions(put(X.key_share, value >> 8, value & 255))

export const helloRetryRequest: readonly Case<WrongServer>[] = [
  rejects('HRR-01', '4.2.4', 'a second HelloRetryRequest', ...unexpected, {
    ...retried,
    ...secondRetry(),
  }),
  row(
    'HRR-02',
    '4.2.4',
    'a retry that changes nothing',
    pointless,
    serverHelloExtensions(leaveOut(X.key_share)),
  ),
  row('HRR-03', '4.3.8', 'a group that was not offered', wrongGroup, group(NamedGroup.secp521r1)),
  row('HRR-03', '4.3.8', 'a group that does not exist', wrongGroup, group(0x6666)),
  row('MSG-15', 'RFC 8701 3.1', 'a GREASE group in HelloRetryRequest', wrongGroup, group(0x4a4a)),
  row('HRR-04', '4.3.8', 'a group that has a share', wrongGroup, group(NamedGroup.x25519)),
  row('HRR-05', '4.2.4', 'an unknown extension', unsolicited, serverHelloExtensions(put(0xfff0))),
  row(
    'HRR-05',
    '4.2.4',
    'early_data, which was not offered',
    unsolicited,
    serverHelloExtensions(put(X.early_data)),
  ),
  row('HRR-05', '4.2.4', 'a GREASE extension', unsolicited, serverHelloExtensions(put(0x7a7a))),
  row(
    'HRR-06',
    '4.3',
    'ALPN',
    notAllowedHere,
    serverHelloExtensions(put(X.application_layer_protocol_negotiation, 0, 3, 2, 0x68, 0x32)),
    {
      ...retried,
      client: { ...retried.client, alpn: ['h2'] },
    },
  ),
  row('HRR-06', '4.3', 'server_name', notAllowedHere, serverHelloExtensions(put(X.server_name))),
  rejects('HRR-06', '4.3', 'pre_shared_key', ...notAllowedHere, async () => {
    const { client, server } = await resumed()
    return {
      client: { ...client, ...retried.client },
      server: { ...server, ...retried.server },
      edit: inFlight(0, serverHelloExtensions(put(X.pre_shared_key, 0, 0))),
    }
  }),
  row('HRR-07', '4.3', 'key_share twice', duplicate, serverHelloExtensions(twice(X.key_share))),
  row(
    'HRR-07',
    '4.3',
    'cookie twice',
    duplicate,
    serverHelloExtensions((list) => twice(X.cookie)(put(X.cookie, 0, 1, 7)(list))),
  ),
  row('HRR-08', '4.3.2', 'a cookie of no bytes', malformed, serverHelloExtensions(put(X.cookie, 0, 0))),
  row(
    'HRR-09',
    '4.2.4',
    'no supported_versions',
    protocolVersion,
    serverHelloExtensions(leaveOut(X.supported_versions)),
  ),
  row(
    'HRR-10',
    '4.3.1',
    'a version that was not offered',
    ['illegal_parameter', 'ERR_TLS_VERSION_NOT_OFFERED'],
    serverHelloExtensions(put(X.supported_versions, 3, 3)),
  ),
  row(
    'HRR-11',
    '4.2.3',
    'a suite that was not offered',
    ['illegal_parameter', 'ERR_TLS_CIPHER_SUITE_NOT_OFFERED'],
    fields(() => ({ cipherSuite: CipherSuite.TLS_AES_128_CCM_SHA256 })),
  ),
  row(
    'HRR-12',
    '4.2.3',
    'another session id',
    ['illegal_parameter', 'ERR_TLS_SESSION_ID_MISMATCH'],
    fields(() => ({ legacySessionIdEcho: new Uint8Array(32) })),
  ),
  row(
    'HRR-13',
    '4.2.3',
    'compression',
    compression,
    fields(() => ({ legacyCompressionMethod: 1 })),
  ),
  row(
    'HRR-14',
    '4.2.3',
    'legacy_version 0x0304',
    protocolVersion,
    fields(() => ({ legacyVersion: 0x0304 })),
  ),
  row(
    'HRR-15',
    '4.3.8',
    'a whole KeyShareEntry',
    malformed,
    serverHelloExtensions(put(X.key_share, 0, 23, 0, 1, 4)),
  ),
  row('HRR-15', '4.3.8', 'half a group', malformed, serverHelloExtensions(put(X.key_share, 0))),
  row(
    'MSG-05',
    '6',
    'HelloRetryRequest ends too early',
    malformed,
    editBody(H.server_hello, (body) => body.subarray(0, -1)),
  ),
  row(
    'MSG-06',
    '6',
    'bytes behind the last field of HelloRetryRequest',
    malformed,
    editBody(H.server_hello, (body) => Uint8Array.of(...body, 0)),
  ),
  row(
    'REC-14',
    '5.1',
    'the beginning of another message behind HelloRetryRequest',
    excess,
    writeAfter(H.server_hello, {
      kind: 'send',
      level: 'initial',
      message: Uint8Array.of(H.server_hello, 0, 0, 90),
    }),
  ),
]

/** After the second ClientHello the first answer comes again. */
function secondRetry(): Pick<WrongServer, 'edit'> {
  let first: Uint8Array | undefined
  return {
    edit: (actions, flight) => {
      const hello = actions.find((action) => action.kind === 'send')
      if (flight === 0 && hello?.kind === 'send') first = hello.message
      return flight === 0 ? actions : [messageRecord(H.server_hello, first?.subarray(4) ?? [])]
    },
  }
}
