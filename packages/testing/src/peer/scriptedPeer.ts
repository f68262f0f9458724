/**
 * A deliberately wrong client or server: an honest handshake whose flights can be changed before they are encrypted,
 * and that listens on when it has failed, so that a test can see the alert that it is sent.
 */
import type { EncryptionLevel, Handshake, HandshakeAction, HandshakeInfo } from '@mortise/handshake'
import { concat, ContentType } from '@mortise/wire'
import type { Edit, PeerAction } from './actions.ts'
import { createHearing, type Heard } from './hearing.ts'
import { innerPlaintext, plaintextRecord, recordProtection, type RecordProtection } from './sealing.ts'

/** An honest handshake, and what to change about it. */
export interface ScriptedPeerOptions {
  /** The honest part, of `createClientHandshake` or `createServerHandshake`. */
  readonly handshake: Handshake
  /** Takes what the peer writes: one call per flight. */
  readonly send: (bytes: Uint8Array) => void
  /** Default: an honest peer. */
  readonly edit?: Edit
  /** Changes the bytes of a flight after encryption. */
  readonly editBytes?: (bytes: Uint8Array, flight: number) => Uint8Array
  /** Bytes of handshake messages per record. Default: 16,384. */
  readonly maxContent?: number
}

/** A peer that does what it is told, right or wrong. */
export interface ScriptedPeer {
  /** Begins: a client sends its ClientHello. */
  readonly start: () => Promise<void>
  /** Bytes from the other side. Never rejects. */
  readonly receive: (bytes: Uint8Array) => Promise<void>
  /** Writes, or does, whatever is asked; no edit is applied. */
  readonly perform: (...actions: readonly PeerAction[]) => Promise<void>
  /** What `Handshake.updateKeys` would do, to be performed, changed or not. */
  readonly keyUpdate: (requestPeer: boolean) => Promise<readonly HandshakeAction[]>
  /** All that came in, in order. */
  readonly heard: readonly Heard[]
  /** The handshake's result; `undefined` as long as it isn't complete. */
  readonly info: HandshakeInfo | undefined
  /** What stopped the honest handshake. */
  readonly failure: unknown
  /** Everything that the handshake asked for and that writes nothing: sessions, key log, … */
  readonly told: readonly HandshakeAction[]
}

/** Makes a peer of an honest handshake and the edits of its flights. */
export function scriptedPeer(options: ScriptedPeerOptions): ScriptedPeer {
  const { handshake, send, maxContent = 16_384 } = options
  const { edit = (actions) => actions, editBytes = (bytes) => bytes } = options
  const writing = new Map<EncryptionLevel, RecordProtection>()
  let level: EncryptionLevel = 'initial'
  let flight = 0
  let info: HandshakeInfo | undefined
  let failure: unknown
  const told: HandshakeAction[] = []

  const seal = async (action: Extract<PeerAction, { kind: 'record' }>): Promise<Uint8Array> => {
    const { type, content, form } = action
    const protection = writing.get(action.level ?? level)
    if (!protection) return plaintextRecord(type, content, form)
    return protection.seal(innerPlaintext(type, content, form?.padding), form)
  }
  const sealMessages = async (at: EncryptionLevel, messages: Uint8Array): Promise<Uint8Array> => {
    const records: Uint8Array[] = []
    for (let start = 0; start < messages.length; start += maxContent) {
      const content = messages.subarray(start, start + maxContent)
      records.push(await seal({ kind: 'record', type: ContentType.handshake, content, level: at }))
    }
    return concat(...records)
  }

  /** What an action writes. */
  const write = async (action: PeerAction): Promise<Uint8Array> => {
    switch (action.kind) {
      case 'send':
        return sealMessages(action.level, action.message)
      case 'sendChangeCipherSpec':
        return plaintextRecord(ContentType.change_cipher_spec, Uint8Array.of(1))
      case 'record':
        return seal(action)
      case 'inner':
        return (await writing.get(level)?.seal(action.bytes, action.form)) ?? new Uint8Array(0)
      case 'bytes':
        return action.bytes
      default:
        await obey(action)
        return new Uint8Array(0)
    }
  }
  const obey = async (action: HandshakeAction): Promise<void> => {
    told.push(action)
    if (action.kind === 'installReadKeys')
      hearing.install(action.level, await recordProtection(action.suite, action.secret))
    else if (action.kind === 'installWriteKeys') {
      writing.set(action.level, await recordProtection(action.suite, action.secret))
      ;({ level } = action)
    } else if (action.kind === 'removeWriteKeys') level = 'initial'
    else if (action.kind === 'complete') ({ info } = action)
  }

  const perform = async (actions: readonly PeerAction[]): Promise<void> => {
    const written: Uint8Array[] = []
    for (const action of packMessages(actions)) written.push(await write(action))
    const bytes = concat(...written)
    if (bytes.length === 0) return
    send(editBytes(bytes, flight++))
  }

  /** A step of the honest handshake; once it has failed there are no more. */
  const step = async (take: () => Promise<readonly HandshakeAction[]>): Promise<void> => {
    if (failure !== undefined) return
    try {
      const actions = await take()
      if (actions.length > 0) await perform(edit(actions, flight, hearing.heard))
    } catch (error) {
      failure = error
    }
  }
  const hearing = createHearing((bytes, epoch) => step(() => handshake.receive(bytes, epoch)))

  return {
    start: () => step(handshake.start),
    receive: hearing.receive,
    perform: (...actions) => perform(actions),
    keyUpdate: handshake.updateKeys,
    heard: hearing.heard,
    get info() {
      return info
    },
    get failure() {
      return failure
    },
    told,
  }
}

/** Messages that follow each other at one level share records (RFC 9846 §5.1). */
function packMessages(actions: readonly PeerAction[]): readonly PeerAction[] {
  const packed: PeerAction[] = []
  for (const action of actions) {
    const last = packed.at(-1)
    if (action.kind === 'send' && last?.kind === 'send' && last.level === action.level)
      packed[packed.length - 1] = { ...last, message: concat(last.message, action.message) }
    else packed.push(action)
  }
  return packed
}
