/** What holds for any stream, however it is cut, damaged or timed. */
import fc from 'fast-check'
import { concat, isTlsError, type TlsError } from '@mortise/wire'
import { describe, expect, it } from 'vitest'
import { lateLog, microtasks, modes, testKeys, type Mode } from './fixtures/keys.ts'
import { message, readAll, reader, type } from './fixtures/peer.ts'
import { createRecordWriter, type RecordEvent, type RecordReader } from './index.ts'

const { alert, applicationData, handshake } = type

/** What one side says after its first flight. */
type Word =
  | { readonly kind: 'data'; readonly length: number }
  | { readonly kind: 'ticket'; readonly length: number }
  | { readonly kind: 'canceled' }
  | { readonly kind: 'update' }

const word: fc.Arbitrary<Word> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('data' as const), length: fc.nat(300) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('ticket' as const), length: fc.nat(300) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'canceled' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'update' as const }) },
)

const words = fc.array(word, { minLength: 1, maxLength: 12 })
const writerOptions = fc.record({
  maxFragment: fc.integer({ min: 1, max: 200 }),
  padding: fc.integer({ min: 1, max: 40 }),
})

/** A whole connection's worth of one direction: hello in the clear, handshake keys, application keys and updates. */
async function spoken(
  said: readonly Word[],
  options: { maxFragment: number; padding: number },
  mode: Mode,
): Promise<Uint8Array> {
  const writer = createRecordWriter({ role: 'server', ...options })
  const parts: Uint8Array[] = [await writer.write(handshake, message(2, 90)), writer.changeCipherSpec()]
  await writer.install(testKeys(mode), 'handshake')
  parts.push(await writer.write(handshake, concat(message(8, 6), message(11, 400), message(20, 32))))
  let generation = 1
  await writer.install(testKeys(mode, generation), 'application')
  for (const next of said) {
    if (next.kind === 'data')
      parts.push(await writer.write(applicationData, new Uint8Array(next.length).fill(9)))
    else if (next.kind === 'ticket') parts.push(await writer.write(handshake, message(4, next.length)))
    else if (next.kind === 'canceled') parts.push(await writer.write(alert, Uint8Array.of(1, 90)))
    else {
      parts.push(await writer.write(handshake, message(24, 1, 0)))
      await writer.install(testKeys(mode, ++generation), 'application')
    }
  }
  parts.push(await writer.write(alert, Uint8Array.of(1, 0)))
  return concat(...parts)
}

/** Does as the owner of a reader does: new keys after the messages that call for them. */
async function heard(
  from: RecordReader,
  chunks: readonly Uint8Array[],
  mode: Mode,
  delay?: () => Promise<void>,
): Promise<RecordEvent[]> {
  const events: RecordEvent[] = []
  let generation = 0
  from.allowChangeCipherSpec(true)
  const keys = () => testKeys(mode, generation++, 'aes-128-gcm', delay ? { delay, maxInFlight: 3 } : {})
  for (const chunk of chunks) {
    from.append(chunk)
    for (let event = await from.next(); event; event = await from.next()) {
      events.push(event)
      if (event.kind !== 'handshake') continue
      if (event.message[0] === 2) await from.install(keys(), 'handshake')
      if (event.message[0] === 20 || event.message[0] === 24) await from.install(keys(), 'application')
    }
    // Never more than one record that has begun.
    expect(from.buffered).toBeLessThan(5 + 2 ** 14 + 256)
  }
  return events
}

/** Data is a stream: how it was cut into records does not count. */
function joined(events: readonly RecordEvent[]): unknown[] {
  const found: unknown[] = []
  let run = 0
  for (const event of [...events, undefined]) {
    if (event?.kind === 'applicationData') run += event.data.length
    else {
      if (run > 0) found.push(run)
      run = 0
      found.push(event)
    }
  }
  return found
}

function cutAt(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b)
  return places.map((place, index) => bytes.slice(index === 0 ? 0 : (places[index - 1] ?? 0), place))
}

/** The hello and the change_cipher_spec. */
const clearBytes = 5 + 94 + 6

/** What comes of it, if that is a TlsError or none. */
async function outcomeOf<T>(action: () => Promise<T>): Promise<T | TlsError> {
  try {
    return await action()
  } catch (error) {
    if (isTlsError(error)) return error
    throw error
  }
}

const cuts = fc.array(fc.nat(), { maxLength: 60 })

