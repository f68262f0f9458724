import { beforeAll, describe, expect, it } from 'vitest'
import {
  CompressedCertificate,
  compressCertificate,
  decode,
  encodeHandshake,
  HandshakeType,
  isTlsError,
} from '@mortise/wire'
import {
  type CertificateCompression,
  clientCredentials,
  compressedCertificates,
  type ClientOptions,
  type Credential,
  type ServerOptions,
} from '../index.ts'
import {
  codeOf,
  infoOf,
  makeCredential,
  parties,
  trusting,
  type Letter,
  type Parties,
} from '../fixtures/parties.ts'
import { deflate, stored, zlib } from '../fixtures/zlib.ts'

/** Not the same, so that one can't be taken for the other. */
const other: CertificateCompression = {
  algorithm: 0x4001,
  compress: (bytes) => zlib.compress(bytes.toReversed()),
  decompress: async (bytes, length) => (await zlib.decompress(bytes, length)).toReversed(),
}

let server: Credential
let client: Credential

beforeAll(async () => {
  server = await makeCredential('server '.repeat(100))
  client = await makeCredential('client '.repeat(100))
})

function both(
  clientOptions: Partial<ClientOptions>,
  serverOptions: Partial<ServerOptions>,
  alter?: (letter: Letter) => readonly Letter[],
): Parties {
  return parties(
    { verifier: trusting(server), credentials: clientCredentials([client]), ...clientOptions },
    {
      credentials: [server],
      clientAuthentication: { required: true, verifier: trusting(client) },
      ...serverOptions,
    },
    alter,
  )
}

const typesOf = (pair: Parties, from: 'client' | 'server'): readonly (number | undefined)[] =>
  pair.actions[from].flatMap((action) => (action.kind === 'send' ? [action.message[0]] : []))

/** Alters compressed certificates of one side. */
const altering =
  (from: 'client' | 'server', change: (body: CompressedCertificate) => Partial<CompressedCertificate>) =>
  (letter: Letter): readonly Letter[] => {
    if (letter.from !== from || letter.message[0] !== HandshakeType.compressed_certificate) return [letter]
    const body = decode(CompressedCertificate, letter.message.subarray(4))
    const message = encodeHandshake(HandshakeType.compressed_certificate, CompressedCertificate, {
      ...body,
      ...change(body),
    })
    return [{ ...letter, message }]
  }

describe('certificate compression (RFC 8879)', () => {
  it('compresses the certificates of both sides', async () => {
    const pair = both(
      { certificateCompression: compressedCertificates([zlib]) },
      { certificateCompression: compressedCertificates([zlib]) },
    )
    await pair.shakeHands()
    for (const role of ['client', 'server'] as const) {
      expect(typesOf(pair, role)).toContain(HandshakeType.compressed_certificate)
      expect(typesOf(pair, role)).not.toContain(HandshakeType.certificate)
    }
    expect(infoOf(pair, 'client').peer?.certificates).toEqual(server.certificates)
    expect(infoOf(pair, 'server').peer?.certificates).toEqual(client.certificates)
  })

  it('takes the first algorithm of the sender that the receiver has too (RFC 8879 §4)', async () => {
    const pair = both(
      { certificateCompression: compressedCertificates([zlib, other]) },
      { certificateCompression: compressedCertificates([other, zlib]) },
    )
    await pair.shakeHands()
    const algorithms = (['server', 'client'] as const).map((role) =>
      pair.actions[role].flatMap((action) =>
        action.kind === 'send' && action.message[0] === HandshakeType.compressed_certificate
          ? [decode(CompressedCertificate, action.message.subarray(4)).algorithm]
          : [],
      ),
    )
    expect(algorithms).toEqual([[other.algorithm], [zlib.algorithm]])
  })

  it.each([
    ['the server has none', [zlib], []],
    ['the client has none', [], [zlib]],
    ['they have none in common', [zlib], [other]],
  ])('does not compress if %s (RFC 8879 §3)', async (_, ours, theirs) => {
    const pair = both(
      { certificateCompression: compressedCertificates(ours) },
      { certificateCompression: compressedCertificates(theirs) },
    )
    await pair.shakeHands()
    for (const role of ['client', 'server'] as const)
      expect(typesOf(pair, role)).not.toContain(HandshakeType.compressed_certificate)
  })

  it('does not compress what the algorithm does not want, nor an empty Certificate', async () => {
    const unwilling = { ...zlib, compress: () => undefined }
    const pair = both(
      { certificateCompression: compressedCertificates([zlib]), credentials: clientCredentials([]) },
      {
        certificateCompression: compressedCertificates([unwilling]),
        clientAuthentication: { required: false, verifier: trusting(client) },
      },
    )
    await pair.shakeHands()
    expect(typesOf(pair, 'server')).toContain(HandshakeType.certificate)
    expect(typesOf(pair, 'client')).toContain(HandshakeType.certificate)
  })

  it('compresses answers after the handshake, too (RFC 9846 §4.7.2)', async () => {
    const pair = both(
      {
        certificateCompression: compressedCertificates([zlib]),
        credentials: clientCredentials([client], { postHandshake: true }),
      },
      {
        certificateCompression: compressedCertificates([zlib]),
        clientAuthentication: { required: true, inHandshake: false, verifier: trusting(client) },
      },
    )
    await pair.shakeHands()
    const { actions, answer } = await pair.server.requestClientCertificate()
    pair.take('server', actions)
    await pair.deliver()
    expect((await answer)?.certificates).toEqual(client.certificates)
    expect(typesOf(pair, 'client')).toContain(HandshakeType.compressed_certificate)
  })
})

