import { beforeAll, describe, expect, it } from 'vitest'
import type { SigningKey } from '@mortise/crypto'
import {
  decode,
  DelegatedCredential,
  delegatedCredential,
  encode,
  equalBytes,
  SignatureScheme,
  writeExtension,
} from '@mortise/wire'
import {
  altering,
  bodyOf,
  refusalOf,
  replacing,
  withBody,
  withExtension,
  type Alter,
} from '../fixtures/alter.ts'
import { infoOf, makeCredential, parties, trusting, type Parties } from '../fixtures/parties.ts'
import { generateKey } from '../fixtures/providers.ts'
import {
  clientCredentials,
  delegatedCredentials,
  signDelegatedCredential,
  type ClientOptions,
  type Credential,
  type DelegatedCredentials,
  type DelegatingCertificate,
  type DelegationRequest,
  type ServerOptions,
} from '../index.ts'

const day = 86_400
/** Milliseconds. */
const start = 1_700_000_000_000
const {
  ed25519,
  ecdsa_secp256r1_sha256: p256,
  rsa_pss_rsae_sha256: rsae,
  rsa_pss_pss_sha256: pss,
} = SignatureScheme

let owner: Credential
let delegated: SigningKey

beforeAll(async () => {
  owner = await makeCredential('owner')
  delegated = await generateKey('Ed25519')
})

/** Vouched for an hour ago, for a day. */
async function vouchedFor(
  change: Partial<DelegationRequest> = {},
  expiresAt = Infinity,
): Promise<Credential> {
  const credential = await signDelegatedCredential({
    certificate: owner.certificates[0] ?? new Uint8Array(0),
    key: owner.key,
    publicKey: delegated.publicKey,
    scheme: ed25519,
    validTime: day,
    role: 'server',
    ...change,
  })
  return { certificates: owner.certificates, key: delegated, delegated: { credential, expiresAt } }
}

/** The owner's certificate allows delegation, and is valid for thirty days. */
const allowing: DelegatingCertificate = {
  notBefore: start - 3_600_000,
  notAfter: start + 30 * day * 1000,
}

function taking(
  schemes: readonly number[],
  delegating: DelegatingCertificate = allowing,
): { readonly delegatedCredentials: DelegatedCredentials } {
  return {
    delegatedCredentials: delegatedCredentials(schemes, (certificate) =>
      equalBytes(certificate, owner.certificates[0] ?? new Uint8Array(0)) ? delegating : undefined,
    ),
  }
}

const clock = { now: () => start }
const common = { ...clock, ...taking([ed25519, p256, pss]) }

function both(
  credentials: readonly Credential[],
  options: Partial<ClientOptions> = common,
  alter?: Alter,
): Parties {
  return parties({ verifier: trusting(owner), ...clock, ...options }, { credentials, ...clock }, alter)
}

/** As `both`, with the client as the one who uses the credential. */
function bothWithClient(
  credentials: readonly Credential[],
  options: Partial<ServerOptions> = common,
  alter?: Alter,
): Parties {
  return parties(
    {
      verifier: trusting(owner),
      credentials: clientCredentials(credentials, { postHandshake: true }),
      ...clock,
    },
    {
      credentials: [owner],
      clientAuthentication: { required: true, verifier: trusting(owner) },
      ...clock,
      ...options,
    },
    alter,
  )
}

