/** Certificate, CertificateVerify and Finished: whoever has no key gets nowhere (RFC 9846 §4.5). */
import { beforeAll, describe, expect, it } from 'vitest'
import type { CryptoProvider } from '@mortise/crypto'
import {
  SignatureScheme,
  signatureAlgorithmsCert,
  signedCertificateTimestamp,
  statusRequest,
  writeExtension,
  type Certificate,
  type CertificateVerify,
} from '@mortise/wire'
import { altering, bodyOf, nameOf, refusalOf, type Alter } from '../fixtures/alter.ts'
import { infoOf, makeCredential, parties, trusting, type Parties } from '../fixtures/parties.ts'
import { generateKey, provider } from '../fixtures/providers.ts'
import {
  clientCredentials,
  type ClientOptions,
  type Credential,
  type PeerCertificates,
  type PeerVerifier,
  type ServerOptions,
} from '../index.ts'

const { ed25519, ecdsa_secp384r1_sha384: p384, rsa_pkcs1_sha256: pkcs1 } = SignatureScheme
let server: Credential
let client: Credential

beforeAll(async () => {
  server = await makeCredential('server')
  client = await makeCredential('client')
})

function both(
  options: Partial<ClientOptions> = {},
  serverOptions: Partial<ServerOptions> = {},
  alter?: Alter,
): Parties {
  return parties(
    { verifier: trusting(server), credentials: clientCredentials([client]), ...options },
    {
      credentials: [server],
      clientAuthentication: { required: true, verifier: trusting(client) },
      ...serverOptions,
    },
    alter,
  )
}

