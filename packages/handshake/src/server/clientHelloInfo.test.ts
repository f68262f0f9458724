import { CipherSuite, ExtensionType, type ClientHello } from '@mortise/wire'
import { expect, it } from 'vitest'
import { altering, refusalOf, withExtension, withoutExtension } from '../fixtures/alter.ts'
import { makeCredential, parties, trusting } from '../fixtures/parties.ts'

const server = await makeCredential('a server')

const refusal = (edit: (hello: ClientHello) => ClientHello) =>
  refusalOf(parties({ verifier: trusting(server) }, { credentials: [server] }, altering('ClientHello', edit)))

it('tells a fallback from a client that knows no better (RFC 7507 §3)', async () => {
  const fallback = (hello: ClientHello): ClientHello => ({
    ...hello,
    cipherSuites: [...hello.cipherSuites, CipherSuite.TLS_FALLBACK_SCSV],
  })
  const without = (hello: ClientHello) => withoutExtension(hello, ExtensionType.supported_versions)
  expect(await refusal(without)).toMatchObject({ by: 'server', alert: 'protocol_version' })
  expect(await refusal((hello) => fallback(without(hello)))).toMatchObject({
    alert: 'inappropriate_fallback',
  })
  expect(await refusal((hello) => fallback({ ...hello, legacyVersion: 0x0302 }))).toMatchObject({
    alert: 'inappropriate_fallback',
  })
})

it('refuses signed_certificate_timestamp with a body (RFC 6962 §3.3.1)', async () => {
  const extension = {
    extensionType: ExtensionType.signed_certificate_timestamp,
    extensionData: Uint8Array.of(0),
  }
  expect(await refusal((hello) => withExtension(hello, extension))).toMatchObject({ alert: 'decode_error' })
})

it('without credentials says that no pre-shared key is known (RFC 9846 §6.2)', async () => {
  const external = [{ identity: Uint8Array.of(1), key: new Uint8Array(32) }]
  const both = parties(
    { verifier: trusting(server), external },
    { credentials: [], findPreSharedKey: () => undefined },
  )
  expect(await refusalOf(both)).toMatchObject({ by: 'server', alert: 'unknown_psk_identity' })
  expect(await refusalOf(parties({ verifier: trusting(server) }, { credentials: [] }))).toMatchObject({
    by: 'server',
    alert: 'handshake_failure',
  })
})

it.each([ExtensionType.client_certificate_type, ExtensionType.server_certificate_type])(
  'refuses extension %i with X.509 alone, which must be left out then (RFC 7250 §4.1)',
  async (extensionType) => {
    const extension = { extensionType, extensionData: Uint8Array.of(1, 0) }
    expect(await refusal((hello) => withExtension(hello, extension))).toMatchObject({
      by: 'server',
      alert: 'illegal_parameter',
    })
  },
)