describe('delegated credentials (RFC 9345)', () => {
  it('sign the handshake of a server in place of its certificate’s key', async () => {
    const pair = both([await vouchedFor()])
    await pair.shakeHands()
    expect(infoOf(pair, 'client')).toMatchObject({
      peerSignatureScheme: ed25519,
      peer: { certificates: owner.certificates, publicKey: owner.key.publicKey },
    })
  })

  it('of clients, in the handshake and after it (RFC 9345 §4.1.2)', async () => {
    const credential = await vouchedFor({ role: 'client' })
    const pair = bothWithClient([credential])
    await pair.shakeHands()
    expect(infoOf(pair, 'server').peerSignatureScheme).toBe(ed25519)
    const later = bothWithClient([credential], {
      ...common,
      clientAuthentication: { required: true, inHandshake: false, verifier: trusting(owner) },
    })
    await later.shakeHands()
    const { actions, answer } = await later.server.requestClientCertificate()
    later.take('server', actions)
    await later.deliver()
    expect((await answer)?.certificates).toEqual(owner.certificates)
  })

  it.each<[string, Partial<ClientOptions>]>([
    ['that asks for none', {}],
    ['that does not take the scheme of the delegated key', taking([p256])],
    ['that does not take the scheme of its signature', { ...common, signatureSchemes: [ed25519] }],
  ])('are not for a client %s (RFC 9345 §4.1.1)', async (_, options) => {
    const pair = both([await vouchedFor()], options)
    expect(await refusalOf(pair)).toMatchObject({ by: 'server', code: 'ERR_TLS_NO_USABLE_CREDENTIAL' })
  })

  it('stand back for the next credential where they can not be used, or are over', async () => {
    for (const [options, expiresAt] of [
      [{}, Infinity],
      [common, start],
    ] as const) {
      const pair = both([await vouchedFor({}, expiresAt), owner], options)
      await pair.shakeHands()
      expect(infoOf(pair, 'client').peerSignatureScheme).toBe(p256)
    }
  })

  it('are ignored with other certificates than the first (RFC 9345 §4.1.1)', async () => {
    const { delegated: other } = await vouchedFor()
    const pair = both(
      [{ ...owner, certificates: [...owner.certificates, Uint8Array.of(1)] }],
      common,
      altering('Certificate', (body) => ({
        ...body,
        certificateList: body.certificateList.map((entry, i) =>
          i === 0 || !other
            ? entry
            : {
                ...entry,
                extensions: [{ extensionType: delegatedCredential.type, extensionData: other.credential }],
              },
        ),
      })),
    )
    // It went into the transcript, so that the signature over the other Certificate is what does not verify
    expect(await refusalOf(pair)).toMatchObject({ code: 'ERR_TLS_BAD_CERTIFICATE_VERIFY' })
  })
})

