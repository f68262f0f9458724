import { concat } from '@mortise/wire'
import { describe, expect, it, vi } from 'vitest'
import { faultyKeys, lateLog, microtasks, modes, testKeys } from './fixtures/keys.ts'
import { alerts, clear, failureOf, message, readAll, reader, sealer, type } from './fixtures/peer.ts'
import {
  createRecordWriter,
  type EncryptionLevel,
  type RecordWriter,
  type RecordWriterOptions,
} from './index.ts'

const { alert, applicationData, changeCipherSpec, handshake } = type

async function protectedWriter(
  mode: 'sync' | 'async',
  options: Partial<RecordWriterOptions> = {},
  epoch: Exclude<EncryptionLevel, 'initial'> = 'application',
): Promise<RecordWriter> {
  const writer = createRecordWriter({ role: 'client', ...options })
  await writer.install(testKeys(mode), epoch)
  return writer
}

/** Lengths of the records, headers left out. */
function lengths(records: Uint8Array): number[] {
  const found: number[] = []
  for (let at = 0; at < records.length;) {
    const length = ((records[at + 3] ?? 0) << 8) | (records[at + 4] ?? 0)
    found.push(length)
    at += 5 + length
  }
  return found
}

async function readBack(records: Uint8Array): Promise<Uint8Array> {
  const from = reader()
  await from.install(testKeys('sync'), 'application')
  const events = await readAll(from, records)
  return concat(...events.map((event) => (event.kind === 'applicationData' ? event.data : new Uint8Array(0))))
}

function bytes(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => index * 7 + (index >> 8))
}

describe('writing in the clear', () => {
  it('marks the records of the initial ClientHello with 0x0301, and no others (RFC 9846 §5.1)', async () => {
    const client = createRecordWriter({ role: 'client', maxFragment: 30 })
    const hello = message(1, 40)
    expect(await client.write(handshake, hello)).toEqual(
      concat(clear(handshake, hello.subarray(0, 30), 0x0301), clear(handshake, hello.subarray(30), 0x0301)),
    )
    expect(await client.write(handshake, message(1, 4))).toEqual(clear(handshake, message(1, 4)))
    const server = createRecordWriter({ role: 'server' })
    expect(await server.write(handshake, message(2, 4))).toEqual(clear(handshake, message(2, 4)))
  })

  it('cuts messages into records of 2^14 bytes (RFC 9846 §5.1), whatever record_size_limit says (RFC 8449 §4)', async () => {
    const server = createRecordWriter({ role: 'server' })
    server.setMaxPlaintext(64)
    expect(lengths(await server.write(handshake, message(11, 2 ** 15 - 3)))).toEqual([2 ** 14, 2 ** 14, 1])
  })

  it('writes change_cipher_spec (RFC 9846 §E.4)', () => {
    expect(createRecordWriter({ role: 'client' }).changeCipherSpec()).toEqual(
      clear(changeCipherSpec, Uint8Array.of(1)),
    )
  })
})

