/**
 * What Node's own modules and the libraries built on them expect of a socket beside a Duplex: `http` and its agents,
 * `http2`, database drivers. All of it is the transport's to answer.
 */
import type { AddressInfo, Socket } from 'node:net'
import { Duplex } from 'node:stream'

/** A Duplex over a `net.Socket`, with the methods of `net.Socket`. Emits `connect` and `timeout` when the transport does. */
export class NetDuplex extends Duplex {
  readonly #transport: Socket

  constructor(transport: Socket) {
    super({ allowHalfOpen: false })
    this.#transport = transport
    for (const event of ['connect', 'timeout'])
      transport.on(event, () => {
        if (!this.destroyed) this.emit(event)
      })
  }

  /** The transport, to ask for addresses and the like; reading or writing there breaks the connection. */
  get socket(): Socket {
    return this.#transport
  }

  /** Whether there is no TCP connection yet. */
  get connecting(): boolean {
    return this.#transport.connecting
  }

  /** Milliseconds that were set by `setTimeout`. */
  get timeout(): number | undefined {
    return this.#transport.timeout
  }

  /**
   * Emits `timeout` after so many milliseconds without a byte on the transport, once for each such pause, and does
   * nothing else; 0: never. The handshake has its own limit, `handshakeTimeout`.
   */
  setTimeout(milliseconds: number, callback?: () => void): this {
    this.#transport.setTimeout(milliseconds)
    if (callback) {
      if (milliseconds === 0) this.removeListener('timeout', callback)
      else this.once('timeout', callback)
    }
    return this
  }

  /** Whether what is written goes out at once, and not together with what follows. A TlsSocket begins with `true`. */
  setNoDelay(noDelay?: boolean): this {
    this.#transport.setNoDelay(noDelay)
    return this
  }

  /** TCP keep-alive. @param initialDelay milliseconds without a byte before the first probe */
  setKeepAlive(enable?: boolean, initialDelay?: number): this {
    this.#transport.setKeepAlive(enable, initialDelay)
    return this
  }

  /** Undoes `unref`. */
  ref(): this {
    this.#transport.ref()
    return this
  }

  /** Lets the process end while this connection is open. */
  unref(): this {
    this.#transport.unref()
    return this
  }

  /** Ends, and is destroyed once all was written. */
  destroySoon(): void {
    if (this.writable) this.end()
    if (this.writableFinished) this.destroy()
    else this.once('finish', () => this.destroy())
  }

  /** Our end's address, family and port. */
  address(): AddressInfo | object {
    return this.#transport.address()
  }

  get remoteAddress(): string | undefined {
    return this.#transport.remoteAddress
  }

  get remoteFamily(): string | undefined {
    return this.#transport.remoteFamily
  }

  get remotePort(): number | undefined {
    return this.#transport.remotePort
  }

  get localAddress(): string | undefined {
    return this.#transport.localAddress
  }

  get localPort(): number | undefined {
    return this.#transport.localPort
  }
}