describe('the receiver refuses a delegated credential', () => {
  const illegal = { by: 'client', code: 'ERR_TLS_BAD_DELEGATED_CREDENTIAL', alert: 'illegal_parameter' }

  it.each<[string, Partial<DelegationRequest>]>([
    ['that has expired', { validTime: 3599 }],
    ['that is valid for more than seven days', { validTime: 3601 + 7 * day }],
    ['for the other role', { role: 'client' }],
    ['of another certificate', { certificate: Uint8Array.of(1) }],
  ])('%s (RFC 9345 §4.1.3)', async (_, change) => {
    expect(await refusalOf(both([await vouchedFor(change)]))).toEqual(illegal)
  })

  it('up to the last moment of seven days it is taken', async () => {
    for (const validTime of [3600, 3600 + 7 * day]) {
      const pair = both([await vouchedFor({ validTime })])
      await pair.shakeHands()
    }
  })

  it('that outlives its certificate (RFC 9345 §4.1.3)', async () => {
    const options = taking([ed25519], { notBefore: start - 3_600_000, notAfter: start + 3_600_000 })
    expect(await refusalOf(both([await vouchedFor()], options))).toEqual(illegal)
  })

  it('of a certificate without DelegationUsage (RFC 9345 §4.2)', async () => {
    const options = { delegatedCredentials: delegatedCredentials([ed25519], () => undefined) }
    expect(await refusalOf(both([await vouchedFor()], options))).toEqual(illegal)
  })

  it('of a client', async () => {
    const credential = await vouchedFor({ role: 'server' })
    expect(await refusalOf(bothWithClient([credential]))).toEqual({ ...illegal, by: 'server' })
  })

  it.each<[string, (body: DelegatedCredential) => DelegatedCredential]>([
    ['whose signature is another', (body) => ({ ...body, signature: body.signature.toReversed() })],
    ['signed by a scheme that was not offered', (body) => ({ ...body, algorithm: 0x0a0a })],
    [
      'signed by a scheme for certificates only',
      (body) => ({ ...body, algorithm: SignatureScheme.rsa_pkcs1_sha256 }),
    ],
    [
      'for a scheme that was not offered',
      (body) => ({ ...body, cred: { ...body.cred, dcCertVerifyAlgorithm: 0x0a0a } }),
    ],
    [
      'for rsaEncryption (RFC 9345 §4)',
      (body) => ({ ...body, cred: { ...body.cred, dcCertVerifyAlgorithm: rsae } }),
    ],
    [
      'with another lifetime than was signed',
      (body) => ({ ...body, cred: { ...body.cred, validTime: 2 * day } }),
    ],
  ])('%s (RFC 9345 §4.1.3)', async (_, change) => {
    const alter = altering('Certificate', (body) => ({
      ...body,
      certificateList: body.certificateList.map((entry) => ({
        ...entry,
        extensions: entry.extensions.map(({ extensionType, extensionData }) => ({
          extensionType,
          extensionData: encode(DelegatedCredential, change(decode(DelegatedCredential, extensionData))),
        })),
      })),
    }))
    expect(await refusalOf(both([await vouchedFor()], common, alter))).toEqual(illegal)
  })

  it('whose key does not fit its scheme', async () => {
    const fake: SigningKey = { ...delegated, schemes: [p256] }
    const { delegated: made } = await vouchedFor({ scheme: p256 })
    const pair = both(
      made
        ? [{ certificates: owner.certificates, key: { ...fake, sign: owner.key.sign }, delegated: made }]
        : [],
    )
    expect(await refusalOf(pair)).toMatchObject({ by: 'client', code: 'ERR_TLS_WRONG_SIGNATURE_SCHEME' })
  })

  it('that CertificateVerify does not follow: another scheme, another key (RFC 9345 §4.1.3)', async () => {
    const credential = await vouchedFor()
    const scheme = altering('CertificateVerify', (body) => ({ ...body, algorithm: p256 }))
    expect(await refusalOf(both([credential], common, scheme))).toMatchObject({
      by: 'client',
      code: 'ERR_TLS_WRONG_SIGNATURE_SCHEME',
    })
    const thief = { ...credential, key: { ...delegated, sign: (await generateKey('Ed25519')).sign } }
    expect(await refusalOf(both([thief]))).toMatchObject({ code: 'ERR_TLS_BAD_CERTIFICATE_VERIFY' })
  })

  it('that it did not ask for, with unexpected_message (RFC 9345 §4.1.1, §4.1.2)', async () => {
    const { delegated: unasked } = await vouchedFor()
    const alter = replacing('Certificate', (letter) => {
      const body = bodyOf('Certificate', letter.message)
      const [first, ...rest] = body.certificateList
      if (!first || !unasked) return [letter]
      const extension = { extensionType: delegatedCredential.type, extensionData: unasked.credential }
      const certificateList = [{ ...first, extensions: [extension] }, ...rest]
      return [{ ...letter, message: withBody(letter.message, { ...body, certificateList }) }]
    })
    const expected = { code: 'ERR_TLS_UNEXPECTED_MESSAGE', alert: 'unexpected_message' }
    const server = both([owner], {}, alter)
    expect(await refusalOf(server)).toEqual({ by: 'client', ...expected })
    const client = bothWithClient([owner], {}, (letter) =>
      letter.from === 'client' ? alter(letter) : [letter],
    )
    expect(await refusalOf(client)).toEqual({ by: 'server', ...expected })
  })

  it('offered with an empty list, in either message (RFC 9345 §4.1)', async () => {
    const extension = { extensionType: delegatedCredential.type, extensionData: Uint8Array.of(0, 0) }
    const hello = altering('ClientHello', (body) => withExtension(body, extension))
    expect(await refusalOf(both([owner], common, hello))).toMatchObject({
      by: 'server',
      code: 'ERR_TLS_DECODE',
    })
    const request = altering('CertificateRequest', (body) => withExtension(body, extension))
    expect(await refusalOf(bothWithClient([owner], common, request))).toMatchObject({
      by: 'client',
      code: 'ERR_TLS_DECODE',
    })
  })
})

describe('options that can not be honoured', () => {
  const config = expect.objectContaining({ code: 'ERR_TLS_CONFIG' })

  it('a delegated credential that is not for its key, or that is none', async () => {
    const good = await vouchedFor()
    for (const bad of [
      { ...good, key: owner.key },
      { ...good, delegated: { credential: Uint8Array.of(1), expiresAt: Infinity } },
      { ...good, key: { ...delegated, schemes: [p256] } },
    ])
      expect(() => both([bad])).toThrow(config)
  })

  it('schemes for rsaEncryption, and any without a clock', async () => {
    expect(() => both([owner], taking([rsae]))).toThrow(config)
    expect(() =>
      parties({ verifier: trusting(owner), ...taking([ed25519]) }, { credentials: [owner] }),
    ).toThrow(config)
  })

  it.each<[string, Partial<DelegationRequest>]>([
    ['a delegated key of rsaEncryption', { scheme: rsae }],
    ['a scheme that the certificate’s key does not have', { algorithm: ed25519 }],
  ])('signing for %s', async (_, change) => {
    await expect(vouchedFor(change)).rejects.toEqual(config)
  })

  it('the code point is that of RFC 9345 §4.1', () => {
    expect(delegatedCredential.type).toBe(34)
    expect(
      writeExtension(delegatedCredential, 'clientHello', { supportedSignatureAlgorithms: [ed25519] })
        .extensionData,
    ).toEqual(Uint8Array.of(0, 2, 8, 7))
  })
})
