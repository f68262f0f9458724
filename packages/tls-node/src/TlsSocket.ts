/**
 * TLS as a Duplex straight on a `net.Socket`: records are sealed and opened synchronously where the provider is, one
 * flight is one write, and no Web Stream stands in between.
 */
import type { Socket } from 'node:net'
import {
  channelBinding,
  connectionInfo,
  createConnection,
  watch,
  type ChannelBindingType,
  type Connection,
  type ConnectionEvents,
  type ConnectionInfo,
  type ConnectionOptions,
  type ConnectionSettings,
  type Party,
  type Peer,
  type Watch,
} from '@mortise/tls/core'
import { TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { outside, settle, type WriteCallback } from './callbacks.ts'
import { letGo } from './letGo.ts'
import { allocate, free, giveBack } from './memory.ts'
import { NetDuplex } from './NetDuplex.ts'

/** What the connection of a socket is made of. */
export type Prepare = (events: ConnectionEvents) => Promise<ConnectionOptions>

/**
 * Emits, beside what every socket does, `secureConnect` when the peer is authenticated; `earlyData` with each piece
 * of early data that a server takes, before that. What is written earlier waits. Failures are TlsErrors.
 */
export class TlsSocket extends NetDuplex {
  readonly #exclusive: boolean
  readonly #party: () => Party
  #connection: Connection | undefined
  #watch: Watch | undefined
  #info: ConnectionInfo | undefined
  /** What `#info` was made of. */
  #handshakeInfo: Connection['info']
  /** Written before the connection was there. */
  #waiting: (() => void) | undefined
  #drained: WriteCallback | undefined
  /** Until what came has been handled. */
  #receiving: Promise<void> | undefined
  #full = false
  /** All was written, and close_notify is on its way. */
  #ending = false

  /**
   * @param socket it belongs to the TlsSocket from now on
   * @param exclusive whether it is a socket that nobody else has: what it gives and what it took is then ours alone
   * @param party who we are; asked once connected
   */
  constructor(socket: Socket, exclusive: boolean, party: () => Party) {
    super(socket)
    this.#exclusive = exclusive
    this.#party = party
    socket.pause()
    socket.setNoDelay(true)
    // Who has said close_notify may end its half of the transport as well, and still gets what we have to say
    socket.allowHalfOpen = true
  }

  /** What was negotiated; `undefined` before `secureConnect`. A later authentication makes it a new one. */
  get info(): ConnectionInfo | undefined {
    const latest = this.#connection?.info
    if (this.#info && latest && latest !== this.#handshakeInfo) {
      this.#handshakeInfo = latest
      this.#info = connectionInfo(latest)
    }
    return this.#info
  }

  /** That what is read and written is encrypted on its way: frameworks ask by this name. */
  get encrypted(): true {
    return true
  }

  /** The protocol agreed on; `false` for none, and before `secureConnect`. */
  get alpnProtocol(): string | false {
    return this.#info?.alpn ?? false
  }

  /**
   * Renews our keys (RFC 9846 §4.7.3), and asks the peer to renew its own unless `requestPeer` is `false`.
   * @throws TlsError
   */
  async updateKeys({ requestPeer = true }: { readonly requestPeer?: boolean } = {}): Promise<void> {
    await this.#connected().updateKeys(requestPeer)
  }

  /**
   * Server: asks the client who it is, after the handshake (RFC 9846 §4.7.2).
   * @returns `undefined` if the client has no certificate for us
   * @throws TlsError `ERR_TLS_CLIENT_CAN_NOT_BE_ASKED` if the client did not offer that, or nobody is there to verify it
   */
  async requestClientCertificate(): Promise<Peer | undefined> {
    await this.#connected().requestClientCertificate()
    return this.info?.peer
  }

  /** RFC 9846 §7.5. @param label ASCII, at most 249 bytes @param length in bytes @throws TlsError */
  async exportKeyingMaterial(label: string, context: Uint8Array, length: number): Promise<Uint8Array> {
    return this.#connected().exportKeyingMaterial(label, context, length)
  }

  /**
   * What ties authentication above to this connection: `tls-exporter` (RFC 9266), or `tls-server-end-point` (RFC 5929 §4),
   * which PostgreSQL's SCRAM-SHA-256-PLUS wants.
   * @throws TlsError `ERR_TLS_NO_CHANNEL_BINDING` if the server's certificate is needed for it, and not known or has no hash
   */
  async channelBinding(type: ChannelBindingType): Promise<Uint8Array> {
    const { info, exportKeyingMaterial } = this.#connected()
    return channelBinding({ ...this.#party(), info, exportKeyingMaterial }, type)
  }

  /**
   * Begins. To be called once, by who made the socket.
   * @internal
   */
  async open(
    prepare: Prepare,
    settings: ConnectionSettings,
    started: (connection: Connection) => void = () => {},
    events: Partial<ConnectionEvents> = {},
  ): Promise<void> {
    try {
      const { writer, ...rest } = await prepare({ ...events, ...this.#events() })
      const connection = createConnection({
        ...rest,
        // A transport of somebody else's may keep what is written to it
        writer: this.#exclusive ? { ...writer, allocate } : { ...writer },
      })
      this.#connection = connection
      if (this.destroyed) return
      this.#watch = watch(connection, settings)
      this.#listen(connection)
      started(connection)
      await connection.start()
      this.#flow()
    } catch (error) {
      this.destroy(error instanceof Error ? error : new TlsError(faults.ERR_TLS_INTERNAL, { cause: error }))
    }
  }

  /** @internal */
  override _read(): void {
    this.#full = false
    this.#flow()
  }

  /** @internal */
  override _write(chunk: Buffer, _: string, callback: WriteCallback): void {
    if (this.#info) this.#send(chunk, callback)
    else this.#waiting = () => this.#send(chunk, callback)
  }

  /** @internal */
  override _writev(chunks: readonly { readonly chunk: Buffer }[], callback: WriteCallback): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), '', callback)
  }

  /** @internal */
  override _final(callback: WriteCallback): void {
    if (!this.#info) {
      this.#waiting = () => this._final(callback)
      return
    }
    this.#ending = true
    settle(() => this.#connected().close(), callback)
  }

  /** @internal */
  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#watch?.end()
    letGo(this.socket, this.#farewell(error))
    callback(error)
  }

  /** What the peer still has to be told, as long as there is something to tell. */
  #farewell(error: Error | null): void | Promise<void> {
    const connection = this.#connection
    if (!connection) return undefined
    if (connection.error) return connection.close() // its alert may still be on its way
    // `for await` destroys what it has read to the end, when our own end was due and nothing is left to say
    const due = !error && this.readableEnded && !this.allowHalfOpen && this.writableLength === 0
    if (due || this.#ending || connection.closed) return connection.close() // until close_notify is out
    return connection.abort(new TlsError(faults.ERR_TLS_ABORTED, { cause: error })) // given up from outside
  }

  #events(): ConnectionEvents {
    return {
      send: (bytes) => {
        const { socket } = this
        if (!socket.writable) return
        let given = !this.#exclusive
        const giveBackOnce = (): void => {
          if (!given) giveBack(bytes)
          given = true
        }
        socket.write(bytes, (error) => {
          if (!error) giveBackOnce()
        })
        // As a rule the kernel has taken all of it at once, and the next record can have the buffer while it is in the cache
        if (socket.writableLength === 0) giveBackOnce()
      },
      connected: (info) => {
        this.#watch?.connected()
        this.#handshakeInfo = info
        this.#info = connectionInfo(info)
        outside(() => this.emit('secureConnect'))
        this.#waiting?.()
        this.#waiting = undefined
      },
      data: (bytes) => {
        outside(() => {
          if (!this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))) this.#full = true
        })
      },
      earlyData: (bytes) => {
        outside(() => this.emit('earlyData', Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)))
      },
      peerClosed: () => {
        this.push(null)
        this.read(0) // as net.Socket does: `end` comes though nobody reads, if there is nothing to read
      },
      failed: (error) => {
        this.destroy(error)
      },
    }
  }

  #listen(connection: Connection): void {
    const { socket } = this
    socket.on('data', (bytes) => {
      const done = connection.receive(bytes)
      if (done instanceof Promise) {
        const handled = done.then(() => {
          if (this.#receiving === handled) this.#receiving = undefined
          this.#flow()
        })
        this.#receiving = handled
      } else if (this.#exclusive && socket.listenerCount('data') === 1) free(bytes)
      this.#flow()
    })
    socket.on('end', () => void connection.endOfTransport())
    socket.on('error', (cause) => {
      const abort = (): void => void connection.abort(new TlsError(faults.ERR_TLS_TRANSPORT, { cause }))
      // What came before it may have been the peer's close_notify
      if (this.#receiving) void this.#receiving.then(abort)
      else abort()
    })
    socket.on('close', () => {
      this.#drained?.(this.#failure())
      void connection.endOfTransport()
    })
    socket.on('drain', () => {
      const drained = this.#drained
      this.#drained = undefined
      drained?.()
    })
  }

  /** Backpressure on the transport: while records are being opened, and while nobody reads. */
  #flow(): void {
    if (this.destroyed || !this.#connection) return
    if (this.#receiving || (this.#full && this.#info)) this.socket.pause()
    else this.socket.resume()
  }

  #send(chunk: Buffer, callback: WriteCallback): void {
    settle(
      () => this.#connected().write(chunk),
      (error) => {
        const failure = error ?? this.#failure()
        if (failure || !this.socket.writableNeedDrain) callback(failure)
        else this.#drained = callback
      },
    )
  }

  /** Why what was written goes nowhere: an asynchronous provider may still have sealed it. */
  #failure(): TlsError | undefined {
    if (this.#connection?.error || !this.socket.destroyed) return this.#connection?.error
    return new TlsError(faults.ERR_TLS_TRANSPORT, { detail: 'the socket is closed' })
  }

  #connected(): Connection {
    if (this.#connection && this.#info) return this.#connection
    throw new TlsError(faults.ERR_TLS_NOT_CONNECTED)
  }
}
