/** The handshake's actions in the terms of the record layer. */
import type { EncryptionLevel, HandshakeAction, InstallKeys } from '@mortise/handshake'
import type { RecordKeys } from '@mortise/record'
import { inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'

/** Messages of one level that go out together. */
export interface SendMessages {
  readonly kind: 'send'
  readonly level: EncryptionLevel
  readonly messages: readonly Uint8Array[]
}

export type FlightAction = Exclude<HandshakeAction, { kind: 'send' }> | SendMessages

/** Messages that follow each other at one level share records (RFC 9846 §5.1). */
export function packMessages(actions: readonly HandshakeAction[]): readonly FlightAction[] {
  const packed: FlightAction[] = []
  for (const action of actions) {
    const last = packed.at(-1)
    if (action.kind !== 'send') packed.push(action)
    else if (last?.kind === 'send' && last.level === action.level)
      packed[packed.length - 1] = { ...last, messages: [...last.messages, action.message] }
    else packed.push({ kind: 'send', level: action.level, messages: [action.message] })
  }
  return packed
}

export function recordKeys({ suite: { aead, hash }, secret }: InstallKeys): RecordKeys {
  return { aead, hash, trafficSecret: secret }
}

export function protectedLevel({ level }: InstallKeys): Exclude<EncryptionLevel, 'initial'> {
  if (level === 'initial')
    throw new TlsError(faults.ERR_TLS_INTERNAL, { detail: inWords && 'the initial level has no keys' })
  return level
}
