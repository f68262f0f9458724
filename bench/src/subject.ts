/** What is measured: an implementation of both ends over loopback TCP, behind one interface. */
import type { Server } from 'node:net'
import type { Duplex } from 'node:stream'

export interface Subject {
  readonly name: string
  /** A server on a free port, which calls back with each client that is through the handshake. */
  readonly listen: (connected: (socket: Duplex) => void) => Server
  /** Emits `secureConnect` when the server is authenticated. */
  readonly connect: (port: number) => Duplex
  /** The bare cryptography of the same provider; absent for node:tls. */
  readonly bare?: BareCosts
}

/** Milliseconds of processor time, measured without any protocol around. */
export interface BareCosts {
  readonly handshake: () => Promise<number>
  readonly megabyte: () => Promise<number>
}

/** The algorithms of every connection here, which all of the subjects have. */
export const algorithms = { suite: 'TLS_AES_128_GCM_SHA256', group: 'x25519' } as const
