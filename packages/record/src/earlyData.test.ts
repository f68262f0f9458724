import { concat } from '@mortise/wire'
import { describe, expect, it } from 'vitest'
import { modes, testKeys, type Mode } from './fixtures/keys.ts'
import { alerts, clear, refusalOf, message, readAll, reader, sealer, type } from './fixtures/peer.ts'
import type { RecordReader } from './index.ts'

const { alert, applicationData, changeCipherSpec, handshake } = type
const ccs = clear(changeCipherSpec, Uint8Array.of(1))
const earlyKeys = 7

/** Records as a client sends them under early keys that the server does not have. */
function early(...lengths: number[]): Uint8Array {
  const client = sealer(testKeys('sync', earlyKeys))
  return concat(...lengths.map((length) => client.record(applicationData, new Uint8Array(length))))
}

describe.each(modes)('accepted early data, %s', (mode) => {
  async function accepting(maxEarlyData?: number): Promise<RecordReader> {
    const from = reader({ role: 'server' })
    await from.install(testKeys(mode, earlyKeys), 'early', maxEarlyData === undefined ? {} : { maxEarlyData })
    return from
  }

  it('is delivered as such, and ends with new keys', async () => {
    const from = await accepting(100)
    const client = sealer(testKeys('sync', earlyKeys))
    const events = await readAll(
      from,
      client.record(applicationData, Uint8Array.of(1)),
      client.record(handshake, message(5, 0)),
    )
    expect(events).toEqual([
      { kind: 'applicationData', data: Uint8Array.of(1), epoch: 'early' },
      { kind: 'handshake', message: message(5, 0), epoch: 'early' },
    ])
    await from.install(testKeys(mode, 1), 'handshake')
    expect(from.epoch).toBe('handshake')
  })

  it('is bounded by max_early_data_size, which padding does not count for (RFC 9846 §4.7.1)', async () => {
    const from = await accepting(100)
    const client = sealer(testKeys('sync', earlyKeys))
    const within = [
      client.record(applicationData, new Uint8Array(99), 200),
      client.record(applicationData, new Uint8Array(1)),
    ]
    expect(await readAll(from, ...within)).toHaveLength(2)
    const beyond = client.record(applicationData, new Uint8Array(1))
    expect(await refusalOf(from, beyond)).toEqual(['ERR_TLS_TOO_MUCH_EARLY_DATA', alerts.unexpectedMessage])
  })

  it('is none unless a limit is given', async () => {
    expect(await refusalOf(await accepting(), early(1))).toEqual([
      'ERR_TLS_TOO_MUCH_EARLY_DATA',
      alerts.unexpectedMessage,
    ])
  })

  it('must decrypt (RFC 9846 §4.3.10)', async () => {
    const other = sealer(testKeys('sync', 1)).record(applicationData, new Uint8Array(1))
    expect(await refusalOf(await accepting(100), other)).toEqual([
      'ERR_TLS_BAD_RECORD_MAC',
      alerts.badRecordMac,
    ])
  })
})

