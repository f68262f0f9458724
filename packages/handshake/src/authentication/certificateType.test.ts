import { beforeAll, describe, expect, it } from 'vitest'
import {
  CertificateType,
  clientCertificateType,
  equalBytes,
  serverCertificateType,
  TlsError,
  writeExtension,
} from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import {
  altering,
  bodyOf,
  nameOf,
  refusalOf,
  withExtension,
  withoutExtension,
  type Alter,
} from '../fixtures/alter.ts'
import {
  infoOf,
  makeCredential,
  parties,
  trusting,
  type ClientPartyOptions,
  type Parties,
} from '../fixtures/parties.ts'
import {
  clientCredentials,
  rawPublicKey,
  type ClientAuthentication,
  type ClientSession,
  type Credential,
  type CredentialRequest,
  type PeerVerifier,
  type ServerOptions,
  type ServerSession,
} from '../index.ts'

const { X509, OpenPGP_RESERVED: OpenPGP, RawPublicKey: Raw } = CertificateType

let server: Credential
let client: Credential

beforeAll(async () => {
  server = await makeCredential('server')
  client = await makeCredential('client')
})

/** Takes this credential's certificate, or its key, as far as `certificateTypes` go. */
function takes(known: Credential, ...certificateTypes: readonly number[]): PeerVerifier {
  const { verify } = trusting(known)
  return {
    certificateTypes,
    verify: (peer) => {
      const { rawPublicKey: key } = peer
      if (!key) return verify(peer)
      if (peer.certificates.length > 0 || !equalBytes(key, known.key.publicKey))
        throw new TlsError(faults.ERR_TLS_UNKNOWN_CA)
      return { publicKey: key, certificates: [] }
    },
  }
}

const asks = (verifier: PeerVerifier, more: Partial<ClientAuthentication> = {}): Partial<ServerOptions> => ({
  clientAuthentication: { required: true, verifier, ...more },
})

function both(
  options: Partial<ClientPartyOptions>,
  serverOptions: Partial<ServerOptions>,
  alter?: Alter,
): Parties {
  return parties(
    { verifier: takes(server, Raw), ...options },
    { credentials: [rawPublicKey(server.key)], ...serverOptions },
    alter,
  )
}

/** What EncryptedExtensions say of the server's and the client's type. */
function agreed(pair: Parties): readonly (readonly number[] | undefined)[] {
  const message = pair.actions.server.flatMap((action) =>
    action.kind === 'send' && nameOf(action.message) === 'EncryptedExtensions' ? [action.message] : [],
  )[0]
  if (!message) throw new Error('no EncryptedExtensions')
  const { extensions } = bodyOf('EncryptedExtensions', message)
  return [serverCertificateType, clientCertificateType].map(({ type }) => {
    const found = extensions.find(({ extensionType }) => extensionType === type)
    return found && [...found.extensionData]
  })
}

