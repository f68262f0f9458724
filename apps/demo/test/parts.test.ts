/** Parts of the page that need no page. */
import { describe, expect, it } from 'vitest'
import { describeAnswer, startupMessage } from '../src/relay/postgres.ts'
import { recordCutter } from '../src/relay/recordCutter.ts'
import { niceScale } from '../src/views/backends/scale.ts'
import { configuredTargets } from '../server/targets/configured.ts'

describe('records, as the relay tells of them', () => {
  const record = (type: number, length: number): Uint8Array => {
    const bytes = new Uint8Array(5 + length)
    bytes.set([type, 3, 3, length >> 8, length])
    return bytes
  }

  it('are cut out of a piece, whole', () => {
    const cut = recordCutter('page')
    const bytes = Uint8Array.of(...record(22, 4), ...record(20, 1), ...record(23, 100))
    expect(cut(bytes, bytes.length)).toMatchObject([
      { type: 'handshake', protected: false, length: 9, beginning: '160303000400000000' },
      { type: 'change_cipher_spec', protected: false, length: 6 },
      { type: 'application_data', protected: true, length: 105 },
    ])
  })

  it('go on in the next piece, of which the relay may tell only the beginning', () => {
    const cut = recordCutter('target')
    const long = record(23, 10_000)
    expect(cut(long.subarray(0, 4096), 9000)).toMatchObject([{ length: 10_005 }])
    const rest = Uint8Array.of(...new Uint8Array(1005), ...record(21, 2))
    expect(cut(rest, rest.length)).toMatchObject([{ type: 'alert', length: 7 }])
  })

  it('may be something else', () => {
    const hello = Uint8Array.of(0, 0, 0, 8, 4, 0xd2, 0x16, 0x2f)
    expect(recordCutter('page')(hello, 8)).toMatchObject([{ type: 'bytes', protected: false, length: 8 }])
  })
})

describe("PostgreSQL's protocol", () => {
  it('begins with a StartupMessage that knows its length', () => {
    const message = startupMessage()
    expect(new DataView(message.buffer).getUint32(0)).toBe(message.length)
    expect(message.at(-1)).toBe(0)
  })

  it('answers in messages, told by their names, however they end', () => {
    const error = Buffer.from('E\0\0\0\x14SFATAL\0C28000\0\0', 'latin1')
    expect(describeAnswer(error)).toBe('ErrorResponse: SFATAL C28000')
    expect(describeAnswer(Buffer.from('R\0\0\0\0', 'latin1'))).toBe('Authentication:')
    expect(describeAnswer(error.subarray(0, 3))).toBe('')
  })

  it('shows no key', () => {
    expect(describeAnswer(Buffer.from('K\0\0\0\x0c\0\0\x12\x34key!', 'latin1'))).toBe('BackendKeyData:')
  })

  it.each([
    ['R\0\0\0\x08\0\0\0\0', 'Authentication: Ok'],
    ['R\0\0\0\x0c\0\0\0\x05salt', 'Authentication: MD5Password'],
    [
      'R\0\0\0\x2a\0\0\0\x0aSCRAM-SHA-256-PLUS\0SCRAM-SHA-256\0\0',
      'Authentication: SCRAM-SHA-256-PLUS SCRAM-SHA-256',
    ],
  ])('says how it wants users to authenticate: %j', (answer, words) => {
    expect(describeAnswer(Buffer.from(answer, 'latin1'))).toBe(words)
  })
})

describe('an axis', () => {
  it.each([
    [0, 1, [0]],
    [7.3, 8, [0, 2, 4, 6, 8]],
    [0.09, 0.1, [0, 0.05, 0.1]],
    [3100, 4000, [0, 1000, 2000, 3000, 4000]],
  ])('up to %d', (peak, top, ticks) => {
    const scale = niceScale(peak)
    expect(scale.ticks).toEqual(ticks)
    expect(scale.top).toBeCloseTo(top)
  })
})

describe('targets of the environment', () => {
  it('have hosts, ports, and defaults for these', () => {
    expect(configuredTargets({})).toEqual([])
    expect(configuredTargets({ DEMO_HTTPS: 'example.org', DEMO_POSTGRES: '[::1]:5433' })).toEqual([
      { name: 'https', kind: 'https', host: 'example.org', port: 443, anchors: [] },
      { name: 'postgres', kind: 'postgres', host: '::1', port: 5433, anchors: [] },
    ])
  })

  it.each([
    'https://example.org',
    'user@example.org',
    'example.org:port',
    '[::1',
    ':443',
    'example.org:65536',
  ])('are refused where they can not be read: %s', (address) => {
    expect(() => configuredTargets({ DEMO_HTTPS: address })).toThrow(`DEMO_HTTPS=${address}`)
  })
})
