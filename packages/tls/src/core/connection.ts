/**
 * Joins handshake and record layer: bytes in, bytes and events out, strictly in order, and synchronously once the
 * handshake is over and as far as the provider is synchronous. It knows no streams, no timers and no I/O; every
 * door (`connect` and `accept`, sockets, the demo) stands on it.
 */
import type { HandshakeAction, VerifiedPeer } from '@mortise/handshake'
import { TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import type { Connection, ConnectionOptions } from './api.ts'
import { attempt, fail, guard } from './failing.ts'
import { carryOut } from './performing.ts'
import { createReceive } from './receiving.ts'
import { close, requireWritable, write, type KeyUpdates } from './sending.ts'
import { createShared, peerClosed, type Shared } from './shared.ts'

const defaultMaxSkippedEarlyData = 16_384

/** @throws TlsError `ERR_TLS_CONFIG` for options that can't be honoured */
export function createConnection(options: ConnectionOptions): Connection {
  const { handshake, maxSkippedEarlyData = defaultMaxSkippedEarlyData } = options
  const shared = createShared(options)
  const { lane, output } = shared

  const perform = (actions: readonly HandshakeAction[]): Promise<void> =>
    carryOut(shared, actions, maxSkippedEarlyData)

  const { receive, afterwards } = createReceive(shared, perform)

  const updateKeys = async (requestPeer: boolean): Promise<void> => {
    requireWritable(shared)
    await attempt(shared, async () => {
      await lane.run(async () => {
        requireWritable(shared)
        await perform(await handshake.updateKeys(requestPeer))
      })
      await output.flush()
    })
  }
  const requestClientCertificate = async (): Promise<VerifiedPeer | undefined> => {
    requireWritable(shared)
    const { answer } = await attempt(shared, async () => {
      const asked = await lane.run(async () => {
        requireWritable(shared)
        if (shared.readClosed) throw peerClosed()
        const request = await handshake.requestClientCertificate()
        await perform(request.actions)
        return request
      })
      await output.flush()
      return asked
    })
    const peer = await unlessPeerCloses(shared, answer).catch((error: unknown) => {
      throw shared.failure ?? error
    })
    await lane.run(() => {}) // behind the step that answered: `info` tells of the peer by now
    return peer
  }
  const keyUpdates: KeyUpdates = {
    answer: async () => {
      requireWritable(shared)
      await guard(shared, async () => perform(await handshake.updateKeys(false)))
    },
    begin: () => {
      updateKeys(false).catch(() => {}) // it has failed the connection, or come too late to matter
    },
  }

  return {
    start: () =>
      guard(shared, async () => {
        await lane.run(async () => perform(await handshake.start()))
        await output.flush()
      }),
    receive,
    // A close_notify may still be on its way through an asynchronous provider
    endOfTransport: () =>
      afterwards(() =>
        shared.readClosed ? undefined : fail(shared, new TlsError(faults.ERR_TLS_TRUNCATED)),
      ),
    abort: (error) => fail(shared, error),
    write: (bytes) => write(shared, bytes, keyUpdates),
    writeEarlyData: (bytes) => options.writeEarlyData?.(shared, bytes) ?? 0,
    close: () => close(shared),
    updateKeys,
    requestClientCertificate,
    exportKeyingMaterial: handshake.exportKeyingMaterial,
    exportEarlyKeyingMaterial: handshake.exportEarlyKeyingMaterial,
    get state() {
      return handshake.state
    },
    get info() {
      return shared.info
    },
    get error() {
      return shared.failure
    },
    get closed() {
      return shared.failure !== undefined || (shared.readClosed && shared.closeSent)
    },
  }
}

/** @throws TlsError `ERR_TLS_CLOSED` if the peer's close_notify comes before `answer`, or has come */
function unlessPeerCloses<T>(shared: Shared, answer: Promise<T>): Promise<T> {
  if (shared.readClosed) return Promise.reject(peerClosed())
  return new Promise((resolve, reject) => {
    const settled = (): void => void shared.waiting.delete(reject)
    shared.waiting.add(reject)
    answer.then(resolve, reject).finally(settled)
  })
}
