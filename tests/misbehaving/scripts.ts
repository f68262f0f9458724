/** Edits and writes that many rows share. */
import {
  changeMessage,
  editExtensions,
  editFields,
  rawMessage,
  type Edit,
  type PeerAction,
} from '@mortise/testing'
import {
  Certificate,
  CertificateRequest,
  ClientHello,
  ContentType,
  EncryptedExtensions,
  HandshakeType,
  ServerHello,
  type Extension,
} from '@mortise/wire'
import { withExtension, withoutExtension } from './scenario.ts'

export const none = new Uint8Array(0)

/** One record of its own, under the keys in use or those of `level`. */
export function record(
  type: number,
  content: readonly number[] | Uint8Array,
  level?: Extract<PeerAction, { kind: 'record' }>['level'],
): PeerAction {
  return { kind: 'record', type, content: Uint8Array.from(content), ...(level ? { level } : {}) }
}

/** A handshake message in a record of its own. */
export function messageRecord(
  type: number,
  body: readonly number[] | Uint8Array = [],
  level?: Extract<PeerAction, { kind: 'record' }>['level'],
): PeerAction {
  return record(ContentType.handshake, rawMessage(type, Uint8Array.from(body)), level)
}

export function bytes(...content: readonly number[]): PeerAction {
  return { kind: 'bytes', bytes: Uint8Array.from(content) }
}

export const applicationData: PeerAction = record(ContentType.application_data, [1, 2, 3])

type Change = (list: readonly Extension[]) => readonly Extension[]

export const clientHelloExtensions = (change: Change): Edit =>
  editExtensions(HandshakeType.client_hello, ClientHello, change)
export const serverHelloExtensions = (change: Change): Edit =>
  editExtensions(HandshakeType.server_hello, ServerHello, change)
export const encryptedExtensions = (change: Change): Edit =>
  editExtensions(HandshakeType.encrypted_extensions, EncryptedExtensions, change)
export const requestExtensions = (change: Change): Edit =>
  editExtensions(HandshakeType.certificate_request, CertificateRequest, change)

/** The extensions of the first certificate. */
export const entryExtensions = (change: Change): Edit =>
  editFields(HandshakeType.certificate, Certificate, (message) => ({
    ...message,
    certificateList: message.certificateList.map((entry, i) =>
      i === 0 ? { ...entry, extensions: [...change(entry.extensions)] } : entry,
    ),
  }))

/** `put(type, …body)` and `leaveOut(type, …)` as changes of an extension list. */
export const put =
  (type: number, ...body: readonly number[]): Change =>
  (list) =>
    withExtension(list, type, ...body)
export const leaveOut =
  (...types: readonly number[]): Change =>
  (list) =>
    withoutExtension(list, ...types)
export const twice =
  (type: number): Change =>
  (list) => {
    const found = list.find(({ extensionType }) => extensionType === type)
    return found ? [found, ...list] : list
  }

/** Sends the message alone in its record, with these actions before and behind it. */
export function alone(type: number, before: readonly PeerAction[], behind: readonly PeerAction[] = []): Edit {
  return changeMessage(type, ({ message, level }) => [
    ...before,
    record(ContentType.handshake, message, level),
    ...behind,
  ])
}

/** The message in two records, and something between them. */
export function halves(
  { message, level }: Extract<PeerAction, { kind: 'send' }>,
  ...between: readonly PeerAction[]
): readonly PeerAction[] {
  const middle = message.length >> 1
  return [
    record(ContentType.handshake, message.subarray(0, middle), level),
    ...between,
    record(ContentType.handshake, message.subarray(middle), level),
  ]
}

/** With the last bit flipped. */
export function flipLast(content: Uint8Array): Uint8Array {
  const flipped = content.slice()
  flipped[content.length - 1] = (content.at(-1) ?? 0) ^ 1
  return flipped
}