describe.each(modes)('any stream, %s', (mode) => {
  it('gives the same events however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(words, writerOptions, cuts, async (said, options, places) => {
        fc.pre(said.filter(({ kind }) => kind === 'canceled').length < 4)
        const stream = await spoken(said, options, mode)
        const whole = await heard(reader(), [stream], mode)
        expect(whole.at(-1)).toMatchObject({ kind: 'alert', description: 0 })
        expect(await heard(reader(), cutAt(stream, places), mode)).toEqual(whole)
        const expected = said.filter(({ kind }) => kind === 'ticket' || kind === 'update').length + 4
        expect(whole.filter(({ kind }) => kind === 'handshake')).toHaveLength(expected)
      }),
      { numRuns: 60 },
    )
  })

  it('gives the same events byte by byte', async () => {
    const stream = await spoken(
      [{ kind: 'data', length: 40 }, { kind: 'update' }, { kind: 'ticket', length: 30 }],
      { maxFragment: 30, padding: 1 },
      mode,
    )
    const whole = await heard(reader(), [stream], mode)
    expect(await heard(reader(), cutAt(stream, Array.from(stream.keys())), mode)).toEqual(whole)
  })

  it('fails with a TlsError and nothing else when a byte of it is damaged, and never says more than was said', async () => {
    await fc.assert(
      fc.asyncProperty(
        words,
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        cuts,
        async (said, at, change, places) => {
          fc.pre(said.filter(({ kind }) => kind === 'canceled').length < 4)
          const stream = await spoken(said, { maxFragment: 100, padding: 1 }, mode)
          const whole = joined(await heard(reader(), [stream], mode))
          const damaged = stream.slice()
          const place = at % stream.length
          damaged[place] = (damaged[place] ?? 0) ^ change
          const outcome = await outcomeOf(async () =>
            joined(await heard(reader(), cutAt(damaged, places), mode)),
          )
          // Undetected only in the clear, or at the end, where a length that grew waits for more bytes.
          const harmless = isTlsError(outcome) || outcome.length < whole.length
          expect(harmless || place < clearBytes).toBe(true)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('fails with a TlsError and nothing else when it is noise', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.uint8Array({ maxLength: 50 }),
            fc
              .tuple(fc.constantFrom(20, 21, 22, 23, 24), fc.uint8Array({ maxLength: 40 }))
              .map(([contentType, body]) => Uint8Array.of(contentType, 3, 3, 0, body.length, ...body)),
          ),
        ),
        fc.boolean(),
        async (chunks, protect) => {
          const from = reader({ role: 'server' })
          from.allowChangeCipherSpec(true)
          const outcome = await outcomeOf(async () => {
            if (protect) await from.install(testKeys(mode), 'handshake')
            from.skipRejectedEarlyData(100)
            return readAll(from, ...chunks)
          })
          expect(isTlsError(outcome) || outcome.every(({ epoch }) => epoch === 'initial')).toBe(true)
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('the two implementations', () => {
  it('write the same bytes and read the same events, whenever answers come', async () => {
    await fc.assert(
      fc.asyncProperty(
        words,
        writerOptions,
        cuts,
        fc.infiniteStream(fc.nat(30)),
        async (said, options, places, delays) => {
          fc.pre(said.filter(({ kind }) => kind === 'canceled').length < 4)
          const stream = await spoken(said, options, 'sync')
          expect(await spoken(said, options, 'async')).toEqual(stream)
          const delay = () => microtasks(delays.next().value ?? 0)
          const expected = await heard(reader(), [stream], 'sync')
          expect(await heard(reader(), cutAt(stream, places), 'async', delay)).toEqual(expected)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('fail alike on damaged records', async () => {
    await fc.assert(
      fc.asyncProperty(words, fc.nat(), fc.integer({ min: 1, max: 255 }), async (said, at, change) => {
        const damaged = await spoken(said.slice(0, 4), { maxFragment: 100, padding: 1 }, 'sync')
        const place = at % damaged.length
        damaged[place] = (damaged[place] ?? 0) ^ change
        const outcomes = await Promise.all(
          modes.map(async (mode) => {
            const outcome = await outcomeOf(() => heard(reader(), [damaged], mode))
            return isTlsError(outcome) ? outcome.message : outcome
          }),
        )
        expect(outcomes[1]).toEqual(outcomes[0])
      }),
      { numRuns: 100 },
    )
  })
})

describe('the asynchronous queue of a record reader', () => {
  const record = 100
  async function stream(count: number): Promise<Uint8Array> {
    const writer = createRecordWriter({ role: 'server', maxFragment: record })
    await writer.install(testKeys('sync'), 'application')
    const content = Uint8Array.from({ length: count * record }, (_, index) => index / record)
    return writer.write(applicationData, content)
  }

  it('opens records ahead, so many at a time, and delivers them in order', async () => {
    const log = lateLog()
    let call = 0
    const delay = () => microtasks([50, 1, 20, 0, 7][call++ % 5] ?? 0)
    const from = reader()
    await from.install(testKeys('async', 0, 'aes-128-gcm', { maxInFlight: 5, delay, log }), 'application')
    const bytes = await stream(20)
    from.append(bytes)
    const order: (number | undefined)[] = []
    for (let event = await from.next(); event; event = await from.next()) {
      if (event.kind === 'applicationData') order.push(event.data[0])
      // What is being opened ahead still counts as buffered.
      expect(from.buffered).toBe(bytes.length - order.length * (record + 22))
    }
    expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index))
    expect([log.mostInFlight, log.opened]).toEqual([5, 20])
  })

  it('opens records anew when a KeyUpdate among them changes the key (RFC 9846 §4.7.3)', async () => {
    const log = lateLog()
    const late = { maxInFlight: 8, log }
    const writer = createRecordWriter({ role: 'server' })
    await writer.install(testKeys('sync'), 'application')
    const parts: Uint8Array[] = []
    for (let generation = 1; generation <= 3; generation++) {
      parts.push(
        await writer.write(applicationData, Uint8Array.of(generation)),
        await writer.write(handshake, message(24, 1)),
      )
      await writer.install(testKeys('sync', generation), 'application')
    }
    const from = reader()
    await from.install(testKeys('async', 0, 'aes-128-gcm', late), 'application')
    from.append(concat(...parts).subarray(0, 100))
    from.append(concat(...parts).subarray(100))
    const order: unknown[] = []
    let generation = 0
    for (let event = await from.next(); event; event = await from.next()) {
      order.push(event.kind === 'applicationData' ? event.data[0] : event.kind)
      // The third time the new key is a synchronous one.
      const keys =
        ++generation % 2 === 0
          ? testKeys(generation === 6 ? 'sync' : 'async', generation / 2, 'aes-128-gcm', late)
          : undefined
      if (keys) await from.install(keys, 'application')
    }
    expect(order).toEqual([1, 'handshake', 2, 'handshake', 3, 'handshake'])
    await microtasks(50)
    expect([log.destroyed, log.usedAfterDestroy, log.inFlight]).toEqual([3, 0, 0])
  })

  it('stops at the first record that fails, though later ones were opened', async () => {
    const bytes = await stream(4)
    bytes[(record + 22) * 2 - 1] = (bytes[(record + 22) * 2 - 1] ?? 0) ^ 1
    const log = lateLog()
    const from = reader()
    await from.install(testKeys('async', 0, 'aes-128-gcm', { log }), 'application')
    from.append(bytes)
    expect(await from.next()).toMatchObject({ kind: 'applicationData' })
    await expect(from.next()).rejects.toMatchObject({ code: 'ERR_TLS_BAD_RECORD_MAC' })
    expect(() => from.next()).toThrow('does not decrypt')
    await microtasks(50)
    expect([log.opened, log.destroyed, log.usedAfterDestroy]).toEqual([4, 1, 0])
  })

  it('takes bytes while it is waiting, and answers nothing more once destroyed', async () => {
    const bytes = await stream(3)
    const log = lateLog()
    const from = reader()
    await from.install(testKeys('async', 0, 'aes-128-gcm', { log }), 'application')
    from.append(bytes.subarray(0, 130))
    const first = from.next()
    from.append(bytes.subarray(130))
    expect([await first, await from.next()]).toMatchObject([
      { kind: 'applicationData' },
      { kind: 'applicationData' },
    ])
    const last = from.next()
    from.destroy()
    expect([await last, await from.next(), from.buffered]).toEqual([undefined, undefined, 0])
    expect([log.destroyed, log.usedAfterDestroy]).toEqual([1, 0])
  })

  it('refuses overlapping calls', async () => {
    for (const second of ['next', 'install', 'boundary', 'skip'] as const) {
      const from = reader()
      await from.install(testKeys('async'), 'application')
      from.append(await stream(1))
      const first = from.next()
      const calls = {
        next: () => from.next(),
        install: () => from.install(testKeys('async'), 'application'),
        boundary: () => from.requireMessageBoundary(),
        skip: () => from.skipRejectedEarlyData(1),
      }
      expect(calls[second]).toThrow('must not overlap')
      expect(await first).toBeUndefined()
      expect(() => from.next()).toThrow('must not overlap')
    }
    const installing = reader()
    const installed = installing.install(testKeys('async'), 'application')
    expect(() => installing.next()).toThrow('must not overlap')
    await installed
  })

  it('lets a key go that was derived too late', async () => {
    const log = lateLog()
    const keys = testKeys('async', 0, 'aes-128-gcm', { log })
    const from = reader()
    const installed = from.install(keys, 'application')
    from.destroy()
    await installed
    const writer = createRecordWriter({ role: 'client' })
    const alsoInstalled = writer.install(keys, 'application')
    writer.destroy()
    await alsoInstalled
    expect([log.destroyed, from.epoch, writer.epoch]).toEqual([2, 'initial', 'initial'])
  })
})
