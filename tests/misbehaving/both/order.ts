/** Peers of either role whose messages are not in order (RFC 9846 §4, §5.1), or not whole. */
import {
  combineEdits,
  dropMessage,
  editBody,
  handshakeMessage,
  repeatMessage,
  swapMessages,
  writeBefore,
} from '@mortise/testing'
import { HandshakeType as H } from '@mortise/wire'
import { edited, rejects, type Case } from '../cases.ts'
import { excess, malformed, unexpected } from '../refusals.ts'
import type { Wrong } from '../scenario.ts'
import { messageRecord } from '../scripts.ts'

type Named = readonly [name: string, type: number]
/** With the row of the list of negative cases that it belongs to. */
type Misplaced = readonly [id: string, name: string, type: number]

const certificate: Named = ['Certificate', H.certificate]
const certificateVerify: Named = ['CertificateVerify', H.certificate_verify]
const finished: Named = ['Finished', H.finished]

/** Messages that TLS 1.3 does not have. */
export const foreignTypes: readonly Misplaced[] = [
  ['MSG-02', 'a message of an unknown type', 99],
  ['MSG-03', 'HelloRequest of TLS 1.2', 0],
  ['MSG-03', 'HelloVerifyRequest of DTLS', 3],
  ['MSG-03', 'hello_retry_request of the drafts', 6],
  ['MSG-03', 'ServerKeyExchange of TLS 1.2', 12],
  ['MSG-03', 'ServerHelloDone of TLS 1.2', 14],
  ['MSG-03', 'ClientKeyExchange of TLS 1.2', 16],
  ['MSG-03', 'CertificateURL of TLS 1.2', 21],
  ['MSG-03', 'CertificateStatus of TLS 1.2', 22],
  ['MSG-04', 'the synthetic message_hash', 254],
]

/** @param proving what makes the peer send a Certificate */
export function order<T extends Wrong>(proving: T): readonly Case<T | Wrong>[] {
  return [
    edited(
      'CV-01',
      '4.5.2',
      'CertificateVerify is left out',
      ...unexpected,
      dropMessage(H.certificate_verify),
      proving,
    ),
    edited(
      'FIN-03',
      '4',
      'Certificate and CertificateVerify are left out',
      ...unexpected,
      combineEdits(dropMessage(H.certificate), dropMessage(H.certificate_verify)),
      proving,
    ),
    inEachOthersPlace(certificate, certificateVerify, proving),
    inEachOthersPlace(certificate, finished, proving),
    inEachOthersPlace(certificateVerify, finished, proving),
    ...[certificate, certificateVerify].flatMap((message) => [
      twice(message, proving),
      ...notWhole(message, proving),
    ]),
    edited('FIN-04', '5.1', 'Finished twice in one record', ...excess, repeatMessage(H.finished)),
    rejects('FIN-05', '4', 'a second Finished', ...unexpected, {
      afterwards: (peer) => peer.perform(messageRecord(H.finished, new Uint8Array(32))),
    }),
    ...foreignTypes.flatMap((message) => [beforeFinished(message), afterTheHandshake(message)]),
  ]
}

/** A message that is due at no time, before Finished. */
export function beforeFinished([id, name, type]: Misplaced): Case<Wrong> {
  return edited(
    id,
    '4',
    `${name}, before Finished`,
    ...unexpected,
    writeBefore(H.finished, handshakeMessage('handshake', type, Uint8Array.of(0))),
  )
}

/** The same after the handshake. */
export function afterTheHandshake([id, name, type]: Misplaced): Case<Wrong> {
  return rejects<Wrong>(id, '4', `${name}, after the handshake`, ...unexpected, {
    afterwards: (peer) => peer.perform(messageRecord(type, [0])),
  })
}

export function inEachOthersPlace<T extends Wrong>(
  [a, typeOfA]: Named,
  [b, typeOfB]: Named,
  rest: T,
): Case<T> {
  return edited(
    'MSG-01',
    '4',
    `${a} and ${b} in each other's place`,
    ...unexpected,
    swapMessages(typeOfA, typeOfB),
    rest,
  )
}

export function twice<T extends Wrong>([name, type]: Named, rest: T): Case<T> {
  return edited('MSG-01', '4', `${name} twice`, ...unexpected, repeatMessage(type), rest)
}

/** A message whose fields end too early or too late. */
export function notWhole<T extends Wrong>([name, type]: Named, rest: T): readonly Case<T>[] {
  const changed = (id: string, what: string, change: (body: Uint8Array) => Uint8Array): Case<T> =>
    edited(id, '6', what, ...malformed, editBody(type, change), rest)
  return [
    changed('MSG-05', `${name} ends too early`, (body) => body.subarray(0, -1)),
    changed('MSG-05', `${name} is empty`, () => new Uint8Array(0)),
    changed('MSG-06', `a byte behind the last field of ${name}`, (body) => Uint8Array.of(...body, 0)),
  ]
}
