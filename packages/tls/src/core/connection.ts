/**
 * Joins handshake and record layer: bytes in, bytes and events out, strictly in order, and synchronously once the
 * handshake is over and as far as the provider is synchronous. It knows no streams, no timers and no I/O; every
 * door (`connect` and `accept`, sockets, the demo) stands on it.
 *
 * It is also the one place where an error becomes an alert (RFC 9846 §6.2).
 */
import type { MaybePromise } from '@mortise/crypto'
import type { EncryptionLevel, Handshake, HandshakeAction, HandshakeInfo } from '@mortise/handshake'
import {
  createRecordReader,
  createRecordWriter,
  type RecordEvent,
  type RecordKeys,
  type RecordReaderOptions,
  type RecordWriterOptions,
} from '@mortise/record'
import {
  AlertDescription,
  alertDescriptionName,
  AlertLevel,
  concat,
  ContentType,
  hex,
  isTlsError,
  TlsError,
} from '@mortise/wire'
import type { ConnectionEvents } from './events.ts'
import { createLane } from './lane.ts'
import { createOutput } from './output.ts'

export interface ConnectionOptions {
  readonly handshake: Handshake
  readonly events: ConnectionEvents
  readonly reader?: Omit<RecordReaderOptions, 'role'>
  readonly writer?: Omit<RecordWriterOptions, 'role'>
  /** Bytes of rejected early data that a server skips (RFC 9846 §4.3.10). Default: 16,384. */
  readonly maxSkippedEarlyData?: number
}

export interface Connection {
  /** Begins; a client sends its ClientHello. */
  readonly start: () => MaybePromise<void>
  /**
   * Bytes of the transport. They are borrowed until the answer is there; give the next ones then, since what comes
   * earlier is kept in memory. Never rejects: failures are events.
   */
  readonly receive: (bytes: Uint8Array) => MaybePromise<void>
  /** The transport has ended. Without close_notify before it, that is a truncation (RFC 9846 §6.1). */
  readonly endOfTransport: () => MaybePromise<void>
  /** Gives the connection up for a failure of the transport or of its owner; an alert goes out if the error has one. */
  readonly abort: (error: TlsError) => MaybePromise<void>
  /**
   * Application data. Borrowed until the answer, which is there when the records were handed to `send`.
   * @throws TlsError `ERR_TLS_NOT_CONNECTED` before the handshake is complete, `ERR_TLS_CLOSED` after `close`, or the
   *   connection's failure
   */
  readonly write: (bytes: Uint8Array) => MaybePromise<void>
  /**
   * Early data (client): as much of `bytes` as the server will take, in one piece from the beginning.
   * @returns how many bytes were written; 0 if early data was not offered, is used up or its fate is decided
   */
  readonly writeEarlyData: (bytes: Uint8Array) => MaybePromise<number>
  /** Sends close_notify: we write no more. Idempotent. */
  readonly close: () => MaybePromise<void>
  /** Renews our write keys, and asks the peer to renew its own (RFC 9846 §4.7.3). */
  readonly updateKeys: (requestPeer: boolean) => Promise<void>
  /** RFC 9846 §7.5. @throws TlsError `ERR_TLS_NOT_CONNECTED` */
  readonly exportKeyingMaterial: (label: string, context: Uint8Array, length: number) => Promise<Uint8Array>
  /** `undefined` before the handshake is complete. */
  readonly info: HandshakeInfo | undefined
  readonly error: TlsError | undefined
  /** Neither side writes any more, or the connection has failed. */
  readonly closed: boolean
}

const defaultMaxSkippedEarlyData = 16_384

