import { cipherSuites, type CipherSuite } from '@mortise/crypto'
import { nodeCrypto } from '@mortise/crypto-node'
import { createRecordReader } from '@mortise/record'
import { ContentType } from '@mortise/wire'
import { describe, expect, it } from 'vitest'
import { innerPlaintext, plaintextRecord, recordProtection, type RecordProtection } from './sealing.ts'

const suites = cipherSuites(nodeCrypto())
const secretOf = ({ hash }: CipherSuite) => hash.importSecret(new Uint8Array(hash.length).fill(5))
const protectionOf = (suite: CipherSuite): Promise<RecordProtection> =>
  recordProtection(suite, secretOf(suite))

const text = innerPlaintext(ContentType.application_data, Uint8Array.of(1, 2, 3))

describe.each(suites.map((suite) => [suite.name, suite] as const))('%s', (_, suite) => {
  it('is opened by the record layer, and by itself', async () => {
    const [sealing, opening] = [await protectionOf(suite), await protectionOf(suite)]
    const reader = createRecordReader({ role: 'client' })
    await reader.install({ ...suite, trafficSecret: secretOf(suite) }, 'application')
    for (let i = 0; i < 3; i++) {
      const record = await sealing.seal(text)
      expect(await opening.open(record)).toEqual(text)
      reader.append(record)
      expect(await reader.next()).toMatchObject({ kind: 'applicationData', data: Uint8Array.of(1, 2, 3) })
    }
  })
})

describe('odd records', () => {
  const [suite] = suites
  if (!suite) throw new Error('no suite')

  it('are opened as what they say, or not at all', async () => {
    const [sealing, opening] = [await protectionOf(suite), await protectionOf(suite)]
    const odd = await sealing.seal(text, { version: 0x0301, outerType: 99 })
    expect(odd.subarray(0, 3)).toEqual(Uint8Array.of(99, 3, 1))
    expect(await opening.open(odd)).toEqual(text)
    const lying = await sealing.seal(text, { sentVersion: 0x0301 })
    expect(lying.subarray(0, 3)).toEqual(Uint8Array.of(23, 3, 1))
    expect(await opening.open(lying)).toBeUndefined()
    // The sequence number stays where nothing was opened
    expect(await opening.open(await sealing.seal(text, { sequenceNumber: 1 }))).toEqual(text)
    expect((await sealing.seal(text, { length: 0x1234 })).subarray(3, 5)).toEqual(Uint8Array.of(0x12, 0x34))
  })

  it('of another sequence number do not use up the next', async () => {
    const [sealing, opening] = [await protectionOf(suite), await protectionOf(suite)]
    expect(await opening.open(await sealing.seal(text, { sequenceNumber: 7 }))).toBeUndefined()
    expect(await opening.open(await sealing.seal(text))).toEqual(text)
  })

  it('in the clear say whatever they are told to', () => {
    expect(plaintextRecord(22, Uint8Array.of(7))).toEqual(Uint8Array.of(22, 3, 3, 0, 1, 7))
    expect(plaintextRecord(22, Uint8Array.of(7), { outerType: 1, version: 0x0102, length: 0x0304 })).toEqual(
      Uint8Array.of(1, 1, 2, 3, 4, 7),
    )
  })

  it('are padded with zeros (RFC 9846 §5.4)', () => {
    expect(innerPlaintext(22, Uint8Array.of(7), 2)).toEqual(Uint8Array.of(7, 22, 0, 0))
  })
})
