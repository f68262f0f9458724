/** Turns what two connections tell while they talk into a recording. */
import type { Connection, ConnectionEvents, TraceEvent } from '@mortise/tls/core'
import { alertDescriptionName, equalBytes, type TlsError } from '@mortise/wire'
import { meddle, type Touch } from './faults.ts'
import { messageName } from './names.ts'
import type { Derivation } from './observe.ts'
import type { Failure, Message, Side, SidedDerivation, WireRecord } from './recording.ts'
import { splitRecords } from './records.ts'
import type { FaultName } from './settings.ts'

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

export interface NetworkFault {
  readonly kind: FaultName
  /** The record that carries this message is the one to meddle with. */
  readonly isTarget: (message: Message) => boolean
}

export interface Recorder {
  readonly messages: readonly Message[]
  readonly records: readonly WireRecord[]
  readonly derivations: readonly SidedDerivation[]
  readonly failures: readonly Failure[]
  /** Time counts from here. */
  readonly begin: () => void
  /** For `trace` and `failed` of the end's events. */
  readonly trace: (side: Side, event: TraceEvent) => void
  readonly failed: (side: Side, error: TlsError) => void
  readonly derived: (side: Side, derivation: Derivation) => void
  /** For `send`: takes a flight, and answers with what arrives of it. */
  readonly onTheWay: (side: Side, bytes: Uint8Array) => Uint8Array
  /** Both ends have come to rest. */
  readonly settled: () => void
  /** Whether the network fault has found its record. */
  readonly meddled: boolean
}

/** @param connectionOf the ends, once they are there @param fault what the network does, to one record */
export function createRecorder(
  connectionOf: (side: Side) => Pick<Connection, 'state'> | undefined,
  fault: NetworkFault | undefined,
): Recorder {
  let started = performance.now()
  const clock = (): number => performance.now() - started
  const messages: Writable<Message>[] = []
  const records: WireRecord[] = []
  const derivations: SidedDerivation[] = []
  const failures: Failure[] = []
  /** The message that each end has in hand. */
  const inHand: Record<Side, Writable<Message> | undefined> = { client: undefined, server: undefined }
  const stateOf = (side: Side): string => connectionOf(side)?.state ?? 'Start'
  let flight = 0
  let meddled = false

  const settle = (side: Side): void => {
    const message = inHand[side]
    if (message) message.stateAfter ??= stateOf(side)
  }

  const sent = (side: Side, { kind, level, bytes }: TraceEvent): void => {
    settle(side)
    messages.push({
      id: messages.length,
      from: side,
      kind,
      name: messageName(kind, bytes),
      level,
      bytes: bytes.slice(),
      arrived: undefined,
      fate: 'lost',
      sentAt: clock(),
      receivedAt: undefined,
      senderState: stateOf(side),
      stateBefore: undefined,
      stateAfter: undefined,
      flight,
      record: 0,
    })
  }

  const received = (side: Side, { kind, bytes }: TraceEvent): void => {
    settle(side)
    const waiting = messages.filter(({ from, fate }) => from !== side && fate === 'lost')
    const message =
      waiting.find((candidate) => candidate.kind === kind && equalBytes(candidate.bytes, bytes)) ??
      waiting.find((candidate) => candidate.kind === kind)
    if (!message) return
    message.fate = 'taken'
    message.receivedAt = clock()
    message.stateBefore = stateOf(side)
    if (!equalBytes(message.bytes, bytes)) message.arrived = bytes.slice()
    inHand[side] = message
  }

  const failed = (side: Side, error: TlsError): void => {
    const known = inHand[side]
    // A message that was taken has moved the state on; what the record layer refuses is never traced as received
    const inProgress =
      known?.kind === 'handshake' && known.stateBefore === stateOf(side) && stateOf(side) !== 'Connected'
    const refused = inProgress
      ? known
      : messages.find(
          ({ from, fate, kind }) => from !== side && fate === 'lost' && kind !== 'changeCipherSpec',
        )
    if (refused && error.code !== 'ERR_TLS_ALERT_RECEIVED' && error.blame !== 'transport') {
      refused.fate = 'refused'
      refused.receivedAt ??= clock()
      refused.stateBefore ??= stateOf(side)
      refused.stateAfter ??= stateOf(side)
    }
    failures.push({
      side,
      code: error.code,
      alert: error.alert === undefined ? undefined : alertDescriptionName(error.alert),
      blame: error.blame,
      message: error.message,
      state: stateOf(side),
      messageId: error.blame === 'transport' ? undefined : refused?.id,
    })
  }

  const onTheWay = (side: Side, bytes: Uint8Array): Uint8Array => {
    const own = messages.filter((message) => message.flight === flight && message.from === side)
    const pieces = splitRecords(bytes)
    assignRecords(own, pieces)
    const target = fault && !meddled ? own.find(fault.isTarget) : undefined
    const changed = fault && target && meddle(fault.kind, pieces, target.record)
    if (changed) meddled = true
    const touched: ReadonlyMap<number, Touch> = changed?.touched ?? new Map()
    pieces.forEach((piece, record) => {
      records.push({ flight, record, from: side, bytes: piece, touched: touched.get(record) })
    })
    flight += 1
    return changed ? joined(changed.records) : bytes
  }

  return {
    messages,
    records,
    derivations,
    failures,
    begin: () => {
      started = performance.now()
    },
    trace: (side, event) => (event.direction === 'sent' ? sent : received)(side, event),
    failed,
    derived: (side, derivation) => {
      const messageId = inHand[side]?.id ?? 0
      derivations.push({ ...derivation, side, messageId })
    },
    onTheWay,
    settled: () => {
      settle('client')
      settle('server')
      for (const message of messages)
        if (message.kind === 'changeCipherSpec' && !wasDropped(records, message)) message.fate = 'ignored'
    },
    get meddled() {
      return meddled
    },
  }
}

/** For the events of an end that are the recorder's to hear. */
export function recordedEvents(recorder: Recorder, side: Side): Pick<ConnectionEvents, 'trace' | 'failed'> {
  return {
    trace: (event) => recorder.trace(side, event),
    failed: (error) => recorder.failed(side, error),
  }
}

/** Messages of one kind and level share a record: the groups of a flight are its records, in order. */
function assignRecords(messages: readonly Writable<Message>[], records: readonly Uint8Array[]): void {
  let record = -1
  let before: Message | undefined
  for (const message of messages) {
    const shares =
      before?.kind === 'handshake' && message.kind === 'handshake' && before.level === message.level
    if (!shares) record += 1
    message.record = Math.min(record, records.length - 1)
    before = message
  }
}

function wasDropped(records: readonly WireRecord[], { flight, record }: Message): boolean {
  return records.some(
    (piece) => piece.flight === flight && piece.record === record && piece.touched === 'dropped',
  )
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}
