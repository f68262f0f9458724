import { concat, ContentType } from '@mortise/wire'
import { expect, it } from 'vitest'
import { rawMessage } from './edits.ts'
import { createHearing, type Heard } from './hearing.ts'
import { innerPlaintext, plaintextRecord, type RecordProtection } from './sealing.ts'

const message = rawMessage(1, Uint8Array.of(1, 2, 3))

function hearing(): ReturnType<typeof createHearing> & { readonly handled: Uint8Array[] } {
  const handled: Uint8Array[] = []
  return Object.assign(
    createHearing(async (bytes) => {
      handled.push(bytes)
    }),
    { handled },
  )
}

const kindsOf = (heard: readonly Heard[]): readonly string[] => heard.map(({ kind }) => kind)

it('takes records apart, however they arrive', async () => {
  const { receive, heard, handled } = hearing()
  const bytes = concat(
    plaintextRecord(22, message.subarray(0, 5)),
    plaintextRecord(22, concat(message.subarray(5), message)),
    plaintextRecord(20, Uint8Array.of(1)),
    plaintextRecord(21, Uint8Array.of(2, 40)),
  )
  for (const byte of bytes) await receive(Uint8Array.of(byte))
  expect(kindsOf(heard)).toEqual(['handshake', 'handshake', 'changeCipherSpec', 'alert'])
  expect(handled).toEqual([message, message])
  expect(heard[0]).toEqual({ kind: 'handshake', epoch: 'initial', bytes: message })
  expect(heard[3]).toEqual({ kind: 'alert', epoch: 'initial', bytes: Uint8Array.of(2, 40) })
})

it('opens what is protected under the keys that it has, and notes what is not', async () => {
  const { receive, heard, install } = hearing()
  const protection = (inner: Uint8Array | undefined): RecordProtection => ({
    seal: () => Promise.reject(new Error('nothing is written')),
    open: async () => inner,
  })
  const record = plaintextRecord(ContentType.application_data, new Uint8Array(20))
  await receive(record)
  install('handshake', protection(innerPlaintext(22, message, 3)))
  await receive(record)
  install('application', protection(innerPlaintext(23, Uint8Array.of(7))))
  await receive(record)
  install('application', protection(undefined))
  await receive(record)
  expect(heard.map(({ kind, epoch }) => [kind, epoch])).toEqual([
    ['undecipherable', 'initial'],
    ['handshake', 'handshake'],
    ['applicationData', 'application'],
    ['undecipherable', 'application'],
  ])
})

it('never throws, whatever comes', async () => {
  const { receive, heard } = hearing()
  await receive(Uint8Array.of(99, 1, 2, 0, 3, 0, 0, 0, 22, 3, 3, 0, 0, 21, 3, 3, 0, 0))
  expect(kindsOf(heard)).toEqual(['applicationData', 'alert'])
})