describe('raw public keys (RFC 7250)', () => {
  it('of the server: the Certificate carries its SubjectPublicKeyInfo (RFC 9846 §4.5.1)', async () => {
    const pair = both({}, {})
    await pair.shakeHands()
    const message = pair.actions.server.flatMap((action) =>
      action.kind === 'send' && nameOf(action.message) === 'Certificate' ? [action.message] : [],
    )[0]
    expect(message && bodyOf('Certificate', message).certificateList).toEqual([
      { certData: server.key.publicKey, extensions: [] },
    ])
    expect(infoOf(pair, 'client').peer).toEqual({ publicKey: server.key.publicKey, certificates: [] })
    expect(agreed(pair)).toEqual([[Raw], undefined])
  })

  it('of the client, and of both (RFC 7250 §5.2, §5.3)', async () => {
    for (const raw of [true, false]) {
      const pair = both(
        {
          verifier: raw ? takes(server, Raw) : trusting(server),
          credentials: clientCredentials([rawPublicKey(client.key)]),
        },
        { credentials: raw ? [rawPublicKey(server.key)] : [server], ...asks(takes(client, Raw)) },
      )
      await pair.shakeHands()
      expect(agreed(pair)).toEqual([raw ? [Raw] : undefined, [Raw]])
      expect(infoOf(pair, 'server').peer).toEqual({ publicKey: client.key.publicKey, certificates: [] })
    }
  })

  it('are announced when a session is resumed, too (RFC 7250 §4.2)', async () => {
    const sessions: ClientSession[] = []
    const kept: ServerSession[] = []
    const visit = async (): Promise<Parties> => {
      const pair = both(
        { now: () => 1000, acceptTickets: true, sessions },
        {
          now: () => 1000,
          tickets: {
            count: 1,
            issue: (session) => {
              kept.push(session)
              return Uint8Array.of(1)
            },
            redeem: () => kept[0],
          },
        },
      )
      await pair.shakeHands()
      return pair
    }
    const first = await visit()
    for (const action of first.actions.client) if (action.kind === 'newSession') sessions.push(action.session)
    const second = await visit()
    expect(infoOf(second, 'client')).toMatchObject({
      resumed: true,
      peer: { publicKey: server.key.publicKey },
    })
    expect(agreed(second)).toEqual([[Raw], undefined])
  })

  it('after the handshake (RFC 9846 §4.7.2)', async () => {
    const pair = both(
      { credentials: clientCredentials([rawPublicKey(client.key)], { postHandshake: true }) },
      asks(takes(client, Raw), { inHandshake: false }),
    )
    await pair.shakeHands()
    const { actions, answer } = await pair.server.requestClientCertificate()
    pair.take('server', actions)
    await pair.deliver()
    expect(await answer).toEqual({ publicKey: client.key.publicKey, certificates: [] })
  })

  it('of a client whose credentials are chosen when they are asked for', async () => {
    const asked: number[] = []
    const choose = ({ certificateType }: CredentialRequest): readonly Credential[] => {
      asked.push(certificateType)
      return [client, rawPublicKey(client.key)]
    }
    const pair = both(
      { credentials: clientCredentials(choose, { certificateTypes: [Raw, X509] }) },
      asks(takes(client, X509, Raw)),
    )
    await pair.shakeHands()
    expect(asked).toEqual([Raw])
    expect(infoOf(pair, 'server').peer?.certificates).toEqual([])
    const usual = both({ credentials: clientCredentials(choose) }, asks(takes(client, X509, Raw)))
    await usual.shakeHands()
    expect(asked).toEqual([Raw, X509])
    expect(infoOf(usual, 'server').peer?.certificates).toEqual(client.certificates)
  })
})

describe('the certificate type is negotiated', () => {
  it.each([
    ['the client’s order decides', [X509, Raw], [X509]],
    ['the client’s order decides', [Raw, X509], [Raw]],
    ['nothing is said where X.509 is all there is (RFC 7250 §4.1)', [X509], undefined],
  ])('of the server: %s', async (_, types, answer) => {
    const pair = both(
      { verifier: takes(server, ...types) },
      { credentials: [rawPublicKey(server.key), server] },
    )
    await pair.shakeHands()
    expect(agreed(pair)[0]).toEqual(answer)
  })

  it('of the client: the first of its own that the server takes; no word of it unless it is asked (RFC 7250 §4.2)', async () => {
    const credentials = clientCredentials([client, rawPublicKey(client.key)])
    const asked = both({ credentials }, asks(takes(client, Raw)))
    await asked.shakeHands()
    expect(agreed(asked)[1]).toEqual([Raw])
    const first = both({ credentials }, asks(takes(client, Raw, X509)))
    await first.shakeHands()
    expect(agreed(first)[1]).toEqual([X509])
    const unasked = both({ credentials }, {})
    await unasked.shakeHands()
    expect(agreed(unasked)[1]).toBeUndefined()
  })

  it('a client that only has another type is not asked if it need not show anything', async () => {
    const pair = both(
      { credentials: clientCredentials([client]) },
      asks(takes(client, Raw), { required: false }),
    )
    await pair.shakeHands()
    expect(infoOf(pair, 'server').peer).toBeUndefined()
    const later = both(
      { credentials: clientCredentials([client], { postHandshake: true }) },
      asks(takes(client, Raw), { inHandshake: false }),
    )
    await later.shakeHands()
    await expect(later.server.requestClientCertificate()).rejects.toMatchObject({
      code: 'ERR_TLS_CLIENT_CAN_NOT_BE_ASKED',
    })
  })
})

describe('no type in common is unsupported_certificate (RFC 7250 §4.2)', () => {
  const refused = (by: 'client' | 'server'): unknown => ({
    by,
    code: 'ERR_TLS_UNSUPPORTED_CERTIFICATE_TYPE',
    alert: 'unsupported_certificate',
  })

  it('the server has what the client does not take', async () => {
    expect(await refusalOf(both({}, { credentials: [server] }))).toEqual(refused('server'))
    expect(await refusalOf(both({ verifier: trusting(server) }, {}))).toEqual(refused('server'))
  })

  it('the client has what the server does not take', async () => {
    const raw = { credentials: clientCredentials([rawPublicKey(client.key)]) }
    expect(await refusalOf(both(raw, asks(takes(client, X509), { required: false })))).toEqual(
      refused('server'),
    )
    expect(
      await refusalOf(both({ credentials: clientCredentials([client]) }, asks(takes(client, Raw)))),
    ).toEqual(refused('server'))
  })

  it('the server does not say that it will show what the client takes', async () => {
    const without = altering('EncryptedExtensions', (body) =>
      withoutExtension(body, serverCertificateType.type),
    )
    expect(await refusalOf(both({}, {}, without))).toEqual(refused('client'))
  })
})

