/** What the relay lets anybody use, since whoever can open the page can reach it. */

export interface RelayLimits {
  /** Connections at the same time, those that watch included. */
  readonly maxConnections: number
  /** Milliseconds without a byte in either direction. */
  readonly idleTimeout: number
  /** Milliseconds that the target may take to answer a call. */
  readonly connectTimeout: number
  /** Bytes of one connection, both directions together. */
  readonly maxBytes: number
  /** Bytes of one message from the page; more closes the connection with code 1009. */
  readonly maxMessage: number
  /** Bytes that may wait for the target or the page before the other side is told to wait. */
  readonly maxWaiting: number
}

export const defaultRelayLimits: RelayLimits = {
  maxConnections: 16,
  idleTimeout: 60_000,
  connectTimeout: 5000,
  maxBytes: 16 * 1_048_576,
  maxMessage: 65_536,
  maxWaiting: 262_144,
}
