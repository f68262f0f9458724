/** After a fatal error every further call fails with that error, and nothing more is written (RFC 9846 §6.2). */
import type { Connection } from '@mortise/tls/core'
import { HandshakeType as H } from '@mortise/wire'
import { dropMessage } from '@mortise/testing'
import { expect, it } from 'vitest'
import { clientAgainst, serverAgainst, type Outcome, type Wrong } from './scenario.ts'
import { applicationData, bytes, record } from './scripts.ts'

const faults: readonly (readonly [what: string, wrong: Wrong])[] = [
  [
    'in the handshake',
    { edit: dropMessage(H.finished), afterwards: (peer) => peer.perform(applicationData) },
  ],
  [
    'in the record layer',
    { afterwards: (peer) => peer.perform(bytes(23, 3, 3, 0, 20, ...new Uint8Array(20))) },
  ],
  ['that the peer tells of', { afterwards: (peer) => peer.perform(record(21, [2, 40])) }],
  ['at the end of the transport', {}],
]

it.each(faults)('our client, after an error %s', async (_, wrong) => {
  await checkSilence(await clientAgainst(wrong))
})

it.each(faults)('our server, after an error %s', async (_, wrong) => {
  await checkSilence(await serverAgainst(wrong))
})

async function checkSilence({ ours, endError, peer, settle }: Outcome): Promise<void> {
  const heard = peer.heard.length
  expect([ours.error, ours.closed]).toEqual([endError, true])
  const calls: readonly ((ours: Connection) => unknown)[] = [
    ({ write }) => write(Uint8Array.of(1)),
    ({ updateKeys }) => updateKeys(true),
    ({ requestClientCertificate }) => requestClientCertificate(),
  ]
  for (const call of calls) await expect((async () => call(ours))()).rejects.toBe(endError)
  expect(await ours.writeEarlyData(Uint8Array.of(1))).toBe(0)
  await peer.perform(applicationData)
  for (const call of [
    ours.receive(Uint8Array.of(23, 3, 3)),
    ours.close(),
    ours.endOfTransport(),
    ours.start(),
  ])
    await call
  await settle()
  expect([ours.error, peer.heard.length]).toEqual([endError, heard])
}