describe.each(['client', 'server'] as const)('of the %s', (from) => {
  const by = from === 'client' ? 'server' : 'client'
  const only =
    (alter: Alter): Alter =>
    (letter) =>
      letter.from === from ? alter(letter) : [letter]

  it.each<[string, (body: CertificateVerify) => CertificateVerify, string, string]>([
    [
      'a signature of other bytes',
      (body) => ({ ...body, signature: body.signature.toReversed() }),
      'ERR_TLS_BAD_CERTIFICATE_VERIFY',
      'decrypt_error',
    ],
    [
      'no signature',
      (body) => ({ ...body, signature: new Uint8Array(0) }),
      'ERR_TLS_BAD_CERTIFICATE_VERIFY',
      'decrypt_error',
    ],
    [
      'a scheme of another key (RFC 9846 §4.5.2)',
      (body) => ({ ...body, algorithm: ed25519 }),
      'ERR_TLS_WRONG_SIGNATURE_SCHEME',
      'illegal_parameter',
    ],
    [
      'a scheme of another curve (RFC 9846 §4.5.2)',
      (body) => ({ ...body, algorithm: p384 }),
      'ERR_TLS_WRONG_SIGNATURE_SCHEME',
      'illegal_parameter',
    ],
    [
      'a scheme for certificates only (RFC 9846 §4.3.3)',
      (body) => ({ ...body, algorithm: pkcs1 }),
      'ERR_TLS_WRONG_SIGNATURE_SCHEME',
      'illegal_parameter',
    ],
    [
      'a scheme that nobody offered',
      (body) => ({ ...body, algorithm: 0x0a0a }),
      'ERR_TLS_WRONG_SIGNATURE_SCHEME',
      'illegal_parameter',
    ],
  ])('%s is refused', async (_, edit, code, alert) => {
    expect(await refusalOf(both({}, {}, only(altering('CertificateVerify', edit))))).toEqual({
      by,
      code,
      alert,
    })
  })

  it('the signature of another key is refused', async () => {
    const thief = { ...(from === 'client' ? client : server), key: await generateKey('P-256') }
    const pair =
      from === 'client'
        ? both({ credentials: clientCredentials([thief]) })
        : both({}, { credentials: [thief] })
    expect(await refusalOf(pair)).toMatchObject({ by, code: 'ERR_TLS_BAD_CERTIFICATE_VERIFY' })
  })

  it.each([
    ['other bytes', (verifyData: Uint8Array) => verifyData.toReversed()],
    ['too few bytes', (verifyData: Uint8Array) => verifyData.subarray(1)],
    ['too many bytes', (verifyData: Uint8Array) => Uint8Array.from([...verifyData, 0])],
  ])('a Finished of %s is refused with decrypt_error (RFC 9846 §4.5.3)', async (_, edit) => {
    const alter = altering('Finished', ({ verifyData }) => ({ verifyData: edit(verifyData) }))
    expect(await refusalOf(both({}, {}, only(alter)))).toEqual({
      by,
      code: 'ERR_TLS_BAD_FINISHED',
      alert: 'decrypt_error',
    })
  })

  it.each<[string, (body: Certificate) => Certificate, string]>([
    [
      'a request context that nobody gave (RFC 9846 §4.5.1)',
      (body) => ({ ...body, certificateRequestContext: Uint8Array.of(1) }),
      'ERR_TLS_WRONG_REQUEST_CONTEXT',
    ],
    [
      'an extension that nobody asked for (RFC 9846 §4.5.1)',
      (body) =>
        withEntryExtension(body, {
          extensionType: signedCertificateTimestamp.type,
          extensionData: Uint8Array.of(0, 3, 0, 1, 1),
        }),
      'ERR_TLS_UNSOLICITED_EXTENSION',
    ],
    [
      'no certificate',
      (body) => ({ ...body, certificateList: [] }),
      from === 'client' ? 'ERR_TLS_CERTIFICATE_REQUIRED' : 'ERR_TLS_EMPTY_CERTIFICATE',
    ],
  ])('a Certificate with %s is refused', async (_, edit, code) => {
    expect(await refusalOf(both({}, {}, only(altering('Certificate', edit))))).toMatchObject({ by, code })
  })

  it('what a verifier throws refuses the peer, and becomes certificate_unknown if it has no code', async () => {
    for (const [thrown, code] of [
      [new Error('no'), 'ERR_TLS_CERTIFICATE_UNKNOWN'],
      [undefined, 'ERR_TLS_UNKNOWN_CA'],
    ] as const) {
      const verifier: PeerVerifier = thrown ? { verify: () => Promise.reject(thrown) } : trusting()
      const pair =
        from === 'server'
          ? both({ verifier })
          : both({}, { clientAuthentication: { required: true, verifier } })
      expect(await refusalOf(pair)).toMatchObject({ by, code })
    }
  })

  it('staples are asked for, sent, and given to the verifier (RFC 9846 §4.5.1.1)', async () => {
    const seen: PeerCertificates[] = []
    const staples = {
      ocspResponse: Uint8Array.of(1, 2, 3),
      signedCertificateTimestamps: Uint8Array.of(0, 3, 0, 1, 9),
    }
    const watching = (known: Credential, wants: PeerVerifier['wants']): PeerVerifier => ({
      ...(wants ? { wants } : {}),
      verify: (peer) => {
        seen.push(peer)
        return trusting(known).verify(peer)
      },
    })
    const run = async (wants: PeerVerifier['wants']): Promise<PeerCertificates | undefined> => {
      const own = { ...(from === 'client' ? client : server), ...staples }
      const pair =
        from === 'client'
          ? both(
              { credentials: clientCredentials([own]) },
              { clientAuthentication: { required: true, verifier: watching(client, wants) } },
            )
          : both({ verifier: watching(server, wants) }, { credentials: [own] })
      await pair.shakeHands()
      return seen.at(-1)
    }
    expect(await run({ ocspResponse: true, signedCertificateTimestamps: true })).toMatchObject(staples)
    expect(await run(undefined)).toMatchObject({
      ocspResponse: undefined,
      signedCertificateTimestamps: undefined,
      peerRole: from,
    })
  })

  it('each certificate has a staple of its own (RFC 9846 §4.5.1.1)', async () => {
    const seen: PeerCertificates[] = []
    const known = from === 'client' ? client : server
    const chain = [...known.certificates, Uint8Array.of(1), Uint8Array.of(2)]
    const responses = [undefined, Uint8Array.of(7, 7)]
    const own = {
      ...known,
      certificates: chain,
      ocspResponse: Uint8Array.of(6),
      issuerOcspResponses: responses,
    }
    const watching: PeerVerifier = {
      wants: { ocspResponse: true },
      verify: (peer) => {
        seen.push(peer)
        return trusting(known).verify(peer)
      },
    }
    const pair =
      from === 'client'
        ? both(
            { credentials: clientCredentials([own]) },
            { clientAuthentication: { required: true, verifier: watching } },
          )
        : both({ verifier: watching }, { credentials: [own] })
    await pair.shakeHands()
    expect(seen).toMatchObject([
      { certificates: chain, ocspResponse: Uint8Array.of(6), issuerOcspResponses: responses },
    ])
  })

  it('a staple that does not parse is decode_error', async () => {
    const own = { ...(from === 'client' ? client : server), ocspResponse: Uint8Array.of(1) }
    const wants = { ocspResponse: true }
    const broken = only(
      altering('Certificate', (body) =>
        withEntryExtension(body, { extensionType: statusRequest.type, extensionData: Uint8Array.of(1) }),
      ),
    )
    const pair =
      from === 'client'
        ? both(
            { credentials: clientCredentials([own]) },
            { clientAuthentication: { required: true, verifier: { ...trusting(client), wants } } },
            broken,
          )
        : both({ verifier: { ...trusting(server), wants } }, { credentials: [own] }, broken)
    expect(await refusalOf(pair)).toMatchObject({ by, code: 'ERR_TLS_DECODE' })
  })

  it('a provider that fails while verifying is an internal error', async () => {
    const failing = {
      ...provider,
      signatures: provider.signatures.map((item) => ({
        ...item,
        verify: () => Promise.reject(new Error('gone')),
      })),
    }
    const pair = from === 'server' ? both({ provider: failing }) : both({}, { provider: failing })
    expect(await refusalOf(pair)).toMatchObject({ by, code: 'ERR_TLS_INTERNAL' })
  })
})

