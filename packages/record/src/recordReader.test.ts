import { concat } from '@mortise/wire'
import { describe, expect, it } from 'vitest'
import { faultyKeys, modes, testKeys, type Mode } from './fixtures/keys.ts'
import {
  alerts,
  clear,
  refusalOf,
  failureOf,
  message,
  readAll,
  reader,
  sealer,
  type,
} from './fixtures/peer.ts'
import type { EncryptionLevel, RecordReader, RecordReaderOptions } from './index.ts'

const { alert, applicationData, changeCipherSpec, handshake } = type
const closeNotify = Uint8Array.of(1, 0)
const userCanceled = Uint8Array.of(1, 90)
const ccs = clear(changeCipherSpec, Uint8Array.of(1))

async function protectedReader(
  mode: Mode,
  epoch: Exclude<EncryptionLevel, 'initial'> = 'application',
  options: Partial<RecordReaderOptions> = {},
): Promise<RecordReader> {
  const made = reader(options)
  await made.install(testKeys(mode), epoch)
  return made
}

describe('reading in the clear', () => {
  it('delivers handshake messages and alerts with their epoch', async () => {
    const events = await readAll(
      reader(),
      concat(clear(handshake, message(2, 40)), clear(alert, Uint8Array.of(2, 40))),
    )
    expect(events).toEqual([
      { kind: 'handshake', message: message(2, 40), epoch: 'initial' },
      { kind: 'alert', level: 2, description: 40, epoch: 'initial' },
    ])
  })

  it('ignores legacy_record_version (RFC 9846 §5.1)', async () => {
    for (const version of [0x0300, 0x0301, 0x0303, 0x0304, 0x7f1c, 0xffff, 0x0000])
      expect(await readAll(reader(), clear(handshake, message(2, 4), version))).toHaveLength(1)
  })

  it('takes 2^14 bytes and refuses one more, by the header alone (RFC 9846 §5.1)', async () => {
    expect(await readAll(reader(), clear(handshake, message(11, 16380)))).toHaveLength(1)
    const long = clear(handshake, message(11, 16381))
    expect(await refusalOf(reader(), long)).toEqual(['ERR_TLS_RECORD_OVERFLOW', alerts.recordOverflow])
    expect(await refusalOf(reader(), long.subarray(0, 5))).toEqual([
      'ERR_TLS_RECORD_OVERFLOW',
      alerts.recordOverflow,
    ])
  })

  it.each([0, 19, 24, 25, 255])('refuses content type %i (RFC 9846 §5)', async (contentType) => {
    expect(await refusalOf(reader(), clear(contentType, Uint8Array.of(1)))).toEqual([
      'ERR_TLS_UNEXPECTED_RECORD',
      alerts.unexpectedMessage,
    ])
  })

  it('refuses application data before there are keys (RFC 9846 §5.1)', async () => {
    for (const data of [new Uint8Array(0), new Uint8Array(40)])
      expect(await refusalOf(reader(), clear(applicationData, data))).toEqual([
        'ERR_TLS_UNEXPECTED_RECORD',
        alerts.unexpectedMessage,
      ])
  })

  it.each([handshake, alert])('refuses an empty record of type %i (RFC 9846 §5.1)', async (contentType) => {
    expect(await refusalOf(reader(), clear(contentType, new Uint8Array(0)))).toEqual([
      'ERR_TLS_EMPTY_FRAGMENT',
      alerts.unexpectedMessage,
    ])
  })

  it('refuses a record of another type within a handshake message (RFC 9846 §5.1)', async () => {
    const begun = clear(handshake, message(2, 40).subarray(0, 20))
    expect(await refusalOf(reader(), concat(begun, clear(alert, closeNotify)))).toEqual([
      'ERR_TLS_INTERLEAVED_RECORD',
      alerts.unexpectedMessage,
    ])
    const lenient = reader()
    lenient.allowChangeCipherSpec(true)
    expect(await refusalOf(lenient, concat(begun, ccs))).toEqual([
      'ERR_TLS_INTERLEAVED_RECORD',
      alerts.unexpectedMessage,
    ])
  })

  it.each([
    ['a ClientHello', 1, 65_536],
    ['a NewSessionTicket, whose ticket may have 2^16 - 1 bytes,', 4, 102_400],
    ['EncryptedExtensions', 8, 16_384],
    ['a Certificate', 11, 102_400],
    ['a message of unknown type', 99, 16_384],
  ])('refuses %s whose header announces more than the limit', async (_, kind, limit) => {
    const announced = (length: number): Uint8Array => clear(handshake, message(kind, length).subarray(0, 4))
    expect(await readAll(reader(), announced(limit))).toEqual([])
    expect(await refusalOf(reader(), announced(limit + 1))).toEqual([
      'ERR_TLS_MESSAGE_TOO_LONG',
      alerts.illegalParameter,
    ])
  })

  it('has the limits that it is given', async () => {
    const strict = reader({ maxHandshakeMessage: () => 3 })
    expect(await refusalOf(strict, clear(handshake, message(11, 4)))).toEqual([
      'ERR_TLS_MESSAGE_TOO_LONG',
      alerts.illegalParameter,
    ])
  })
})

