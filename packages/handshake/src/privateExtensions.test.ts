/** Whoever carries QUIC's parameters, or anything else, through a handshake (RFC 9001 §8.2). */
import { beforeAll, expect, it } from 'vitest'
import { ExtensionType, type Extension } from '@mortise/wire'
import { altering, refusalOf, withExtension } from './fixtures/alter.ts'
import { infoOf, makeCredential, parties, trusting, type Parties } from './fixtures/parties.ts'
import type { Credential } from './index.ts'

const { quic_transport_parameters: quic } = ExtensionType
const extension = (extensionType: number, ...bytes: readonly number[]): Extension => ({
  extensionType,
  extensionData: Uint8Array.from(bytes),
})

let credential: Credential

beforeAll(async () => {
  credential = await makeCredential('server')
})

function both(
  client: readonly Extension[],
  server: readonly Extension[],
  alter?: Parameters<typeof parties>[2],
): Parties {
  return parties(
    { verifier: trusting(credential), extensions: client },
    { credentials: [credential], extensions: server },
    alter,
  )
}

it('go both ways, and only those that the client has sent', async () => {
  const pair = both(
    [extension(quic, 1, 2), extension(0xff01, 7), extension(0xff02)],
    [extension(0xff02, 9), extension(quic, 3), extension(0xff03)],
  )
  await pair.shakeHands()
  expect(infoOf(pair, 'client').extensions).toEqual([extension(0xff02, 9), extension(quic, 3)])
  expect(infoOf(pair, 'server').extensions.toSorted((a, b) => a.extensionType - b.extensionType)).toEqual([
    extension(quic, 1, 2),
    extension(0xff02),
  ])
})

it('are known to a server before it chooses what to answer', async () => {
  let seen: Uint8Array | undefined
  const pair = parties({ verifier: trusting(credential), extensions: [extension(quic, 5)] }, (hello) => {
    seen = hello.message.extensions.find(({ extensionType }) => extensionType === quic)?.extensionData
    return { credentials: [credential], extensions: [extension(quic, (seen?.[0] ?? 0) + 1)] }
  })
  await pair.shakeHands()
  expect(seen).toEqual(Uint8Array.of(5))
  expect(infoOf(pair, 'client').extensions).toEqual([extension(quic, 6)])
})

it('that were not asked for are unsupported_extension (RFC 9846 §4.3)', async () => {
  const alter = altering('EncryptedExtensions', (body) => withExtension(body, extension(quic, 1)))
  expect(await refusalOf(both([extension(0xff01)], [], alter))).toEqual({
    by: 'client',
    code: 'ERR_TLS_UNSOLICITED_EXTENSION',
    alert: 'unsupported_extension',
  })
})
