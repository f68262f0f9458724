import { concat, fromHex } from '@mortise/wire'
import { describe, expect, it } from 'vitest'
import { modes, recordKeys, secretOf, type Mode } from './fixtures/keys.ts'
import { reader, type } from './fixtures/peer.ts'
import { traces, type Trace, type TracedRecord } from './fixtures/rfc8448.ts'
import { createRecordWriter, type EncryptionLevel, type RecordEvent, type RecordKeys } from './index.ts'

type Role = 'client' | 'server'

const contentTypes = {
  change_cipher_spec: type.changeCipherSpec,
  alert: type.alert,
  handshake: type.handshake,
  application_data: type.applicationData,
} as const

function keysOf(trace: Trace, sender: Role, epoch: EncryptionLevel, mode: Mode): RecordKeys {
  return recordKeys(mode, secretOf(fromHex(trace.secrets[`${sender} ${epoch}`] ?? '')))
}

function recordsOf(trace: Trace, sender: Role): readonly TracedRecord[] {
  return trace.records.filter((record) => record.sender === sender)
}

function bytesOf(event: RecordEvent | undefined): Uint8Array {
  if (!event) throw new Error('no event')
  if (event.kind === 'alert') return Uint8Array.of(event.level, event.description)
  return event.kind === 'handshake' ? event.message : event.data
}

describe.each(traces)('RFC 8448, $name', (trace) => {
  describe.each(modes)('%s', (mode) => {
    it.each<Role>(['client', 'server'])('the records of the %s are written byte for byte', async (sender) => {
      const writer = createRecordWriter({ role: sender })
      for (const { epoch, type: contentType, payload, record } of recordsOf(trace, sender)) {
        if (epoch !== writer.epoch && epoch !== 'initial')
          await writer.install(keysOf(trace, sender, epoch, mode), epoch)
        const written =
          contentType === 'change_cipher_spec'
            ? writer.changeCipherSpec()
            : await writer.write(contentTypes[contentType], fromHex(payload))
        expect(written).toEqual(fromHex(record))
      }
    })

    it.each<Role>(['client', 'server'])('the records of the %s are read', async (sender) => {
      const from = reader({ role: sender === 'client' ? 'server' : 'client' })
      from.allowChangeCipherSpec(true)
      const records = recordsOf(trace, sender)
      from.append(concat(...records.map(({ record }) => fromHex(record))))
      for (const { epoch, type: contentType, payload } of records) {
        if (contentType === 'change_cipher_spec') continue
        if (epoch !== from.epoch && epoch !== 'initial')
          await from.install(keysOf(trace, sender, epoch, mode), epoch, { maxEarlyData: 1024 })
        expect(await readPayload(fromHex(payload).length)).toEqual(fromHex(payload))
      }
      expect([await from.next(), from.buffered]).toEqual([undefined, 0])

      async function readPayload(length: number): Promise<Uint8Array> {
        const parts: Uint8Array[] = []
        for (let found = 0; found < length; found += parts.at(-1)?.length ?? 0)
          parts.push(bytesOf(await from.next()))
        return concat(...parts)
      }
    })
  })
})
