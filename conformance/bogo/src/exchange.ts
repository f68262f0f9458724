/** What the shim says once it may: by default, each byte it reads, inverted. */
import type { Connection } from '@mortise/tls/core'
import { AlertDescription, concat, faults, TlsError } from '@mortise/wire'
import { Unexpected } from './expectations.ts'
import type { Flags } from './flags.ts'
import type { Incoming } from './incoming.ts'
import type { Progress } from './progress.ts'
import type { Test } from './runConnection.ts'

export interface Exchange extends Test {
  readonly connection: Connection
  readonly incoming: Incoming
  readonly progress: Progress
}

export async function exchange(test: Exchange): Promise<void> {
  const { flags, progress } = test
  const early = await writeEarly(test)
  // A server that has accepted early data answers it before the client's Finished
  if (flags.server) await Promise.race([progress.earlyDecided, progress.handshakeDone])
  if (!flags.server || !progress.earlyDataAccepted) await progress.handshakeDone
  if (progress.failure) return
  await afterHandshake(test, early)
}

/** What went out early, in bytes; the rest of it goes out once the handshake is complete. */
async function writeEarly({ flags, connection, progress }: Exchange): Promise<number> {
  if (flags.server || !progress.earlyDataOffered) return 0
  // Must fail: keys can't be exported yet
  const length = flags['export-keying-material'] ?? 0
  if (length > 0) await connection.exportKeyingMaterial('', new Uint8Array(0), length)
  const message = flags['early-write-after-message']
  if (message !== undefined) await progress.received(message)
  let early = 0
  for (const piece of initialWrites(flags)) {
    const written = await connection.writeEarlyData(piece)
    early += written
    if (written < piece.length) break
  }
  return early
}

function initialWrites(flags: Flags): readonly Uint8Array[] {
  if (!flags['shim-writes-first'] && !flags['read-with-unfinished-write']) return []
  const piece = Buffer.from(flags['shim-initial-write'] ?? 'hello', 'latin1')
  return Array.from({ length: flags['repeat-shim-initial-write'] ?? 1 }, () => piece)
}

async function afterHandshake(test: Exchange, early: number): Promise<void> {
  const { connection, progress } = test
  const rejected = early > 0 && progress.earlyDataAccepted === false
  const flags = rejected ? test.retry : test.flags
  const length = flags['export-keying-material']
  if (length !== undefined && length > 0) {
    const context = Buffer.from(flags['export-context'] ?? '', 'latin1')
    await connection.write(
      await connection.exportKeyingMaterial(flags['export-label'] ?? '', context, length),
    )
  }
  if (flags['export-traffic-secrets']) await connection.write(trafficSecrets(test))
  if (flags['send-alert']) {
    await connection.abort(
      new TlsError(faults.ERR_TLS_INTERNAL, { alert: AlertDescription.decompression_failure_RESERVED }),
    )
    return
  }
  if (flags['shim-shuts-down']) {
    await connection.close()
    if (flags['check-close-notify']) await drain(test)
    return
  }
  if (flags['write-different-record-sizes']) await writeDifferentSizes(connection)
  let skip = rejected ? 0 : early
  for (const piece of initialWrites(flags)) {
    const rest = piece.subarray(Math.min(skip, piece.length))
    skip -= piece.length - rest.length
    if (rest.length > 0) await connection.write(rest)
  }
  await echo(test)
}

/** Their length in two bytes, the lower one first; the secret that we read with, the one that we write with. */
function trafficSecrets({ flags, progress: { secrets } }: Exchange): Uint8Array {
  const [client, server] = ['CLIENT', 'SERVER'].map((who) => secrets.get(`${who}_TRAFFIC_SECRET_0`))
  if (!client || !server) throw new Unexpected('there are no traffic secrets')
  const length = Uint8Array.of(client.length & 0xff, client.length >> 8)
  return flags.server ? concat(length, client, server) : concat(length, server, client)
}

async function echo({ flags, connection, incoming, progress }: Exchange): Promise<void> {
  for (;;) {
    if (flags['key-update-before-read'] && connection.info) await connection.updateKeys(false)
    const bytes = await incoming.read(flags['read-size'] ?? 512)
    if (progress.failure) return
    if (!bytes) break
    if (flags['use-exporter-between-reads']) await connection.exportKeyingMaterial('', new Uint8Array(0), 1)
    if (flags['key-update'] && connection.info) await connection.updateKeys(false)
    await connection.write(bytes.map((byte) => byte ^ 0xff))
  }
  await connection.close()
}

async function drain({ incoming, progress }: Exchange): Promise<void> {
  while (await incoming.read(512)) if (progress.failure) return
  if (progress.failure) throw new Unexpected('no close_notify came')
}

/** Sizes around the edges of records. */
async function writeDifferentSizes(connection: Connection): Promise<void> {
  for (const size of [1, 255, 256, 257, 16_383, 16_384, 16_385, 32_767, 32_768, 32_769])
    await connection.write(new Uint8Array(size).fill(0x42))
}