describe.each(modes)('writing with %s keys', (mode) => {
  it('seals as the peer would (RFC 9846 §5.2), in one buffer', async () => {
    const writer = await protectedWriter(mode)
    const peer = sealer()
    for (const [contentType, content] of [
      [handshake, message(20, 32)],
      [applicationData, bytes(100)],
      [alert, Uint8Array.of(1, 0)],
      [applicationData, new Uint8Array(0)],
    ] as const)
      expect(await writer.write(contentType, content)).toEqual(peer.record(contentType, content))
  })

  it('cuts content into full records (RFC 9846 §5.1)', async () => {
    const writer = await protectedWriter(mode)
    const content = bytes(3 * 2 ** 14 + 5)
    const records = await writer.write(applicationData, content)
    expect(lengths(records)).toEqual([2 ** 14 + 17, 2 ** 14 + 17, 2 ** 14 + 17, 5 + 17])
    expect(await readBack(records)).toEqual(content)
    expect(lengths(await writer.write(applicationData, bytes(2 ** 14)))).toHaveLength(1)
  })

  it("keeps to the peer's record_size_limit, type octet and padding included (RFC 8449 §4)", async () => {
    const writer = await protectedWriter(mode, { padding: 50 })
    writer.setMaxPlaintext(64)
    const records = await writer.write(applicationData, bytes(130))
    expect(lengths(records)).toEqual([64 + 16, 64 + 16, 50 + 16])
    expect(await readBack(records)).toEqual(bytes(130))
    writer.setMaxPlaintext(65535)
    expect(lengths(await writer.write(applicationData, bytes(2 ** 14 + 1)))).toEqual([2 ** 14 + 17, 50 + 16])
  })

  it('keeps to maxFragment', async () => {
    const writer = await protectedWriter(mode, { maxFragment: 100 })
    expect(lengths(await writer.write(handshake, message(11, 200)))).toEqual([117, 117, 4 + 17])
    writer.setMaxPlaintext(64)
    expect(lengths(await writer.write(handshake, message(11, 100)))).toEqual([63 + 17, 41 + 17])
    // RFC 9846 §5.1: alerts are not cut
    const tiny = await protectedWriter(mode, { maxFragment: 1 })
    expect(lengths(await tiny.write(alert, Uint8Array.of(1, 0)))).toEqual([2 + 17])
  })

  it('pads by policy: to a multiple, or by a function that sees each content length (RFC 9846 §5.4)', async () => {
    const toMultiple = await protectedWriter(mode, { padding: 128 })
    for (const [content, inner] of [
      [0, 128],
      [127, 128],
      [128, 256],
      [2 ** 14 - 2, 2 ** 14],
      [2 ** 14, 2 ** 14 + 1],
    ] as const)
      expect(lengths(await toMultiple.write(applicationData, new Uint8Array(content)))).toEqual([inner + 16])

    const policy = vi.fn<(contentLength: number) => number>((contentLength) =>
      contentLength === 10 ? 3 : 100_000,
    )
    const byFunction = await protectedWriter(mode, { padding: policy, maxFragment: 10 })
    const records = await byFunction.write(applicationData, bytes(25))
    expect(policy.mock.calls).toEqual([[10], [10], [5]])
    expect(lengths(records)).toEqual([14 + 16, 14 + 16, 2 ** 14 + 1 + 16])
    expect(await readBack(records)).toEqual(bytes(25))
  })

  it('refuses a padding policy that answers nonsense', async () => {
    for (const padding of [0, -1, 1.5, Number.NaN, () => -1, () => Number.NaN, () => 0.5]) {
      const writer = await protectedWriter(mode, { padding })
      expect((await failureOf(() => writer.write(applicationData, bytes(1)))).code).toBe('ERR_TLS_CONFIG')
    }
  })

  it('starts at sequence number 0 under new keys (RFC 9846 §5.3)', async () => {
    const writer = await protectedWriter(mode)
    await writer.write(applicationData, bytes(3))
    await writer.install(testKeys(mode, 1), 'application')
    expect(await writer.write(applicationData, bytes(3))).toEqual(
      sealer(testKeys('sync', 1)).record(applicationData, bytes(3)),
    )
  })

  it('asks for a KeyUpdate before the usage limit, and stops before it (RFC 9846 §5.5)', async () => {
    const writer = await protectedWriter(mode, { maxRecords: 16, maxFragment: 10 })
    await writer.write(applicationData, bytes(110))
    expect(writer.shouldUpdateKeys).toBe(false)
    await writer.write(applicationData, bytes(1))
    expect(writer.shouldUpdateKeys).toBe(true)
    const error = await failureOf(() => writer.write(applicationData, bytes(21)))
    expect([error.code, error.alert, error.blame]).toEqual([
      'ERR_TLS_KEY_EXHAUSTED',
      alerts.internalError,
      'local',
    ])
    await writer.write(applicationData, bytes(20))
    expect((await failureOf(() => writer.write(applicationData, bytes(1)))).code).toBe(
      'ERR_TLS_KEY_EXHAUSTED',
    )
    await writer.write(handshake, message(24, 1))
    await writer.write(alert, Uint8Array.of(1, 0))
    expect((await failureOf(() => writer.write(alert, Uint8Array.of(1, 0)))).code).toBe(
      'ERR_TLS_KEY_EXHAUSTED',
    )
    await writer.install(testKeys(mode, 1), 'application')
    expect(writer.shouldUpdateKeys).toBe(false)
    await writer.write(applicationData, bytes(1))
  })

  it('asks for no KeyUpdate where there can be none, but stops all the same (RFC 9846 §5.5)', async () => {
    const writer = await protectedWriter(mode, { maxRecords: 2 }, 'early')
    await writer.write(applicationData, bytes(1))
    expect(writer.shouldUpdateKeys).toBe(false)
    expect((await failureOf(() => writer.write(applicationData, bytes(1)))).code).toBe(
      'ERR_TLS_KEY_EXHAUSTED',
    )
    await writer.write(handshake, message(5, 0))
  })

  it('fails once and for all when the AEAD does', async () => {
    const keys = testKeys(mode)
    const broken = new Error('broken')
    function fails(): never {
      throw broken
    }
    const writer = createRecordWriter({ role: 'client' })
    await writer.install(faultyKeys(keys, { seal: fails, sealInto: fails }), 'application')
    const error = await failureOf(() => writer.write(applicationData, bytes(100_000)))
    expect([error.code, error.cause]).toEqual(['ERR_TLS_INTERNAL', broken])
    expect(await failureOf(() => writer.write(alert, Uint8Array.of(2, 80)))).toBe(error)
    expect(await failureOf(() => writer.install(keys, 'application'))).toBe(error)
  })

  it('writes nothing more once destroyed', async () => {
    const writer = await protectedWriter(mode)
    writer.destroy()
    writer.destroy()
    expect((await failureOf(() => writer.write(applicationData, bytes(1)))).code).toBe('ERR_TLS_INTERNAL')
  })
})