describe.each(modes)('reading with %s keys', (mode) => {
  it('delivers all three content types, padded or not (RFC 9846 §5.4)', async () => {
    const peer = sealer()
    const from = await protectedReader(mode)
    const events = await readAll(
      from,
      peer.record(applicationData, Uint8Array.of(1, 2)),
      concat(
        peer.record(handshake, concat(message(4, 3), message(24, 1))),
        peer.record(applicationData, Uint8Array.of(3), 16382),
      ),
      concat(peer.record(handshake, message(4, 2), 1), peer.record(alert, closeNotify, 100)),
    )
    expect(events).toEqual([
      { kind: 'applicationData', data: Uint8Array.of(1, 2), epoch: 'application' },
      { kind: 'handshake', message: message(4, 3), epoch: 'application' },
      { kind: 'handshake', message: message(24, 1), epoch: 'application' },
      { kind: 'applicationData', data: Uint8Array.of(3), epoch: 'application' },
      { kind: 'handshake', message: message(4, 2), epoch: 'application' },
      { kind: 'alert', level: 1, description: 0, epoch: 'application' },
    ])
    expect(from.epoch).toBe('application')
  })

  it('refuses a protected record longer than 2^14 + 256, by the header alone (RFC 9846 §5.2)', async () => {
    const header = Uint8Array.of(23, 3, 3, 0x41, 0x01)
    expect(await refusalOf(await protectedReader(mode), header)).toEqual([
      'ERR_TLS_RECORD_OVERFLOW',
      alerts.recordOverflow,
    ])
    const longest = clear(applicationData, new Uint8Array(2 ** 14 + 256))
    expect(await refusalOf(await protectedReader(mode), longest)).toEqual([
      'ERR_TLS_BAD_RECORD_MAC',
      alerts.badRecordMac,
    ])
  })

  it('takes an inner plaintext of 2^14 + 1 and refuses one more, padding included (RFC 9846 §5.4)', async () => {
    for (const content of [1, 2 ** 14 - 1, 2 ** 14]) {
      const fits = sealer().record(applicationData, new Uint8Array(content), 2 ** 14 - content)
      expect(await readAll(await protectedReader(mode), fits)).toHaveLength(1)
      const long = sealer().record(applicationData, new Uint8Array(content), 2 ** 14 - content + 1)
      expect(await refusalOf(await protectedReader(mode), long)).toEqual([
        'ERR_TLS_RECORD_OVERFLOW',
        alerts.recordOverflow,
      ])
    }
  })

  it('takes what fits our record_size_limit and refuses more (RFC 8449 §4)', async () => {
    for (const [content, zeros] of [
      [99, 0],
      [1, 98],
    ] as const) {
      const from = await protectedReader(mode)
      from.setMaxPlaintext(100)
      const peer = sealer()
      expect(await readAll(from, peer.record(applicationData, new Uint8Array(content), zeros))).toHaveLength(
        1,
      )
      const long = peer.record(applicationData, new Uint8Array(content), zeros + 1)
      expect(await refusalOf(from, long)).toEqual(['ERR_TLS_RECORD_OVERFLOW', alerts.recordOverflow])
    }
  })

  it('refuses a record that does not authenticate (RFC 9846 §5.2)', async () => {
    const good = sealer().record(applicationData, new Uint8Array(20))
    for (const at of [5, 20, good.length - 1]) {
      const bad = good.slice()
      bad[at] = (bad[at] ?? 0) ^ 1
      expect(await refusalOf(await protectedReader(mode), bad)).toEqual([
        'ERR_TLS_BAD_RECORD_MAC',
        alerts.badRecordMac,
      ])
    }
    const skipped = sealer()
    skipped.skip(1)
    for (const record of [
      sealer(testKeys('sync', 9)).record(applicationData, new Uint8Array(2)),
      skipped.record(applicationData, new Uint8Array(2)),
    ])
      expect(await refusalOf(await protectedReader(mode), record)).toEqual([
        'ERR_TLS_BAD_RECORD_MAC',
        alerts.badRecordMac,
      ])
  })

  it.each([0, 1, 15])(
    'refuses a protected record of %i bytes, shorter than the tag (RFC 9846 §5.2)',
    async (length) => {
      const short = clear(applicationData, new Uint8Array(length))
      expect(await refusalOf(await protectedReader(mode), short)).toEqual([
        'ERR_TLS_BAD_RECORD_MAC',
        alerts.badRecordMac,
      ])
    },
  )

  it('authenticates the header as it came, version included (RFC 9846 §5.2)', async () => {
    const record = sealer().record(applicationData, new Uint8Array(2))
    record[2] = 1
    expect(await refusalOf(await protectedReader(mode), record)).toEqual([
      'ERR_TLS_BAD_RECORD_MAC',
      alerts.badRecordMac,
    ])
    const old = sealer().inner(Uint8Array.of(1, 23), 0x0301)
    expect(await readAll(await protectedReader(mode), old)).toHaveLength(1)
  })

  it.each([0, 1, 100])('refuses a record of %i zeros: no content type (RFC 9846 §5.4)', async (zeros) => {
    const record = sealer().inner(new Uint8Array(zeros))
    expect(await refusalOf(await protectedReader(mode), record)).toEqual([
      'ERR_TLS_NO_CONTENT_TYPE',
      alerts.unexpectedMessage,
    ])
  })

  it.each([1, 19, 20, 24, 255])('refuses inner content type %i (RFC 9846 §5)', async (contentType) => {
    const from = await protectedReader(mode)
    from.allowChangeCipherSpec(true)
    const record = sealer().record(contentType, Uint8Array.of(1))
    expect(await refusalOf(from, record)).toEqual(['ERR_TLS_UNEXPECTED_RECORD', alerts.unexpectedMessage])
  })

  it.each([handshake, alert])(
    'refuses empty content of type %i, padded or not (RFC 9846 §5.4)',
    async (contentType) => {
      for (const zeros of [0, 50]) {
        const record = sealer().record(contentType, new Uint8Array(0), zeros)
        expect(await refusalOf(await protectedReader(mode), record)).toEqual([
          'ERR_TLS_EMPTY_FRAGMENT',
          alerts.unexpectedMessage,
        ])
      }
    },
  )

  it('refuses what is not protected (RFC 9846 §5)', async () => {
    for (const record of [
      clear(handshake, message(8, 2)),
      clear(alert, closeNotify),
      clear(24, Uint8Array.of(1)),
    ])
      expect(await refusalOf(await protectedReader(mode), record)).toEqual([
        'ERR_TLS_UNEXPECTED_RECORD',
        alerts.unexpectedMessage,
      ])
  })

  it('refuses application data before the peer has finished (RFC 9846 §4.5.3)', async () => {
    for (const length of [0, 1]) {
      const record = sealer().record(applicationData, new Uint8Array(length))
      const from = await protectedReader(mode, 'handshake')
      expect(await refusalOf(from, record)).toEqual(['ERR_TLS_UNEXPECTED_RECORD', alerts.unexpectedMessage])
    }
  })

  it('refuses a protected record of another type within a handshake message (RFC 9846 §5.1)', async () => {
    for (const [contentType, content] of [
      [alert, closeNotify],
      [applicationData, Uint8Array.of(1)],
      [applicationData, new Uint8Array(0)],
    ] as const) {
      const peer = sealer()
      const bytes = concat(
        peer.record(handshake, message(4, 40).subarray(0, 3)),
        peer.record(contentType, content),
      )
      expect(await refusalOf(await protectedReader(mode), bytes)).toEqual([
        'ERR_TLS_INTERLEAVED_RECORD',
        alerts.unexpectedMessage,
      ])
    }
  })

  it('takes 32 empty records in a row and refuses the 33rd', async () => {
    const peer = sealer()
    const from = await protectedReader(mode)
    const empty = () => peer.record(applicationData, new Uint8Array(0))
    const run = () => concat(...Array.from({ length: 32 }, empty))
    expect(await readAll(from, run(), peer.record(applicationData, Uint8Array.of(1)))).toHaveLength(1)
    expect(await readAll(from, run(), peer.record(handshake, message(4, 1)))).toHaveLength(1)
    expect(await readAll(from, run())).toEqual([])
    expect(await refusalOf(from, empty())).toEqual([
      'ERR_TLS_TOO_MANY_EMPTY_RECORDS',
      alerts.unexpectedMessage,
    ])
  })

  it('takes four user_canceled alerts and refuses the fifth (RFC 9846 §6.1)', async () => {
    const peer = sealer()
    const from = await protectedReader(mode)
    const run = () => concat(...Array.from({ length: 4 }, () => peer.record(alert, userCanceled)))
    expect(await readAll(from, run(), peer.record(applicationData, Uint8Array.of(1)))).toHaveLength(5)
    expect(await readAll(from, run())).toHaveLength(4)
    expect(await refusalOf(from, peer.record(alert, userCanceled))).toEqual([
      'ERR_TLS_TOO_MANY_WARNING_ALERTS',
      alerts.unexpectedMessage,
    ])
  })

  it.each([1, 3, 4])('refuses an alert record of %i bytes (RFC 9846 §5.1)', async (length) => {
    const record = sealer().record(alert, new Uint8Array(length).fill(1))
    expect(await refusalOf(await protectedReader(mode), record)).toEqual([
      'ERR_TLS_BAD_ALERT',
      alerts.decodeError,
    ])
  })

  it('refuses an alert level that is none (RFC 9846 §6)', async () => {
    for (const level of [0, 3, 255]) {
      const record = sealer().record(alert, Uint8Array.of(level, 0))
      expect(await refusalOf(await protectedReader(mode), record)).toEqual([
        'ERR_TLS_UNKNOWN_ALERT_LEVEL',
        alerts.illegalParameter,
      ])
    }
  })

  it('ignores all that follows a closure or an error alert (RFC 9846 §6.1)', async () => {
    for (const last of [
      closeNotify,
      Uint8Array.of(2, 0),
      Uint8Array.of(2, 40),
      Uint8Array.of(1, 80),
      Uint8Array.of(2, 200),
    ]) {
      const peer = sealer()
      const from = await protectedReader(mode)
      const data = () => peer.record(applicationData, Uint8Array.of(1))
      const events = await readAll(
        from,
        concat(data(), peer.record(alert, last), data()),
        data(),
        Uint8Array.of(255),
      )
      expect(events.map(({ kind }) => kind)).toEqual(['applicationData', 'alert'])
      expect(from.buffered).toBe(0)
      await from.install(testKeys(mode, 1), 'application')
      expect(await from.next()).toBeUndefined()
    }
  })
})

