/** Edits of a peer's flights, by the HandshakeType of the messages that they are about. */
import type { EncryptionLevel } from '@mortise/handshake'
import { decode, decodeHandshakeHeader, encodeHandshake, type Codec, type Extension } from '@mortise/wire'
import type { Edit, PeerAction } from './actions.ts'

type SendAction = Extract<PeerAction, { kind: 'send' }>

/** One edit after the other. */
export function combineEdits(...list: readonly Edit[]): Edit {
  return (actions, flight, heard) => list.reduce((edited, edit) => edit(edited, flight, heard), actions)
}

/** The messages of this type, in any flight, become what `change` makes of them. */
export function changeMessage(type: number, changed: (send: SendAction) => readonly PeerAction[]): Edit {
  return (actions) => actions.flatMap((action) => (isMessage(action, type) ? changed(action) : [action]))
}

/** Leaves a message out. */
export function dropMessage(type: number): Edit {
  return changeMessage(type, () => [])
}

/** Sends a message twice. */
export function repeatMessage(type: number): Edit {
  return changeMessage(type, (send) => [send, send])
}

/** Sends two messages of one flight in each other's place. */
export function swapMessages(first: number, second: number): Edit {
  return (actions) => {
    const [a, b] = [first, second].map((type) => actions.find((action) => isMessage(action, type)))
    if (!a || !b) return actions
    return actions.map((action) => (action === a ? b : action === b ? a : action))
  }
}

/** Writes something before a message. */
export function writeBefore(type: number, ...inserted: readonly PeerAction[]): Edit {
  return changeMessage(type, (send) => [...inserted, send])
}

/** Writes something after a message. */
export function writeAfter(type: number, ...inserted: readonly PeerAction[]): Edit {
  return changeMessage(type, (send) => [send, ...inserted])
}

/** Changes the bytes of a message, header included. */
export function editMessageBytes(type: number, changed: (message: Uint8Array) => Uint8Array): Edit {
  return changeMessage(type, (send) => [{ ...send, message: changed(send.message.slice()) }])
}

/** Changes a message's body, and the length in its header with it. */
export function editBody(type: number, changed: (body: Uint8Array) => Uint8Array): Edit {
  return editMessageBytes(type, (message) => rawMessage(type, changed(message.subarray(4))))
}

/** Changes the fields of a message. */
export function editFields<T>(type: number, codec: Codec<T>, changed: (value: T) => T): Edit {
  return editMessageBytes(type, (message) =>
    encodeHandshake(type, codec, changed(decode(codec, message.subarray(4)))),
  )
}

/** Changes the extensions of a message that has them at its top. */
export function editExtensions<T extends { readonly extensions: readonly Extension[] }>(
  type: number,
  codec: Codec<T>,
  changed: (list: readonly Extension[]) => readonly Extension[],
): Edit {
  return editFields(type, codec, (value) => ({ ...value, extensions: changed(value.extensions) }))
}

/** A handshake message to write: any type, any body. */
export function handshakeMessage(
  level: EncryptionLevel,
  type: number,
  content: Uint8Array = new Uint8Array(0),
): PeerAction {
  return { kind: 'send', level, message: rawMessage(type, content) }
}

/** Header and body (RFC 9846 §4). */
export function rawMessage(type: number, content: Uint8Array): Uint8Array {
  const { length } = content
  return Uint8Array.of(type, length >> 16, length >> 8, length, ...content)
}

function isMessage(action: PeerAction, type: number): action is SendAction {
  return action.kind === 'send' && decodeHandshakeHeader(action.message).type === type
}

/** Applies an edit in one flight only, counted from 0. */
export function inFlight(flight: number, edit: Edit): Edit {
  return (actions, current, heard) => (current === flight ? edit(actions, current, heard) : actions)
}