describe.each(modes)('rejected early data under handshake keys, %s (RFC 9846 §4.3.10)', (mode) => {
  async function skipping(limit: number): Promise<RecordReader> {
    const from = reader({ role: 'server' })
    await from.install(testKeys(mode), 'handshake')
    from.allowChangeCipherSpec(true)
    from.skipRejectedEarlyData(limit)
    return from
  }

  it('is skipped until a record decrypts, which has sequence number 0', async () => {
    const client = sealer()
    const from = await skipping(1000)
    const flight = concat(
      ccs,
      early(1, 500, 0, 400),
      client.record(handshake, message(11, 4)),
      client.record(handshake, message(20, 32)),
    )
    expect(await readAll(from, flight.subarray(0, 600), flight.subarray(600))).toHaveLength(2)
    await from.install(testKeys(mode, 1), 'application')
    const data = sealer(testKeys('sync', 1)).record(applicationData, Uint8Array.of(1))
    expect(await readAll(from, data)).toHaveLength(1)
  })

  it('is not skipped after a record that decrypted', async () => {
    const from = await skipping(1000)
    expect(await readAll(from, early(10), sealer().record(handshake, message(11, 4)))).toHaveLength(1)
    expect(await refusalOf(from, early(10))).toEqual(['ERR_TLS_BAD_RECORD_MAC', alerts.badRecordMac])
  })

  it('is skipped up to the limit, content and padding counted, and a byte for what is empty', async () => {
    expect(await readAll(await skipping(100), early(60, 39, 0))).toEqual([])
    expect(await refusalOf(await skipping(100), early(60, 39, 2))).toEqual([
      'ERR_TLS_BAD_RECORD_MAC',
      alerts.badRecordMac,
    ])
    expect(await refusalOf(await skipping(3), early(0, 0, 0, 0))).toEqual([
      'ERR_TLS_BAD_RECORD_MAC',
      alerts.badRecordMac,
    ])
    expect(await refusalOf(await skipping(0), early(1))).toEqual([
      'ERR_TLS_BAD_RECORD_MAC',
      alerts.badRecordMac,
    ])
  })

  it('may be followed by an alert in the clear, but by no handshake message', async () => {
    expect(
      await readAll(await skipping(100), concat(early(10), clear(alert, Uint8Array.of(2, 40)))),
    ).toHaveLength(1)
    const message2 = concat(early(10), clear(handshake, message(20, 32)))
    expect(await refusalOf(await skipping(100), message2)).toEqual([
      'ERR_TLS_UNEXPECTED_RECORD',
      alerts.unexpectedMessage,
    ])
  })

  it('is an error where none was announced', async () => {
    const from = reader({ role: 'server' })
    await from.install(testKeys(mode), 'handshake')
    expect(await refusalOf(from, early(1))).toEqual(['ERR_TLS_BAD_RECORD_MAC', alerts.badRecordMac])
  })

  it('may be announced when records were taken ahead already', async () => {
    const client = sealer()
    const from = reader({ role: 'server' })
    await from.install(testKeys(mode), 'handshake')
    const keepsGoing = client.record(handshake, message(11, 4))
    const last = client.record(handshake, message(20, 32))
    from.append(concat(keepsGoing, early(3, 4), last))
    expect(await from.next()).toMatchObject({ message: message(11, 4) })
    from.skipRejectedEarlyData(7)
    expect(await from.next()).toMatchObject({ message: message(20, 32) })
    expect(from.buffered).toBe(0)
  })
})

function skippingInClear(limit: number): RecordReader {
  const from = reader({ role: 'server' })
  from.allowChangeCipherSpec(true)
  from.skipRejectedEarlyData(limit)
  return from
}

describe('rejected early data after a HelloRetryRequest (RFC 9846 §4.3.10)', () => {
  const second = clear(handshake, message(1, 100))

  it('is skipped by its outer type until the second ClientHello', async () => {
    expect(await readAll(skippingInClear(1000), concat(early(400, 0), ccs, early(599), second))).toHaveLength(
      1,
    )
    expect(await readAll(skippingInClear(2 ** 14), early(2 ** 14))).toEqual([])
  })

  it('is refused beyond the limit, and when overlong', async () => {
    expect(await refusalOf(skippingInClear(10), early(5, 6))).toEqual([
      'ERR_TLS_TOO_MUCH_SKIPPED_EARLY_DATA',
      alerts.unexpectedMessage,
    ])
    const header = Uint8Array.of(23, 3, 3, 0x41, 0x01)
    expect(await refusalOf(skippingInClear(2 ** 20), header)).toEqual([
      'ERR_TLS_RECORD_OVERFLOW',
      alerts.recordOverflow,
    ])
  })

  it('is refused once the second ClientHello has come, or begun', async () => {
    expect(await refusalOf(skippingInClear(100), concat(second, early(5)))).toEqual([
      'ERR_TLS_UNEXPECTED_RECORD',
      alerts.unexpectedMessage,
    ])
    const begun = clear(handshake, message(1, 100).subarray(0, 50))
    expect(await refusalOf(skippingInClear(100), concat(begun, early(5)))).toEqual([
      'ERR_TLS_UNEXPECTED_RECORD',
      alerts.unexpectedMessage,
    ])
  })

  it.each<Mode>(modes)('is refused under handshake keys too, %s', async (mode) => {
    const from = skippingInClear(100)
    expect(await readAll(from, concat(early(5), second))).toHaveLength(1)
    await from.install(testKeys(mode), 'handshake')
    expect(await refusalOf(from, early(5))).toEqual(['ERR_TLS_BAD_RECORD_MAC', alerts.badRecordMac])
  })

  it('does not hide an alert', async () => {
    expect(
      await readAll(skippingInClear(100), concat(early(5), clear(alert, Uint8Array.of(2, 40)))),
    ).toHaveLength(1)
  })
})
