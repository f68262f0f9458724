/** Alerts from peers of either role, and transports that end (RFC 9846 §6). */
import { writeBefore, type PeerAction } from '@mortise/testing'
import { AlertDescription, ContentType, HandshakeType as H } from '@mortise/wire'
import { edited, rejects, type Case } from '../cases.ts'
import { alertReceived, badAlert, illegalLevel, manyWarnings, truncated, type Refusal } from '../refusals.ts'
import type { Wrong } from '../scenario.ts'
import { applicationData, record } from '../scripts.ts'

type Row = readonly [
  id: string,
  ref: string,
  what: string,
  refusal: Refusal,
  ...content: (readonly number[])[],
]

const canceled = [1, AlertDescription.user_canceled] as const

const everywhere: readonly Row[] = [
  ['ALR-01', '6.2', 'handshake_failure', alertReceived, [2, AlertDescription.handshake_failure]],
  ['ALR-01', '6.2', 'internal_error', alertReceived, [2, AlertDescription.internal_error]],
  ['ALR-01', '6.2', 'general_error', alertReceived, [2, AlertDescription.general_error]],
  ['ALR-02', '6', 'an unknown alert', alertReceived, [2, 200]],
  ['ALR-02', '6', 'an unknown alert at warning level', alertReceived, [1, 201]],
  ['ALR-03', '6', 'an error at warning level', alertReceived, [1, AlertDescription.decode_error]],
  ['ALR-04', '6', 'an alert of level 3', illegalLevel, [3, AlertDescription.handshake_failure]],
  ['ALR-04', '6', 'close_notify of level 0', illegalLevel, [0, AlertDescription.close_notify]],
  ['ALR-05', '5.1', 'an alert split over two records', badAlert, [2], [40]],
  ['ALR-06', '5.1', 'two alerts in one record', badAlert, [1, 0, 1, 0]],
  [
    'ALR-07',
    '6.1',
    'user_canceled five times',
    manyWarnings,
    canceled,
    canceled,
    canceled,
    canceled,
    canceled,
  ],
  [
    'ALR-11',
    '6',
    'no_renegotiation of TLS 1.2',
    alertReceived,
    [1, AlertDescription.no_renegotiation_RESERVED],
  ],
  ['ALR-13', '6.1', 'user_canceled, and then nothing', truncated, canceled],
]

const duringHandshake: readonly Row[] = [
  ['ALR-10', '6.1', 'close_notify', alertReceived, [1, AlertDescription.close_notify]],
  [
    'ALR-10',
    '6.1',
    'user_canceled and close_notify',
    alertReceived,
    canceled,
    [1, AlertDescription.close_notify],
  ],
]

const records = (content: readonly (readonly number[])[]): readonly PeerAction[] =>
  content.map((alert) => record(ContentType.alert, alert))

/** The peer stops there, and says nothing more in this flight. */
const instead = (type: number, content: readonly (readonly number[])[]): Wrong => ({
  edit: (actions) => {
    const at = actions.findIndex((action) => action.kind === 'send' && action.message[0] === type)
    return at < 0 ? actions : [...actions.slice(0, at), ...records(content)]
  },
})

/** @param hello the peer's first message */
export function alerts(hello: number): readonly Case<Wrong>[] {
  return [
    ...[...everywhere, ...duringHandshake].flatMap(([id, ref, what, refusal, ...content]) => [
      rejects(id, ref, `${what}, in place of the first message`, ...refusal, instead(hello, content)),
      rejects(id, ref, `${what}, in place of Finished`, ...refusal, instead(H.finished, content)),
    ]),
    ...everywhere.map(([id, ref, what, refusal, ...content]) =>
      rejects<Wrong>(id, ref, `${what}, after the handshake`, ...refusal, {
        afterwards: (peer) => peer.perform(...records(content)),
      }),
    ),
    rejects('ALR-08', '6.1', 'the transport ends without close_notify', ...truncated, {}),
    rejects('ALR-08', '6.1', 'the transport ends after application data', ...truncated, {
      afterwards: (peer) => peer.perform(applicationData),
    }),
    edited(
      'ALR-01',
      '6.2',
      'an error, and then an honest Finished',
      ...alertReceived,
      writeBefore(H.finished, record(ContentType.alert, [2, 40])),
    ),
  ]
}