describe.each(['client', 'server'] as const)('a compressed certificate of the %s is refused', (from) => {
  const refusal = async (
    change: (body: CompressedCertificate) => Partial<CompressedCertificate>,
    limit = 102_400,
  ): Promise<unknown> => {
    const options = { certificateCompression: compressedCertificates([zlib]), maxCertificateLength: limit }
    const sender = { certificateCompression: compressedCertificates([zlib]) }
    const pair =
      from === 'client'
        ? both(sender, options, altering(from, change))
        : both(options, sender, altering(from, change))
    const error: unknown = await pair.shakeHands().catch((reason: unknown) => reason)
    return isTlsError(error) ? [error.code, error.alert] : error
  }
  const badCertificate = ['ERR_TLS_CERTIFICATE_DECOMPRESSION', 42]

  it('if it does not decompress (RFC 8879 §4)', async () => {
    expect(await refusal(() => ({ compressedCertificateMessage: Uint8Array.of(1, 2, 3) }))).toEqual(
      badCertificate,
    )
  })

  it.each([-1, 1])('if the announced length is wrong by %i (RFC 8879 §4)', async (by) => {
    expect(
      await refusal(({ uncompressedLength }) => ({ uncompressedLength: uncompressedLength + by })),
    ).toEqual(badCertificate)
  })

  it('if it is announced to be longer than our limit, before it is decompressed (RFC 8879 §4)', async () => {
    expect(await refusal(() => ({}), 100)).toEqual(badCertificate)
  })

  it('if it is a bomb', async () => {
    const bomb = await deflate(new Uint8Array(10_000_000))
    expect(await refusal(() => ({ compressedCertificateMessage: bomb }))).toEqual(badCertificate)
  })

  it('if its algorithm was not offered (RFC 8879 §4)', async () => {
    expect(await refusal(() => ({ algorithm: 2 }))).toEqual(['ERR_TLS_ILLEGAL_PARAMETER', 47])
  })

  it('if what comes out is no Certificate', async () => {
    const nothing = stored(new Uint8Array(3).fill(9))
    expect(await refusal(() => ({ compressedCertificateMessage: nothing, uncompressedLength: 3 }))).toEqual([
      'ERR_TLS_DECODE',
      50,
    ])
  })

  it('if nothing was offered (RFC 8879 §4)', async () => {
    const pair = both({}, {}, (letter) =>
      letter.from === from && letter.message[0] === HandshakeType.certificate
        ? [
            {
              ...letter,
              message: encodeHandshake(HandshakeType.compressed_certificate, CompressedCertificate, {
                algorithm: 1,
                uncompressedLength: letter.message.length - 4,
                compressedCertificateMessage: stored(letter.message.subarray(4)),
              }),
            },
          ]
        : [letter],
    )
    expect(await codeOf(pair.shakeHands())).toBe('ERR_TLS_UNEXPECTED_MESSAGE')
  })
})

it('compress_certificate must not name an algorithm twice (RFC 8879 §3)', async () => {
  const twice = [zlib, zlib]
  expect(await codeOf(both({ certificateCompression: compressedCertificates(twice) }, {}).shakeHands())).toBe(
    'ERR_TLS_ILLEGAL_PARAMETER',
  )
  expect(await codeOf(both({}, { certificateCompression: compressedCertificates(twice) }).shakeHands())).toBe(
    'ERR_TLS_ILLEGAL_PARAMETER',
  )
  expect(compressCertificate.type).toBe(27)
})