describe('the client refuses', () => {
  it.each([
    ['OpenPGP', OpenPGP],
    ['X.509 if it does not take it', X509],
  ])('%s as the type of the server, with illegal_parameter (RFC 7250 §4.2)', async (_, type) => {
    const alter = altering('EncryptedExtensions', (body) =>
      withExtension(
        body,
        writeExtension(serverCertificateType, 'encryptedExtensions', { serverCertificateType: type }),
      ),
    )
    expect(await refusalOf(both({}, {}, alter))).toMatchObject({
      by: 'client',
      code: 'ERR_TLS_ILLEGAL_PARAMETER',
    })
  })

  it('a type of its own that it did not offer', async () => {
    const alter = altering('EncryptedExtensions', (body) =>
      withExtension(
        body,
        writeExtension(clientCertificateType, 'encryptedExtensions', { clientCertificateType: X509 }),
      ),
    )
    const options = { credentials: clientCredentials([rawPublicKey(client.key)]) }
    expect(await refusalOf(both(options, asks(takes(client, Raw)), alter))).toMatchObject({
      by: 'client',
      code: 'ERR_TLS_ILLEGAL_PARAMETER',
    })
    // RFC 9846 §4.3: and one that was not asked for at all
    expect(await refusalOf(both({}, {}, alter))).toMatchObject({ code: 'ERR_TLS_UNSOLICITED_EXTENSION' })
  })
})

describe.each(['client', 'server'] as const)(
  'a raw public key of the %s is refused (RFC 9846 §4.5.1)',
  (from) => {
    const sent = (entries: (key: Uint8Array) => readonly Uint8Array[]): Alter => {
      const change = altering('Certificate', (body) => ({
        ...body,
        certificateList: entries(body.certificateList[0]?.certData ?? new Uint8Array(0)).map((certData) => ({
          certData,
          extensions: [],
        })),
      }))
      return (letter) => (letter.from === from ? change(letter) : [letter])
    }
    const refusal = (entries: (key: Uint8Array) => readonly Uint8Array[]): Promise<unknown> =>
      refusalOf(
        both(
          { credentials: clientCredentials([rawPublicKey(client.key)]) },
          asks(takes(client, Raw)),
          sent(entries),
        ),
      )
    const by = from === 'client' ? 'server' : 'client'

    it.each([
      ['two of them', (key: Uint8Array) => [key, key]],
      ['no SubjectPublicKeyInfo', () => [Uint8Array.of(0x30, 0)]],
      ['bytes behind it', (key: Uint8Array) => [Uint8Array.from([...key, 0])]],
      ['a certificate', () => [...server.certificates]],
    ])('%s', async (_, entries) => {
      expect(await refusal(entries)).toEqual({ by, code: 'ERR_TLS_DECODE', alert: 'decode_error' })
    })

    it('another key than the one that the verifier knows', async () => {
      const stranger = await makeCredential('stranger')
      expect(await refusal(() => [stranger.key.publicKey])).toMatchObject({ by, code: 'ERR_TLS_UNKNOWN_CA' })
    })

    it('none', async () => {
      expect(await refusal(() => [])).toMatchObject({
        by,
        code: from === 'client' ? 'ERR_TLS_CERTIFICATE_REQUIRED' : 'ERR_TLS_EMPTY_CERTIFICATE',
      })
    })
  },
)

describe('options that can not be honoured', () => {
  it.each([
    ['a verifier of OpenPGP', () => both({ verifier: takes(server, OpenPGP) }, {})],
    ['a verifier of nothing', () => both({ verifier: takes(server) }, {})],
    ['a type twice', () => clientCredentials([], { certificateTypes: [Raw, Raw] })],
    ['a raw key with a certificate', () => both({}, { credentials: [{ ...server, certificateType: Raw }] })],
    ['no certificate', () => clientCredentials([{ ...client, certificates: [] }])],
    [
      'a credential of another type',
      () => both({}, { credentials: [{ ...server, certificateType: OpenPGP }] }),
    ],
    ['a verifier of clients of OpenPGP', () => both({}, asks(takes(client, OpenPGP)))],
  ])('%s', (_, make) => {
    expect(make).toThrow(expect.objectContaining({ code: 'ERR_TLS_CONFIG' }))
  })
})
