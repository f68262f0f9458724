/** What can go wrong between two ends: a peer that lies, and a network that meddles. */
import type { Edit, PeerAction } from '@mortise/testing'
import type { ConnectionOptions } from '@mortise/tls/core'
import { ContentType, HandshakeType } from '@mortise/wire'
import type { Side } from './recording.ts'
import type { FaultMessage, FaultName, Settings } from './settings.ts'

type Handshake = ConnectionOptions['handshake']
type SendAction = Extract<PeerAction, { kind: 'send' }>

/** Who sends a message that a fault is about, and its HandshakeType. */
export const faultTargets: Readonly<Record<FaultMessage, readonly [Side, number]>> = {
  ClientHello: ['client', HandshakeType.client_hello],
  ServerHello: ['server', HandshakeType.server_hello],
  EncryptedExtensions: ['server', HandshakeType.encrypted_extensions],
  CertificateRequest: ['server', HandshakeType.certificate_request],
  'server Certificate': ['server', HandshakeType.certificate],
  'server CertificateVerify': ['server', HandshakeType.certificate_verify],
  'server Finished': ['server', HandshakeType.finished],
  'client Certificate': ['client', HandshakeType.certificate],
  'client CertificateVerify': ['client', HandshakeType.certificate_verify],
  'client Finished': ['client', HandshakeType.finished],
}

/** What a lying peer does to its flights before it encrypts them; `undefined` if `side` is honest. */
export function lie(settings: Settings, side: Side, done: () => void): Edit | undefined {
  const [liar, type] = faultTargets[settings.faultMessage]
  const change = changes[settings.fault]
  if (liar !== side || !change) return undefined
  return (actions) => {
    const at = actions.findIndex((action) => action.kind === 'send' && action.message[0] === type)
    const changed = at < 0 ? undefined : change(actions, at)
    if (!changed) return actions
    done()
    return changed
  }
}

type Change = (actions: readonly PeerAction[], at: number) => readonly PeerAction[] | undefined

const changes: { readonly [Name in FaultName]?: Change } = {
  peerOmits: (actions, at) => actions.toSpliced(at, 1),
  peerSwaps: (actions, at) => {
    const other = neighbour(actions, at)
    const [mine, theirs] = [actions[at], actions[other]]
    return mine && theirs && actions.with(at, theirs).with(other, mine)
  },
  peerAlters: (actions, at) => {
    const { level, message } = actions[at] as SendAction
    return actions.with(at, { kind: 'send', level, message: altered(message) })
  },
}

/** The message after this one, or before it: of the same level, or there would be no keys for it. */
function neighbour(actions: readonly PeerAction[], at: number): number {
  const { level } = actions[at] as SendAction
  const fits = (action: PeerAction): boolean => action.kind === 'send' && action.level === level
  const next = actions.findIndex((action, index) => index > at && fits(action))
  return next < 0 ? actions.findLastIndex((action, index) => index < at && fits(action)) : next
}

/** The handshake, with `edit` between it and the records. */
export function edited(handshake: Handshake, edit: Edit): Handshake {
  let flight = 0
  type Actions = Awaited<ReturnType<Handshake['start']>>
  // Edits of this page answer with nothing that a handshake could not have
  const change = (actions: Actions): Actions => edit(actions, flight++, []) as Actions
  return {
    ...handshake,
    get state() {
      return handshake.state
    },
    start: async () => change(await handshake.start()),
    receive: async (message, level) => change(await handshake.receive(message, level)),
  }
}

/** What a Certificate ends with, behind the certificate itself: the length of its extensions, which are none. */
const behindCertificate = 2

/** The last bit; of a certificate's own, where a change is a wrong signature and not a message that does not parse. */
function altered(message: Uint8Array): Uint8Array {
  if (message[0] !== HandshakeType.certificate) return flipLastBit(message)
  const end = message.length - behindCertificate
  return Uint8Array.of(...flipLastBit(message.subarray(0, end)), ...message.subarray(end))
}

export function flipLastBit(bytes: Uint8Array): Uint8Array {
  return bytes.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1)
}

/** What a meddling network does to the records of a flight. */
export function meddle(
  fault: FaultName,
  records: readonly Uint8Array[],
  at: number,
): { readonly records: readonly Uint8Array[]; readonly touched: ReadonlyMap<number, Touch> } | undefined {
  const record = records[at]
  if (!record) return undefined
  if (fault === 'networkFlip')
    return { records: records.with(at, flipLastBit(record)), touched: new Map([[at, 'flipped']]) }
  if (fault === 'networkDrop')
    return { records: records.toSpliced(at, 1), touched: new Map([[at, 'dropped']]) }
  const other = otherRecord(records, at)
  const swapped = records[other]
  if (fault !== 'networkSwap' || !swapped) return undefined
  return {
    records: records.with(at, swapped).with(other, record),
    touched: new Map([
      [at, 'swapped'],
      [other, 'swapped'],
    ]),
  }
}

/** The next one, or else the one before; change_cipher_spec may come anywhere and proves nothing. */
function otherRecord(records: readonly Uint8Array[], at: number): number {
  const fits = (record: Uint8Array): boolean => record[0] !== ContentType.change_cipher_spec
  const next = records.findIndex((record, index) => index > at && fits(record))
  return next < 0 ? records.findLastIndex((record, index) => index < at && fits(record)) : next
}

export type Touch = 'flipped' | 'dropped' | 'swapped'