export function createConnection({
  handshake,
  events,
  reader: readerOptions,
  writer: writerOptions,
  maxSkippedEarlyData = defaultMaxSkippedEarlyData,
}: ConnectionOptions): Connection {
  const { role } = handshake
  const reader = createRecordReader({ role, ...readerOptions })
  const writer = createRecordWriter({ role, ...writerOptions })
  const output = createOutput(events.send)
  const lane = createLane()
  let info: HandshakeInfo | undefined
  let failure: TlsError | undefined
  let writeClosed = false
  let readClosed = false
  let earlyDataLeft = 0
  let halfRtt = false
  let pumping: Promise<void> | undefined

  // Failing ---------------------------------------------------------------------------------------------------

  /** RFC 9846 §6.2: one alert under the current write keys, nothing after it, all secrets gone. */
  const fail = (cause: unknown): MaybePromise<void> => {
    if (failure) return undefined
    const error = isTlsError(cause) ? cause : new TlsError('ERR_TLS_INTERNAL', { cause })
    failure = error
    const finish = (): void => {
      destroy()
      events.failed(error)
    }
    if (error.alert === undefined || error.code === 'ERR_TLS_ALERT_RECEIVED' || writeClosed) return finish()
    try {
      const sent = sendAlert(AlertLevel.fatal, error.alert)
      return sent instanceof Promise ? sent.then(finish, finish) : finish()
    } catch {
      return finish() // the writer itself has failed: nothing can be said any more
    }
  }

  const sendAlert = (level: number, description: number): MaybePromise<void> => {
    const bytes = Uint8Array.of(level, description)
    events.trace?.({ direction: 'sent', kind: 'alert', level: writer.epoch, bytes })
    output.add(writer.write(ContentType.alert, bytes))
    return output.flush()
  }

  const destroy = (): void => {
    reader.destroy()
    writer.destroy()
    handshake.destroy()
  }

  // Actions of the handshake ----------------------------------------------------------------------------------

  const carryOut = async (actions: readonly HandshakeAction[]): Promise<void> => {
    for (const action of packMessages(actions)) {
      const done = perform(action)
      if (done instanceof Promise) await done
    }
  }

  const perform = (action: Exclude<HandshakeAction, { kind: 'send' }> | SendMessages): MaybePromise<void> => {
    switch (action.kind) {
      case 'send':
        return sendMessages(action)
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
        return writer.install(recordKeys(action), protectedLevel(action))
      case 'removeWriteKeys':
        earlyDataLeft = 0
        return writer.removeKeys()
      case 'requireMessageBoundary':
        return reader.requireMessageBoundary()
      case 'limitRecordSize':
        if (action.read !== undefined) reader.setMaxPlaintext(action.read)
        if (action.write !== undefined) writer.setMaxPlaintext(action.write)
        return undefined
      case 'keyLog':
        return logKey(action)
      case 'offerEarlyData':
        earlyDataLeft = action.maxSize
        return events.earlyDataOffered?.(action.maxSize)
      case 'earlyData':
        return decideEarlyData(action)
      case 'newSession':
        return events.session?.(action.session)
      case 'complete':
        info = action.info
        return undefined
    }
  }

  const sendMessages = ({ level, messages }: SendMessages): void => {
    for (const bytes of messages) events.trace?.({ direction: 'sent', kind: 'handshake', level, bytes })
    const [only] = messages
    void output.add(
      writer.write(ContentType.handshake, only && messages.length === 1 ? only : concat(...messages)),
    )
  }

  const logKey = ({ label, clientRandom, secret }: Extract<HandshakeAction, { kind: 'keyLog' }>): void => {
    events.keyLog?.(`${label} ${hex(clientRandom)} ${hex(secret.reveal())}`)
  }

  const decideEarlyData = ({ accepted }: Extract<HandshakeAction, { kind: 'earlyData' }>): void => {
    if (role === 'server') {
      if (!accepted) reader.skipRejectedEarlyData(maxSkippedEarlyData)
      halfRtt = accepted
    } else if (!accepted) earlyDataLeft = 0
    events.earlyDataDecided?.(accepted)
  }

  // Receiving -------------------------------------------------------------------------------------------------

  /** Takes events from the reader until it needs more bytes. */
  const pump = (): MaybePromise<void> => {
    for (;;) {
      const event = reader.next()
      const done = event instanceof Promise ? event.then(handle) : handle(event)
      if (done instanceof Promise) return done.then((more) => (more ? pump() : undefined))
      if (!done) return output.flush()
    }
  }

  /** Answers whether there may be more. */
  const handle = (event: RecordEvent | undefined): MaybePromise<boolean> => {
    if (!event || failure || readClosed) return false
    switch (event.kind) {
      case 'applicationData':
        events.trace?.({
          direction: 'received',
          kind: 'applicationData',
          level: event.epoch,
          bytes: event.data,
        })
        handshake.applicationDataReceived()
        if (event.epoch === 'early') events.earlyData?.(event.data)
        else events.data(event.data)
        return true
      case 'alert':
        return handleAlert(event)
      case 'handshake':
        return handleHandshake(event)
    }
  }

  const handleHandshake = async ({
    message,
    epoch,
  }: Extract<RecordEvent, { kind: 'handshake' }>): Promise<boolean> => {
    events.trace?.({ direction: 'received', kind: 'handshake', level: epoch, bytes: message })
    const wasConnected = info !== undefined
    await lane.run(async () => carryOut(await handshake.receive(message, epoch)))
    if (info && !wasConnected) {
      await output.flush()
      events.connected(info)
    }
    return true
  }

  const handleAlert = ({ level, description, epoch }: Extract<RecordEvent, { kind: 'alert' }>): boolean => {
    events.trace?.({
      direction: 'received',
      kind: 'alert',
      level: epoch,
      bytes: Uint8Array.of(level, description),
    })
    if (description === AlertDescription.user_canceled) return true
    if (description !== AlertDescription.close_notify || !info)
      throw new TlsError('ERR_TLS_ALERT_RECEIVED', {
        alert: description,
        detail: alertDescriptionName(description),
      })
    readClosed = true
    events.peerClosed()
    if (writeClosed) destroy()
    return false
  }

  /** Runs `job` and what it starts; any failure fails the connection. Never throws or rejects. */
  const guard = (job: () => MaybePromise<void>): MaybePromise<void> => {
    try {
      const done = job()
      return done instanceof Promise ? done.catch(fail) : done
    } catch (error) {
      return fail(error)
    }
  }

  const receive = (bytes: Uint8Array): MaybePromise<void> => {
    if (failure || readClosed) return undefined
    if (pumping) {
      reader.append(bytes.slice())
      return pumping
    }
    reader.append(bytes)
    const done = guard(pump)
    if (!(done instanceof Promise)) return undefined
    const settled: Promise<void> = done.then(() => {
      pumping = undefined
      // What was appended while the last event was on its way
      return reader.buffered > 0 && !failure ? drain() : undefined
    })
    pumping = settled
    return settled
  }

  const drain = (): MaybePromise<void> => {
    const done = guard(pump)
    if (done instanceof Promise) {
      const settled: Promise<void> = done.then(() => {
        if (pumping === settled) pumping = undefined
      })
      pumping = settled
      return settled
    }
    return undefined
  }

  // Sending ---------------------------------------------------------------------------------------------------

  const requireWritable = (): void => {
    if (failure) throw failure
    if (writeClosed) throw new TlsError('ERR_TLS_CLOSED', { detail: 'close_notify has been sent' })
    if (!info && !(halfRtt && writer.epoch === 'application')) throw new TlsError('ERR_TLS_NOT_CONNECTED')
  }

  const writeRecords = (bytes: Uint8Array): MaybePromise<void> =>
    lane.run(() => {
      requireWritable()
      events.trace?.({ direction: 'sent', kind: 'applicationData', level: writer.epoch, bytes })
      const added = output.add(writer.write(ContentType.application_data, bytes))
      if (writer.shouldUpdateKeys) void updateKeys(false).catch(fail)
      return added
    })

  const write = (bytes: Uint8Array): MaybePromise<void> => {
    requireWritable()
    if (bytes.length === 0) return undefined
    const written = writeRecords(bytes)
    return written instanceof Promise ? written.then(output.flush) : output.flush()
  }

  const writeEarlyData = (bytes: Uint8Array): MaybePromise<number> =>
    lane.run(() => {
      const length = Math.min(bytes.length, writer.epoch === 'early' ? earlyDataLeft : 0)
      if (length === 0 || failure) return 0
      earlyDataLeft -= length
      const added = output.add(writer.write(ContentType.application_data, bytes.subarray(0, length)))
      const flushed = added instanceof Promise ? added.then(output.flush) : output.flush()
      return flushed instanceof Promise ? flushed.then(() => length) : length
    })

  const close = (): MaybePromise<void> => {
    if (writeClosed || failure) return undefined
    return guard(() =>
      lane.run(() => {
        if (writeClosed || failure) return undefined
        const sent = sendAlert(AlertLevel.warning, AlertDescription.close_notify)
        writeClosed = true
        const finish = (): void => {
          if (readClosed) destroy()
        }
        return sent instanceof Promise ? sent.then(finish) : finish()
      }),
    )
  }

  const updateKeys = async (requestPeer: boolean): Promise<void> => {
    requireWritable()
    await lane.run(async () => {
      requireWritable()
      await carryOut(await handshake.updateKeys(requestPeer))
    })
    await output.flush()
  }

  return {
    start: () =>
      guard(async () => {
        await lane.run(async () => carryOut(await handshake.start()))
        await output.flush()
      }),
    receive,
    endOfTransport: () => (readClosed || failure ? undefined : fail(new TlsError('ERR_TLS_TRUNCATED'))),
    abort: fail,
    write,
    writeEarlyData,
    close,
    updateKeys,
    exportKeyingMaterial: handshake.exportKeyingMaterial,
    get info() {
      return info
    },
    get error() {
      return failure
    },
    get closed() {
      return failure !== undefined || (readClosed && writeClosed)
    },
  }
}

