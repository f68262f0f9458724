/** Carries out what the handshake answers with, in order. */
import type { MaybePromise } from '@mortise/crypto'
import type { HandshakeAction, InstallKeys } from '@mortise/handshake'
import { concat, ContentType, hex } from '@mortise/wire'
import { packMessages, protectedLevel, recordKeys, type FlightAction, type SendMessages } from './flight.ts'
import type { Shared } from './shared.ts'

/** @param maxSkippedEarlyData see `ConnectionOptions` */
export async function carryOut(
  shared: Shared,
  actions: readonly HandshakeAction[],
  maxSkippedEarlyData: number,
): Promise<void> {
  for (const action of packMessages(actions)) {
    if (shared.failure) return // while keys were derived
    const done = perform(shared, action, maxSkippedEarlyData)
    if (done instanceof Promise) await done
  }
}

function perform(shared: Shared, action: FlightAction, maxSkippedEarlyData: number): MaybePromise<void> {
  const { events, reader, writer, output } = shared
  switch (action.kind) {
    case 'send':
      // RFC 9846 §6.1: nothing follows our close_notify, answers to the peer's messages included
      return shared.writeClosed ? undefined : sendMessages(shared, action)
    case 'sendChangeCipherSpec':
      events.trace?.({
        direction: 'sent',
        kind: 'changeCipherSpec',
        level: 'initial',
        bytes: Uint8Array.of(1),
      })
      return output.add(writer.changeCipherSpec())
    case 'allowChangeCipherSpec':
      return reader.allowChangeCipherSpec(action.allowed)
    case 'installReadKeys':
      return reader.install(recordKeys(action), protectedLevel(action), {
        maxEarlyData: action.maxEarlyData ?? 0,
      })
    case 'installWriteKeys':
      return installWriteKeys(shared, action)
    case 'removeWriteKeys':
      shared.earlyDataLeft = 0
      return writer.removeKeys()
    case 'requireMessageBoundary':
      return reader.requireMessageBoundary()
    case 'limitRecordSize':
      if (action.read !== undefined) reader.setMaxPlaintext(action.read)
      if (action.write !== undefined) writer.setMaxPlaintext(action.write)
      return undefined
    case 'keyLog':
      return logKey(shared, action)
    case 'offerEarlyData':
      shared.earlyDataLeft = action.maxSize
      return events.earlyDataOffered?.(action.maxSize)
    case 'earlyData':
      return decideEarlyData(shared, action, maxSkippedEarlyData)
    case 'newSession':
      return events.session?.(action.session)
    case 'authenticated':
    case 'complete':
      shared.info = action.info
      return undefined
  }
}

function sendMessages({ events, output, writer }: Shared, { level, messages }: SendMessages): void {
  for (const bytes of messages) events.trace?.({ direction: 'sent', kind: 'handshake', level, bytes })
  const [only] = messages
  void output.add(
    writer.write(ContentType.handshake, only && messages.length === 1 ? only : concat(...messages)),
  )
}

function installWriteKeys(shared: Shared, action: InstallKeys): MaybePromise<void> {
  const installed = shared.writer.install(recordKeys(action), protectedLevel(action))
  if (!(installed instanceof Promise)) return undefined
  const done = installed.finally(() => {
    shared.installing = undefined
  })
  shared.installing = done
  return done
}

function logKey(
  { events }: Shared,
  { label, clientRandom, secret }: Extract<HandshakeAction, { kind: 'keyLog' }>,
): void {
  events.keyLog?.(`${label} ${hex(clientRandom)} ${hex(secret.reveal())}`)
}

/** As much may have come in vain as our tickets allow, and clients that were never told a limit send little. */
function decideEarlyData(
  shared: Shared,
  { accepted, maxSkipped = 0 }: Extract<HandshakeAction, { kind: 'earlyData' }>,
  maxSkippedEarlyData: number,
): void {
  if (shared.handshake.role === 'server') {
    if (!accepted) shared.reader.skipRejectedEarlyData(Math.max(maxSkippedEarlyData, maxSkipped))
    shared.halfRtt = accepted
  } else if (!accepted) shared.earlyDataLeft = 0
  shared.events.earlyDataDecided?.(accepted)
}