it('what was used decides about approval', async () => {
  const claiming = (approval: 'approved' | 'unknown'): CryptoProvider => ({
    ...provider,
    hashes: provider.hashes.map((item) => ({ ...item, approval })),
    aeads: provider.aeads.map((item) => ({ ...item, approval })),
    groups: provider.groups.map((item) => ({ ...item, approval })),
    signatures: provider.signatures.map((item) => ({ ...item, approval })),
  })
  const approved = claiming('approved')
  const partly = {
    ...approved,
    groups: approved.groups.map((item) => ({ ...item, approval: 'not-approved' as const })),
  }
  for (const [used, approval] of [
    [approved, 'approved'],
    [partly, 'not-approved'],
    [claiming('unknown'), 'unknown'],
  ] as const) {
    const pair = both({ provider: used }, { provider: used })
    await pair.shakeHands()
    expect([infoOf(pair, 'client').approval, infoOf(pair, 'server').approval]).toEqual([approval, approval])
  }
})

it('schemes for certificates are told to the other side (RFC 9846 §4.3.3)', async () => {
  const schemes = { signatureSchemesCert: [pkcs1] }
  const pair = both(schemes, schemes)
  await pair.shakeHands()
  const [hello, request] = (['client', 'server'] as const).map((role) =>
    pair.actions[role].flatMap((action) => {
      if (action.kind !== 'send') return []
      const name = nameOf(action.message)
      return name === 'ClientHello' || name === 'CertificateRequest'
        ? [...bodyOf(name, action.message).extensions]
        : []
    }),
  )
  const expected = writeExtension(signatureAlgorithmsCert, 'clientHello', {
    supportedSignatureAlgorithms: [pkcs1],
  })
  expect(hello).toContainEqual(expected)
  expect(request).toContainEqual(expected)
})

function withEntryExtension(
  body: Certificate,
  extension: Certificate['certificateList'][number]['extensions'][number],
): Certificate {
  return {
    ...body,
    certificateList: body.certificateList.map((entry) => ({ ...entry, extensions: [extension] })),
  }
}