describe('a record writer', () => {
  it('refuses what must not be written', async () => {
    const inClear = createRecordWriter({ role: 'client' })
    const handshakeKeys = await protectedWriter('sync', {}, 'handshake')
    for (const [writer, contentType, content] of [
      [inClear, applicationData, bytes(1)], // RFC 9846 §5.1: always protected
      [handshakeKeys, applicationData, bytes(1)], // RFC 9846 §4.5.3
      [inClear, handshake, bytes(0)], // RFC 9846 §5.1, §5.4
      [handshakeKeys, handshake, bytes(0)],
      [handshakeKeys, alert, bytes(0)],
      [handshakeKeys, alert, bytes(4)], // RFC 9846 §5.1
      [handshakeKeys, changeCipherSpec, bytes(1)], // RFC 9846 §5
      [inClear, 24, bytes(1)],
    ] as const)
      expect((await failureOf(() => writer.write(contentType, content))).code).toBe('ERR_TLS_INTERNAL')
    expect((await inClear.write(alert, bytes(2))).length).toBe(7)
  })

  it('refuses options that make no sense', async () => {
    for (const maxFragment of [0, -1, 1.5, 2 ** 14 + 1])
      expect((await failureOf(() => createRecordWriter({ role: 'client', maxFragment }))).code).toBe(
        'ERR_TLS_CONFIG',
      )
    const writer = createRecordWriter({ role: 'client' })
    expect((await failureOf(() => writer.setMaxPlaintext(63))).code).toBe('ERR_TLS_CONFIG')
  })

  it('reports a failing key derivation, and cannot be used while one is at work', async () => {
    const keys = testKeys('sync')
    for (const key of [
      () => Promise.reject(new Error('no')),
      () => {
        throw new Error('no')
      },
    ]) {
      const writer = createRecordWriter({ role: 'client' })
      const error = await failureOf(() =>
        writer.install({ ...keys, aead: { ...keys.aead, key } }, 'handshake'),
      )
      expect(error.code).toBe('ERR_TLS_INTERNAL')
      expect(await failureOf(() => writer.write(alert, bytes(2)))).toBe(error)
    }
    const writer = createRecordWriter({ role: 'client' })
    const installed = writer.install(testKeys('async'), 'handshake')
    expect((await failureOf(() => writer.write(alert, bytes(2)))).code).toBe('ERR_TLS_INTERNAL')
    await installed
  })

  it('takes its buffers from `allocate`', async () => {
    const allocate = vi.fn<(length: number) => Uint8Array>((length) => new Uint8Array(length).fill(255))
    const writer = await protectedWriter('sync', { allocate })
    expect(await readBack(await writer.write(applicationData, bytes(20_000)))).toEqual(bytes(20_000))
    expect(allocate.mock.calls).toEqual([[20_000 + 2 * 22]])
  })
})