describe('a key change', () => {
  it.each(modes)('takes place between records, with sequence number 0 (RFC 9846 §5.3), %s', async (mode) => {
    const from = reader()
    const first = sealer()
    const second = sealer(testKeys('sync', 1))
    const update = message(24, 1)
    from.append(
      concat(
        clear(handshake, message(2, 5)),
        first.record(handshake, message(20, 32)),
        second.record(applicationData, Uint8Array.of(1)),
        second.record(handshake, update),
      ),
    )
    expect(await from.next()).toMatchObject({ kind: 'handshake', epoch: 'initial' })
    await from.install(testKeys(mode), 'handshake')
    expect(await from.next()).toMatchObject({ kind: 'handshake', epoch: 'handshake' })
    await from.install(testKeys(mode, 1), 'application')
    expect(await from.next()).toMatchObject({ kind: 'applicationData' })
    expect(await from.next()).toMatchObject({ kind: 'handshake', message: update, epoch: 'application' })
    await from.install(testKeys(mode, 2), 'application')
    expect(await from.next()).toBeUndefined()
    // RFC 9846 §4.7.3: a retired key opens nothing
    expect(await refusalOf(from, second.record(applicationData, Uint8Array.of(1)))).toEqual([
      'ERR_TLS_BAD_RECORD_MAC',
      alerts.badRecordMac,
    ])
  })

  it.each(['a whole message', 'the first byte of a message', 'most of a message'])(
    'is refused with %s left over, in the same record (RFC 9846 §5.1)',
    async (what) => {
      const next = message(8, 10)
      const left =
        { 'a whole message': next, 'the first byte of a message': next.subarray(0, 1) }[what] ??
        next.subarray(0, 13)
      for (const mode of modes) {
        const inClear = reader()
        inClear.append(clear(handshake, concat(message(2, 5), left)))
        expect(await inClear.next()).toBeDefined()
        expect(inClear.midMessage).toBe(true)
        const error = await failureOf(() => inClear.install(testKeys(mode), 'handshake'))
        expect([error.code, error.alert]).toEqual(['ERR_TLS_EXCESS_HANDSHAKE_DATA', alerts.unexpectedMessage])
        expect(await failureOf(() => inClear.next())).toBe(error)

        const underKeys = await protectedReader(mode)
        underKeys.append(sealer().record(handshake, concat(message(24, 1), left)))
        expect(await underKeys.next()).toBeDefined()
        const again = await failureOf(() => underKeys.install(testKeys(mode), 'application'))
        expect(again.code).toBe('ERR_TLS_EXCESS_HANDSHAKE_DATA')
      }
    },
  )

  it('is refused in the middle of a message that began in an earlier record (RFC 9846 §5.1)', async () => {
    const from = reader()
    expect(await readAll(from, clear(handshake, message(2, 5).subarray(0, 6)))).toEqual([])
    expect(from.midMessage).toBe(true)
    expect((await failureOf(() => from.install(testKeys('sync'), 'handshake'))).code).toBe(
      'ERR_TLS_EXCESS_HANDSHAKE_DATA',
    )
  })

  it('is not the only place that demands a boundary (RFC 9846 §5.1, HelloRetryRequest)', async () => {
    const from = reader()
    from.append(clear(handshake, message(2, 5)))
    await from.next()
    from.requireMessageBoundary()
    from.append(clear(handshake, message(2, 5).subarray(0, 4)))
    expect(await from.next()).toBeUndefined()
    const error = await failureOf(() => from.requireMessageBoundary())
    expect(error.code).toBe('ERR_TLS_EXCESS_HANDSHAKE_DATA')
    expect(await failureOf(() => from.next())).toBe(error)
  })

  it.each(modes)('leaves no clear handshake record a chance (RFC 9846 §5), %s', async (mode) => {
    const from = reader()
    from.append(concat(clear(handshake, message(2, 5)), clear(handshake, message(8, 2))))
    await from.next()
    await from.install(testKeys(mode), 'handshake')
    const error = await failureOf(() => from.next())
    expect([error.code, error.alert]).toEqual(['ERR_TLS_UNEXPECTED_RECORD', alerts.unexpectedMessage])
  })
})

