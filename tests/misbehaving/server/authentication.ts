/** Clients that do wrong when they are asked who they are, in the handshake and after it (RFC 9846 §4.5.1.3, §4.7.2). */
import {
  changeMessage,
  combineEdits,
  dropMessage,
  editBody,
  editFields,
  inFlight,
  repeatMessage,
  swapMessages,
  writeAfter,
  writeBefore,
  type Edit,
} from '@mortise/testing'
import type { Connection } from '@mortise/tls/core'
import {
  Certificate,
  CertificateVerify,
  ExtensionType as X,
  HandshakeType as H,
  SignatureScheme,
} from '@mortise/wire'
import { edited, rejects, type Case } from '../cases.ts'
import {
  badFinished,
  badSignature,
  certificateRequired,
  malformed,
  unexpected,
  unsolicited,
  wrongContext,
  wrongScheme,
  type Refusal,
} from '../refusals.ts'
import { anchors, type WrongClient } from '../scenario.ts'
import { applicationData, entryExtensions, flipLast, messageRecord, put } from '../scripts.ts'
import { authenticating } from './settings.ts'

/** Sends so many requests, and does not wait for what comes of them. */
const asks =
  (requests: number) =>
  async (_: unknown, ours: Connection): Promise<void> => {
    for (let i = 0; i < requests; i++) ours.requestClientCertificate().catch(() => {})
    await new Promise((resolve) => setImmediate(resolve))
  }

/** The client answers in its third flight, after those of ClientHello and Finished. */
const answer = (edit: Edit): Edit => inFlight(2, edit)

const askedLater: WrongClient = {
  client: { ...authenticating.client, compatibilityMode: false },
  server: { clientAuthentication: { mode: 'none', anchors } },
}

const certificate = (change: (body: Certificate) => Partial<Certificate>): Edit =>
  editFields(H.certificate, Certificate, (body) => ({ ...body, ...change(body) }))

const answers: readonly (readonly [id: string, ref: string, what: string, refusal: Refusal, edit: Edit])[] = [
  [
    'CR-16',
    '4.7.2',
    'application data between Certificate and CertificateVerify',
    unexpected,
    writeAfter(H.certificate, applicationData),
  ],
  [
    'CR-16',
    '4.7.2',
    'application data before Finished',
    unexpected,
    writeBefore(H.finished, applicationData),
  ],
  [
    'CR-16',
    '4.7.2',
    'KeyUpdate between Certificate and CertificateVerify',
    unexpected,
    writeAfter(H.certificate, messageRecord(H.key_update, [0])),
  ],
  [
    'CR-16',
    '4.7.2',
    'KeyUpdate before Finished',
    unexpected,
    writeBefore(H.finished, messageRecord(H.key_update, [0])),
  ],
  [
    'CR-17',
    '4.5.1',
    'a context that is not open',
    wrongContext,
    certificate(() => ({ certificateRequestContext: new Uint8Array(20) })),
  ],
  [
    'CR-17',
    '4.5.1',
    'the empty context',
    wrongContext,
    certificate(() => ({ certificateRequestContext: new Uint8Array(0) })),
  ],
  ['CV-01', '4.5.2', 'CertificateVerify is left out', unexpected, dropMessage(H.certificate_verify)],
  ['MSG-01', '4', 'Certificate is left out', unexpected, dropMessage(H.certificate)],
  [
    'MSG-01',
    '4',
    'Certificate and CertificateVerify are left out',
    unexpected,
    combineEdits(dropMessage(H.certificate), dropMessage(H.certificate_verify)),
  ],
  ['MSG-01', '4', 'Certificate twice', unexpected, repeatMessage(H.certificate)],
  ['MSG-01', '4', 'CertificateVerify twice', unexpected, repeatMessage(H.certificate_verify)],
  ['FIN-05', '4', 'Finished twice', unexpected, repeatMessage(H.finished)],
  [
    'MSG-01',
    '4',
    "CertificateVerify and Finished in each other's place",
    unexpected,
    swapMessages(H.certificate_verify, H.finished),
  ],
  ['CR-17', '4.7.2', 'the whole answer twice', unexpected, (actions) => [...actions, ...actions]],
  ['FIN-01', '4.5.3', 'a wrong Finished', badFinished, editBody(H.finished, flipLast)],
  ['CV-06', '4.5.2', 'a wrong signature', badSignature, editBody(H.certificate_verify, flipLast)],
  [
    'CV-03',
    '4.5.2',
    'a scheme that was not offered',
    wrongScheme,
    editFields(H.certificate_verify, CertificateVerify, (body) => ({
      ...body,
      algorithm: SignatureScheme.mldsa65,
    })),
  ],
  [
    'CT-08',
    '4.3',
    'an extension that nobody asked for',
    unsolicited,
    entryExtensions(put(X.status_request, 1, 0, 0, 1, 7)),
  ],
  [
    'MSG-05',
    '6',
    'Certificate ends too early',
    malformed,
    editBody(H.certificate, (body) => body.subarray(0, -1)),
  ],
  [
    'MSG-06',
    '6',
    'a byte behind the last field of Certificate',
    malformed,
    editBody(H.certificate, (body) => Uint8Array.of(...body, 0)),
  ],
]

export const authentication: readonly Case<WrongClient>[] = [
  edited(
    'CT-02',
    '4.5.1.3',
    'no certificate, where one is required',
    ...certificateRequired,
    (actions) => actions,
    {
      server: authenticating.server ?? {},
    },
  ),
  edited(
    'CT-05',
    '4.5.1',
    'a context in an empty Certificate',
    ...wrongContext,
    certificate(() => ({ certificateRequestContext: Uint8Array.of(1), certificateList: [] })),
    authenticating,
  ),
  edited(
    'CT-02',
    '4.5.1.3',
    'an empty list in place of a certificate',
    ...certificateRequired,
    combineEdits(
      certificate(() => ({ certificateList: [] })),
      dropMessage(H.certificate_verify),
    ),
    authenticating,
  ),
  ...answers.map(([id, ref, what, refusal, edit]) =>
    rejects<WrongClient>(id, ref, `asked after the handshake: ${what}`, ...refusal, {
      ...askedLater,
      edit: answer(edit),
      afterwards: asks(1),
    }),
  ),
  rejects('CT-03', '4', 'Certificate after the handshake, though nobody asked', ...unexpected, {
    ...askedLater,
    afterwards: (peer) => peer.perform(messageRecord(H.certificate, [0, 0, 0, 0])),
  }),
  rejects('CT-22', '4', 'CompressedCertificate after the handshake, though nobody asked', ...unexpected, {
    ...askedLater,
    afterwards: (peer) => peer.perform(messageRecord(H.compressed_certificate, [0, 1, 0, 0, 4, 0, 0, 1, 9])),
  }),
  rejects('CR-17', '4.5.1', 'asked twice: the messages of both answers mixed', ...unexpected, {
    ...askedLater,
    edit: inFlight(
      2,
      changeMessage(H.certificate, (send) => [send, send]),
    ),
    afterwards: asks(2),
  }),
]