/** Answers that overtake each other. */
function shuffled(): () => Promise<void> {
  let call = 0
  return () => microtasks([40, 3, 25, 0, 60, 7, 1][call++ % 7] ?? 0)
}

describe('the asynchronous queue of a record writer', () => {
  it('answers in the order of the calls, whatever is sealed first', async () => {
    const log = lateLog()
    const writer = createRecordWriter({ role: 'client', maxFragment: 10 })
    await writer.install(
      testKeys('async', 0, 'aes-128-gcm', { maxInFlight: 3, delay: shuffled(), log }),
      'application',
    )
    const order: number[] = []
    const written = await Promise.all(
      [35, 1, 100, 10, 64].map(async (length, index) => {
        const records = await writer.write(applicationData, bytes(length))
        order.push(index)
        return records
      }),
    )
    expect(order).toEqual([0, 1, 2, 3, 4])
    expect(await readBack(concat(...written))).toEqual(concat(...[35, 1, 100, 10, 64].map(bytes)))
    expect(log.mostInFlight).toBe(3)
  })

  it('lets new keys in while messages are still being sealed under the old ones', async () => {
    const log = lateLog()
    const old = testKeys('async', 0, 'aes-128-gcm', { maxInFlight: 2, delay: shuffled(), log })
    for (const mode of modes) {
      const writer = createRecordWriter({ role: 'client', maxFragment: 10 })
      await writer.install(old, 'application')
      const order: string[] = []
      const first = note('first', writer.write(applicationData, bytes(55)))
      const update = note('update', writer.write(handshake, message(24, 1)))
      await writer.install(testKeys(mode, 1), 'application')
      const second = note('second', writer.write(applicationData, bytes(5)))
      const peer = sealer()
      const next = sealer(testKeys('sync', 1))
      expect(await readBack(await first)).toEqual(bytes(55))
      peer.skip(6)
      expect([await update, await second]).toEqual([
        peer.record(handshake, message(24, 1)),
        next.record(applicationData, bytes(5)),
      ])
      expect(order).toEqual(['first', 'update', 'second'])

      async function note<T>(name: string, result: T | Promise<T>): Promise<T> {
        const value = await result
        order.push(name)
        return value
      }
    }
    expect([log.destroyed, log.usedAfterDestroy]).toEqual([2, 0])
  })

  it('answers what is being sealed when it is destroyed, then lets the key go', async () => {
    const log = lateLog()
    const writer = createRecordWriter({ role: 'client' })
    await writer.install(testKeys('async', 0, 'aes-128-gcm', { log }), 'application')
    const records = writer.write(applicationData, bytes(10))
    writer.destroy()
    expect(log.destroyed).toBe(0)
    expect(await readBack(await records)).toEqual(bytes(10))
    expect([log.destroyed, log.usedAfterDestroy]).toEqual([1, 0])
  })

  it('fails for all that was written after a failure', async () => {
    let sealed = 0
    const seal = (): Promise<Uint8Array> =>
      ++sealed === 2 ? Promise.reject(new Error('broken')) : Promise.resolve(new Uint8Array(10 + 17))
    const writer = createRecordWriter({ role: 'client' })
    await writer.install(faultyKeys(testKeys('async'), { seal }), 'application')
    const results = await Promise.allSettled(
      [10, 10, 10].map(async (length) => writer.write(applicationData, bytes(length))),
    )
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
  })

  it('notices an AEAD that answers with the wrong length', async () => {
    const writer = createRecordWriter({ role: 'client' })
    await writer.install(
      faultyKeys(testKeys('async'), { seal: async () => new Uint8Array(3) }),
      'application',
    )
    expect((await failureOf(() => writer.write(applicationData, bytes(1)))).message).toContain(
      '18 sealed bytes expected, 3 given',
    )
  })
})