interface SendMessages {
  readonly kind: 'send'
  readonly level: EncryptionLevel
  readonly messages: readonly Uint8Array[]
}

/** Messages that follow each other at one level share records (RFC 9846 §5.1). */
function packMessages(
  actions: readonly HandshakeAction[],
): readonly (Exclude<HandshakeAction, { kind: 'send' }> | SendMessages)[] {
  const packed: (Exclude<HandshakeAction, { kind: 'send' }> | SendMessages)[] = []
  for (const action of actions) {
    const last = packed.at(-1)
    if (action.kind !== 'send') packed.push(action)
    else if (last?.kind === 'send' && last.level === action.level)
      packed[packed.length - 1] = { ...last, messages: [...last.messages, action.message] }
    else packed.push({ kind: 'send', level: action.level, messages: [action.message] })
  }
  return packed
}

type InstallKeys = Extract<HandshakeAction, { kind: 'installReadKeys' | 'installWriteKeys' }>

function recordKeys({ suite: { aead, hash }, secret }: InstallKeys): RecordKeys {
  return { aead, hash, trafficSecret: secret }
}

function protectedLevel({ level }: InstallKeys): Exclude<EncryptionLevel, 'initial'> {
  if (level === 'initial') throw new TlsError('ERR_TLS_INTERNAL', { detail: 'the initial level has no keys' })
  return level
}
