import type { Secret } from '@mortise/crypto'
import type { HandshakeAction, KeyLogLabel } from './action.ts'

export function keyLog(label: KeyLogLabel, clientRandom: Uint8Array, secret: Secret): HandshakeAction {
  return { kind: 'keyLog', label, clientRandom, secret }
}
