/** RFC 8448's records through the record layer with each provider, byte for byte, written and read. */
import type { Hash } from '@mortise/crypto'
import {
  createRecordReader,
  createRecordWriter,
  type EncryptionLevel,
  type RecordEvent,
  type RecordKeys,
} from '@mortise/record'
import { concat, ContentType, fromHex } from '@mortise/wire'
import { describe, expect, it } from 'vitest'
// @boundaries-ignore the traces are a fixture of record's own tests, which its package does not ship
import { traces, type Trace, type TracedRecord } from '../../packages/record/src/fixtures/rfc8448.ts'
import { mixtures, subjects, type Subject } from './subjects.ts'

type Role = 'client' | 'server'

const other = { client: 'server', server: 'client' } as const

function keysOf({ provider }: Subject, trace: Trace, sender: Role, epoch: EncryptionLevel): RecordKeys {
  const aead = provider.aeads.find(({ name }) => name === 'aes-128-gcm')
  const hash: Hash | undefined = provider.hashes.find(({ name }) => name === 'sha256')
  if (!aead || !hash) throw new Error('no TLS_AES_128_GCM_SHA256')
  return { aead, hash, trafficSecret: hash.importSecret(fromHex(trace.secrets[`${sender} ${epoch}`] ?? '')) }
}

function recordsOf(trace: Trace, sender: Role): readonly TracedRecord[] {
  return trace.records.filter((record) => record.sender === sender)
}

function payloadOf(event: RecordEvent | undefined): Uint8Array {
  if (!event) throw new Error('no event')
  if (event.kind === 'alert') return Uint8Array.of(event.level, event.description)
  return event.kind === 'handshake' ? event.message : event.data
}

describe.each([...subjects, ...mixtures])('$name', (subject) => {
  describe.each(traces)('RFC 8448, $name', (trace) => {
    it.each<Role>(['client', 'server'])('the records of the %s are written', async (sender) => {
      const writer = createRecordWriter({ role: sender })
      for (const { epoch, type, payload, record } of recordsOf(trace, sender)) {
        if (epoch !== writer.epoch && epoch !== 'initial')
          await writer.install(keysOf(subject, trace, sender, epoch), epoch)
        const written =
          type === 'change_cipher_spec'
            ? writer.changeCipherSpec()
            : await writer.write(ContentType[type], fromHex(payload))
        expect(written).toEqual(fromHex(record))
      }
    })

    it.each<Role>(['client', 'server'])('the records of the %s are read', async (sender) => {
      const reader = createRecordReader({ role: other[sender] })
      reader.allowChangeCipherSpec(true)
      const records = recordsOf(trace, sender)
      reader.append(concat(...records.map(({ record }) => fromHex(record))))
      for (const { epoch, type, payload } of records.filter(
        (record) => record.type !== 'change_cipher_spec',
      )) {
        if (epoch !== reader.epoch && epoch !== 'initial')
          await reader.install(keysOf(subject, trace, sender, epoch), epoch, { maxEarlyData: 1024 })
        const parts: Uint8Array[] = []
        for (let found = 0; found < payload.length / 2; found += parts.at(-1)?.length ?? 0)
          parts.push(payloadOf(await reader.next()))
        expect(concat(...parts), type).toEqual(fromHex(payload))
      }
      expect([await reader.next(), reader.buffered]).toEqual([undefined, 0])
    })
  })
})
