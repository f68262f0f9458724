/** What the shim says once it may: by default, each byte it reads, inverted. */
import type { Connection } from '@mortise/tls/core'
import { Unexpected } from './expectations.ts'
import type { Incoming } from './incoming.ts'
import type { Test } from './runConnection.ts'

export interface Exchange extends Test {
  readonly connection: Connection
  readonly incoming: Incoming
  /** Settles when the handshake is complete, or has failed. */
  readonly handshakeDone: Promise<void>
  /** Settles when the fate of early data is known. */
  readonly earlyDecided: Promise<void>
  readonly earlyDataOffered: () => boolean
  readonly earlyDataAccepted: () => boolean | undefined
  readonly failure: () => unknown
}

export async function exchange(test: Exchange): Promise<void> {
  const { flags, connection, handshakeDone, failure } = test
  const early = await writeEarly(test)
  if (flags.server && flags['enable-early-data']) await Promise.race([handshakeDone, halfRtt(test)])
  else await handshakeDone
  if (failure()) return
  if (connection.info) await afterHandshake(test, early)
  else await echo(test) // half-RTT: early data is answered before the client's Finished
}

/** Early data was accepted, and some came in before the handshake is complete. */
async function halfRtt({
  incoming,
  earlyDecided,
  earlyDataAccepted,
  handshakeDone,
}: Exchange): Promise<void> {
  await earlyDecided
  if (!earlyDataAccepted()) return handshakeDone
  while (!incoming.ready())
    await Promise.race([handshakeDone, new Promise((resolve) => setTimeout(resolve, 1))])
}

async function writeEarly(test: Exchange): Promise<Uint8Array | undefined> {
  const { flags, connection, earlyDataOffered } = test
  const text = initialWrite(test)
  if (flags.server || !earlyDataOffered() || !text) return undefined
  const written = await connection.writeEarlyData(text)
  return text.subarray(0, written)
}

function initialWrite({ flags }: Exchange): Uint8Array | undefined {
  const text = flags['shim-initial-write'] ?? (flags['shim-writes-first'] ? 'hello' : undefined)
  return text === undefined
    ? undefined
    : Buffer.from(text.repeat(flags['repeat-shim-initial-write'] ?? 1), 'latin1')
}

async function afterHandshake(test: Exchange, early: Uint8Array | undefined): Promise<void> {
  const { connection, earlyDataAccepted } = test
  const flags = early && earlyDataAccepted() === false ? test.retry : test.flags
  const length = flags['export-keying-material']
  if (length !== undefined && length > 0) {
    const context = Buffer.from(flags['export-context'] ?? '', 'latin1')
    await connection.write(
      await connection.exportKeyingMaterial(flags['export-label'] ?? '', context, length),
    )
  }
  if (flags['shim-shuts-down']) {
    await connection.close()
    if (flags['check-close-notify']) await drain(test)
    return
  }
  if (flags['write-different-record-sizes']) await writeDifferentSizes(connection)
  const text = initialWrite(test)
  const accepted = early && earlyDataAccepted() === true ? early.length : 0
  if (text && text.length > accepted) await connection.write(text.subarray(accepted))
  await echo(test)
}

async function echo({ flags, connection, incoming, failure }: Exchange): Promise<void> {
  for (;;) {
    if (flags['key-update-before-read'] && connection.info) await connection.updateKeys(false)
    const bytes = await incoming.read(flags['read-size'] ?? 512)
    if (failure()) return
    if (!bytes) break
    if (flags['key-update'] && connection.info) await connection.updateKeys(false)
    await connection.write(bytes.map((byte) => byte ^ 0xff))
  }
  await connection.close()
}

async function drain({ incoming, failure }: Exchange): Promise<void> {
  while (await incoming.read(512)) if (failure()) return
  if (failure()) throw new Unexpected('no close_notify came')
}

/** Sizes around the edges of records. */
async function writeDifferentSizes(connection: Connection): Promise<void> {
  for (const size of [1, 255, 256, 257, 16_383, 16_384, 16_385, 32_767, 32_768, 32_769])
    await connection.write(new Uint8Array(size).fill(0x42))
}