describe('change_cipher_spec', () => {
  it('is refused before the first ClientHello and after the Finished (RFC 9846 §5)', async () => {
    expect(await refusalOf(reader(), ccs)).toEqual(['ERR_TLS_UNEXPECTED_RECORD', alerts.unexpectedMessage])
    for (const mode of modes) {
      const from = await protectedReader(mode, 'handshake')
      from.allowChangeCipherSpec(true)
      expect(await readAll(from, ccs)).toEqual([])
      from.allowChangeCipherSpec(false)
      expect(await refusalOf(from, ccs)).toEqual(['ERR_TLS_UNEXPECTED_RECORD', alerts.unexpectedMessage])
    }
  })

  it('is dropped in between, without moving the sequence number (RFC 9846 §5)', async () => {
    for (const mode of modes) {
      const peer = sealer()
      const from = reader()
      from.allowChangeCipherSpec(true)
      expect(await readAll(from, concat(ccs, clear(handshake, message(2, 5)), ccs))).toHaveLength(1)
      await from.install(testKeys(mode), 'handshake')
      const flight = [
        peer.record(handshake, message(8, 2)),
        ccs,
        peer.record(handshake, message(20, 32)),
        ccs,
      ]
      expect(await readAll(from, concat(...flight))).toHaveLength(2)
      expect(await readAll(from, ...flight.slice(1, 2))).toEqual([])
    }
  })

  it('has a body of the one byte 1 (RFC 9846 §5)', async () => {
    for (const body of [[], [0], [2], [255], [1, 1], [1, 0]])
      for (const keys of [undefined, ...modes]) {
        const from = keys ? await protectedReader(keys, 'handshake') : reader()
        from.allowChangeCipherSpec(true)
        const record = clear(changeCipherSpec, Uint8Array.from(body))
        expect(await refusalOf(from, record)).toEqual([
          'ERR_TLS_BAD_CHANGE_CIPHER_SPEC',
          alerts.unexpectedMessage,
        ])
      }
  })

  it('comes 32 times at most', async () => {
    const from = reader()
    from.allowChangeCipherSpec(true)
    expect(await readAll(from, ...Array.from({ length: 32 }, () => ccs))).toEqual([])
    expect(await refusalOf(from, ccs)).toEqual([
      'ERR_TLS_TOO_MANY_CHANGE_CIPHER_SPECS',
      alerts.unexpectedMessage,
    ])
  })
})

