/** What a scripted peer writes: what an honest handshake would, and whatever else a test wants. */
import type { EncryptionLevel, HandshakeAction } from '@mortise/handshake'
import type { Heard } from './hearing.ts'
import type { RecordForm } from './sealing.ts'

export type PeerAction =
  | HandshakeAction
  /** One record of this content, under the keys of `level`; by default those that are in use. */
  | {
      readonly kind: 'record'
      readonly type: number
      readonly content: Uint8Array
      readonly level?: EncryptionLevel
      readonly form?: RecordForm
    }
  /** One protected record of this TLSInnerPlaintext, under the keys in use. */
  | { readonly kind: 'inner'; readonly bytes: Uint8Array; readonly form?: RecordForm }
  /** Bytes as they are. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }

/**
 * Changes what a peer is about to write, before it is encrypted. Where the honest peer has nothing to do it isn't asked.
 * @param actions in order; the honest ones, in which nothing has been packed into records yet
 * @param flight counts the answers that write something, from 0: a client's ClientHello, a server's first flight
 * @param heard all that came in so far
 */
export type Edit = (
  actions: readonly PeerAction[],
  flight: number,
  heard: readonly Heard[],
) => readonly PeerAction[]