describe('an alert in the clear, although there are keys', () => {
  it.each(modes)(
    'is taken by a server from a client that has sent nothing protected (RFC 9846 §A.1), %s',
    async (mode) => {
      const from = await protectedReader(mode, 'handshake', { role: 'server' })
      expect(await readAll(from, clear(alert, Uint8Array.of(2, 40)))).toEqual([
        { kind: 'alert', level: 2, description: 40, epoch: 'initial' },
      ])
      const malformed = await protectedReader(mode, 'handshake', { role: 'server' })
      expect(await refusalOf(malformed, clear(alert, Uint8Array.of(2)))).toEqual([
        'ERR_TLS_BAD_ALERT',
        alerts.decodeError,
      ])
    },
  )

  it.each(modes)('is refused once a protected record has come, and under other keys, %s', async (mode) => {
    const inClear = clear(alert, Uint8Array.of(2, 40))
    const from = await protectedReader(mode, 'handshake', { role: 'server' })
    expect(await readAll(from, sealer().record(handshake, message(11, 4)))).toHaveLength(1)
    expect(await refusalOf(from, inClear)).toEqual(['ERR_TLS_UNEXPECTED_RECORD', alerts.unexpectedMessage])
    for (const epoch of ['early', 'application'] as const) {
      const other = await protectedReader(mode, epoch, { role: 'server' })
      expect(await refusalOf(other, inClear)).toEqual(['ERR_TLS_UNEXPECTED_RECORD', alerts.unexpectedMessage])
    }
  })
})

function fails(): never {
  throw new Error('broken')
}

describe('a record reader', () => {
  it('counts what is buffered, and never holds more of it than one record begun', async () => {
    const record = sealer().record(applicationData, new Uint8Array(2 ** 14))
    for (const mode of modes) {
      const from = await protectedReader(mode)
      from.append(record.subarray(0, 10_000))
      expect(from.buffered).toBe(10_000)
      expect(await from.next()).toBeUndefined()
      expect(from.buffered).toBe(10_000)
      from.append(record.subarray(10_000))
      expect(from.buffered).toBe(record.length)
      expect(await from.next()).toBeDefined()
      expect(from.buffered).toBe(0)
    }
  })

  it.each(modes)('borrows bytes only until it asks for more, %s', async (mode) => {
    const peer = sealer()
    const stream = concat(
      ...Array.from({ length: 10 }, (_, index) =>
        peer.record(applicationData, new Uint8Array(1000).fill(index + 1)),
      ),
    )
    const from = await protectedReader(mode)
    const chunk = new Uint8Array(777)
    const found: number[] = []
    for (let at = 0; at < stream.length; at += chunk.length) {
      const part = stream.subarray(at, at + chunk.length)
      chunk.set(part)
      const events = await readAll(from, chunk.subarray(0, part.length))
      chunk.fill(0)
      for (const event of events) if (event.kind === 'applicationData') found.push(...event.data)
    }
    expect(found).toEqual(Array.from({ length: 10_000 }, (_, index) => Math.floor(index / 1000) + 1))
  })

  it('gives nothing more once destroyed', async () => {
    for (const mode of modes) {
      const from = await protectedReader(mode)
      from.append(sealer().record(applicationData, Uint8Array.of(1)))
      from.destroy()
      from.destroy()
      expect([await from.next(), from.buffered]).toEqual([undefined, 0])
    }
  })

  it('reports a failing AEAD as an internal error', async () => {
    for (const mode of modes) {
      const from = reader()
      await from.install(faultyKeys(testKeys(mode), { open: fails }), 'application')
      const error = await failureOf(() => readAll(from, sealer().record(applicationData, Uint8Array.of(1))))
      expect([error.code, error.alert]).toEqual(['ERR_TLS_INTERNAL', alerts.internalError])
      expect(error.cause).toMatchObject({ message: 'broken' })
    }
  })

  it('reports a failing key derivation as an internal error', async () => {
    const keys = testKeys('sync')
    const refused = new Error('refused')
    for (const key of [
      () => {
        throw refused
      },
      () => Promise.reject(refused),
    ]) {
      const from = reader()
      const error = await failureOf(() => from.install({ ...keys, aead: { ...keys.aead, key } }, 'handshake'))
      expect([error.code, error.cause]).toEqual(['ERR_TLS_INTERNAL', refused])
      expect(await failureOf(() => from.next())).toBe(error)
    }
  })

  it('refuses a record_size_limit below 64 (RFC 8449 §4), and takes one beyond 2^14 + 1 for that', async () => {
    const from = await protectedReader('sync')
    expect((await failureOf(() => from.setMaxPlaintext(63))).code).toBe('ERR_TLS_CONFIG')
    from.setMaxPlaintext(65535)
    const long = sealer().record(applicationData, new Uint8Array(2 ** 14), 1)
    expect(await refusalOf(from, long)).toEqual(['ERR_TLS_RECORD_OVERFLOW', alerts.recordOverflow])
  })
})
