import { beforeAll, describe, expect, it } from 'vitest'
import {
  Certificate,
  CertificateRequest,
  decode,
  encodeHandshake,
  HandshakeType,
  isTlsError,
} from '@mortise/wire'
import { noCredentials } from '../client/noCredentials.ts'
import { clientCredentials, type Credential, type ServerOptions } from '../index.ts'
import {
  codeOf,
  infoOf,
  makeCredential,
  parties,
  trusting,
  type ClientPartyOptions,
  type Parties,
} from '../fixtures/parties.ts'

let server: Credential
let alice: Credential
let bob: Credential

beforeAll(async () => {
  server = await makeCredential('server')
  alice = await makeCredential('alice')
  bob = await makeCredential('bob')
})

const later = { postHandshake: true }

async function connected(
  client: Partial<ClientPartyOptions> = {},
  authentication: Partial<ServerOptions['clientAuthentication'] & object> = {},
  more: Partial<ServerOptions> = {},
): Promise<Parties> {
  const both = parties(
    { verifier: trusting(server), credentials: clientCredentials([alice], later), ...client },
    {
      credentials: [server],
      clientAuthentication: {
        required: false,
        inHandshake: false,
        verifier: trusting(alice, bob),
        ...authentication,
      },
      ...more,
    },
  )
  await both.shakeHands()
  return both
}

async function ask(both: Parties): Promise<{ readonly answer: Promise<unknown> }> {
  const { actions, answer } = await both.server.requestClientCertificate()
  both.take('server', actions)
  return { answer }
}

/** Delivers the request, and leaves the client's answer in the post. */
async function answered(both: Parties): Promise<void> {
  const request = both.post.shift()
  if (request) both.take('client', await both.client.receive(request.message, request.level))
}

const nameOf = (peer: unknown): string => {
  const { certificates } = peer as { certificates: readonly Uint8Array[] }
  return new TextDecoder().decode(certificates[0])
}

describe('post-handshake authentication', () => {
  it('tells the server who the client is (RFC 9846 §4.7.2)', async () => {
    const both = await connected()
    expect(infoOf(both, 'server').peer).toBeUndefined()
    const { answer } = await ask(both)
    await both.deliver()
    expect(nameOf(await answer)).toBe('alice')
    const last = both.actions.server.at(-1)
    expect(last?.kind === 'authenticated' && nameOf(last.info.peer)).toBe('alice')
    expect(last?.kind === 'authenticated' && last.info.peerSignatureScheme).toBe(alice.key.schemes[0])
    expect(both.server.state).toBe('Connected')
  })

  it('works under the key generation of the moment (RFC 9846 §4.5, table 2)', async () => {
    const both = await connected()
    both.take('client', await both.client.updateKeys(true))
    await both.deliver()
    const { answer } = await ask(both)
    await both.deliver()
    expect(nameOf(await answer)).toBe('alice')
  })

  it('takes a KeyUpdate of the client and of the server between request and answer (RFC 9846 §4.7.2)', async () => {
    const both = await connected()
    const { answer } = await ask(both)
    const [request] = both.post.splice(0)
    both.take('client', await both.client.updateKeys(true))
    await both.deliver()
    both.take('server', await both.server.updateKeys(false))
    if (request) both.post.push(request)
    await both.deliver()
    expect(nameOf(await answer)).toBe('alice')
  })

  it('goes on without a certificate if the client has none and none is required (RFC 9846 §4.7.2)', async () => {
    const both = await connected({ credentials: clientCredentials([], later) })
    const { answer } = await ask(both)
    await both.deliver()
    expect(await answer).toBeUndefined()
    expect(both.server.state).toBe('Connected')
  })

  it('fails with certificate_required if one is required (RFC 9846 §4.5.1.3)', async () => {
    const both = await connected({ credentials: clientCredentials([], later) }, { required: true })
    const { answer } = await ask(both)
    expect(await codeOf(both.deliver())).toBe('ERR_TLS_CERTIFICATE_REQUIRED')
    expect(await codeOf(answer)).toBe('ERR_TLS_CERTIFICATE_REQUIRED')
  })

  it('has several requests in flight, answered in any order (RFC 9846 §4.7.2)', async () => {
    const who = [[bob], [], [alice]]
    const both = await connected({ credentials: clientCredentials(() => who.shift() ?? [], later) })
    const asked = [await ask(both), await ask(both), await ask(both)]
    both.post.reverse()
    await both.deliver()
    const [first, second, third] = await Promise.all(asked.map(({ answer }) => answer))
    expect(nameOf(third)).toBe('bob')
    expect(second).toBeUndefined()
    expect(nameOf(first)).toBe('alice')
  })

  it('comes on top of authentication in the handshake', async () => {
    const who = [[alice], [bob]]
    const both = await connected(
      { credentials: clientCredentials(() => who.shift() ?? [], later) },
      { inHandshake: true },
    )
    expect(nameOf(infoOf(both, 'server').peer)).toBe('alice')
    const { answer } = await ask(both)
    await both.deliver()
    expect(nameOf(await answer)).toBe('bob')
  })
})

describe('the server asks nobody who', () => {
  it('did not offer post_handshake_auth, and goes on (RFC 9846 §4.3.6)', async () => {
    const both = await connected({ credentials: clientCredentials([alice]) })
    expect(await codeOf(both.server.requestClientCertificate())).toBe('ERR_TLS_CLIENT_CAN_NOT_BE_ASKED')
    both.take('server', await both.server.updateKeys(true))
    await both.deliver()
  })

  it('could be verified by nobody', async () => {
    const both = await connected({}, {}, { clientAuthentication: undefined as never })
    expect(await codeOf(both.server.requestClientCertificate())).toBe('ERR_TLS_CLIENT_CAN_NOT_BE_ASKED')
  })

  it('is authenticated by an external pre-shared key (RFC 9846 §4.4.2)', async () => {
    const key = { identity: Uint8Array.of(1), key: new Uint8Array(32).fill(7) }
    const both = await connected({ external: [key] }, {}, { findPreSharedKey: () => key })
    expect(infoOf(both, 'server').resumed).toBe(true)
    expect(await codeOf(both.server.requestClientCertificate())).toBe('ERR_TLS_CLIENT_CAN_NOT_BE_ASKED')
  })

  it('is not connected, or no client', async () => {
    const idle = parties({ verifier: trusting(server) }, { credentials: [server] })
    expect(await codeOf(idle.server.requestClientCertificate())).toBe('ERR_TLS_NOT_CONNECTED')
    const both = await connected()
    expect(await codeOf(both.client.requestClientCertificate())).toBe('ERR_TLS_CLIENT_CAN_NOT_BE_ASKED')
  })
})

describe('the client refuses a request after the handshake', () => {
  it('that it did not offer, with unexpected_message (RFC 9846 §4.7.2)', async () => {
    const asking = await connected()
    for (const credentials of [clientCredentials([alice]), noCredentials]) {
      const both = await connected({ credentials })
      const { actions } = await asking.server.requestClientCertificate()
      both.take('server', actions)
      const failure = await both.deliver().catch((error: unknown) => error)
      expect(isTlsError(failure) && [failure.code, failure.alert]).toEqual(['ERR_TLS_UNEXPECTED_MESSAGE', 10])
    }
  })

  it('on a connection with an external pre-shared key (RFC 9846 §4.4.2)', async () => {
    const key = { identity: Uint8Array.of(1), key: new Uint8Array(32).fill(7) }
    const asking = await connected()
    const both = await connected({ external: [key] }, {}, { findPreSharedKey: () => key })
    both.take('server', (await asking.server.requestClientCertificate()).actions)
    expect(await codeOf(both.deliver())).toBe('ERR_TLS_UNEXPECTED_MESSAGE')
  })

  it('whose context was used before (RFC 9846 §4.4.2)', async () => {
    const both = await connected()
    await ask(both)
    const [request] = both.post
    if (request) both.post.push(request)
    expect(await codeOf(both.deliver())).toBe('ERR_TLS_WRONG_REQUEST_CONTEXT')
  })

  it('without signature_algorithms (RFC 9846 §4.4.2)', async () => {
    const both = await connected()
    both.post.push({
      from: 'server',
      level: 'application',
      message: encodeHandshake(HandshakeType.certificate_request, CertificateRequest, {
        certificateRequestContext: Uint8Array.of(1),
        extensions: [],
      }),
    })
    expect(await codeOf(both.deliver())).toBe('ERR_TLS_MISSING_EXTENSION')
  })

  it('when too many come without application data between them', async () => {
    const both = await connected()
    const flood = async (): Promise<void> => {
      for (let i = 0; i < 40; i++) {
        await ask(both)
        await both.deliver()
      }
    }
    expect(await codeOf(flood())).toBe('ERR_TLS_TOO_MANY_KEY_UPDATES')
  })
})

describe('the server refuses an answer', () => {
  it('that nobody asked for, with unexpected_message (RFC 9846 §4)', async () => {
    const [asked, both] = [await connected(), await connected()]
    await ask(asked)
    await answered(asked)
    both.post.push(...asked.post)
    expect(await codeOf(both.deliver())).toBe('ERR_TLS_UNEXPECTED_MESSAGE')
  })

  it('with a context that is not open (RFC 9846 §4.5.1)', async () => {
    const both = await connected()
    await ask(both)
    await answered(both)
    const [certificate] = both.post
    if (!certificate) throw new Error('no answer')
    const body = decode(Certificate, certificate.message.subarray(4))
    const message = encodeHandshake(HandshakeType.certificate, Certificate, {
      ...body,
      certificateRequestContext: Uint8Array.of(1, 2, 3),
    })
    both.post[0] = { ...certificate, message }
    expect(await codeOf(both.deliver())).toBe('ERR_TLS_WRONG_REQUEST_CONTEXT')
  })

  it('that was given before (RFC 9846 §4.4.2)', async () => {
    const both = await connected()
    const [first, second] = [await ask(both), await ask(both)]
    await answered(both)
    const { post } = both
    const request = post.shift()
    const replay = post.slice()
    await both.deliver()
    expect(nameOf(await first.answer)).toBe('alice')
    expect(request).toBeDefined()
    post.push(...replay)
    expect(await codeOf(both.deliver())).toBe('ERR_TLS_WRONG_REQUEST_CONTEXT')
    expect(await codeOf(second.answer)).toBe('ERR_TLS_WRONG_REQUEST_CONTEXT')
  })

  describe.each([0, 1])('with something else after message %i of it (RFC 9846 §4.7.2)', (after) => {
    const interrupted = async (): Promise<Parties> => {
      const both = await connected()
      await ask(both)
      await answered(both)
      for (const { message, level } of both.post.splice(0, after + 1))
        both.take('server', await both.server.receive(message, level))
      both.post.length = 0
      return both
    }

    it('a KeyUpdate', async () => {
      const both = await interrupted()
      both.take('client', await both.client.updateKeys(false))
      expect(await codeOf(both.deliver())).toBe('ERR_TLS_UNEXPECTED_MESSAGE')
    })

    it('application data', async () => {
      const both = await interrupted()
      expect(() => both.server.applicationDataReceived()).toThrow('application data in state Expect')
    })
  })

  it.each([
    ['CertificateVerify', 1, 'ERR_TLS_BAD_CERTIFICATE_VERIFY'],
    ['Finished', 2, 'ERR_TLS_BAD_FINISHED'],
  ])('whose %s is wrong (RFC 9846 §4.5)', async (_, at, code) => {
    const both = await connected()
    const { answer } = await ask(both)
    await answered(both)
    const last = both.post[at]?.message
    if (last) last[last.length - 1] = (last.at(-1) ?? 0) ^ 1
    expect(await codeOf(both.deliver())).toBe(code)
    expect(await codeOf(answer)).toBe(code)
  })

  it('of a certificate that the verifier does not take', async () => {
    const both = await connected({ credentials: clientCredentials([server], later) })
    await ask(both)
    expect(await codeOf(both.deliver())).toBe('ERR_TLS_UNKNOWN_CA')
  })
})

it('may renew its own keys in the middle of an answer, and ask again', async () => {
  const both = await connected()
  const { answer: first } = await ask(both)
  await answered(both)
  const [certificate, ...rest] = both.post.splice(0)
  if (certificate) both.take('server', await both.server.receive(certificate.message, certificate.level))
  both.take('server', await both.server.updateKeys(false))
  const { answer: second } = await ask(both)
  for (const letter of rest) both.take('server', await both.server.receive(letter.message, letter.level))
  await both.deliver()
  expect([nameOf(await first), nameOf(await second)]).toEqual(['alice', 'alice'])
})

it('rejects what is still asked when the connection ends', async () => {
  const both = await connected()
  const { answer } = await ask(both)
  both.server.destroy()
  expect(await codeOf(answer)).toBe('ERR_TLS_CLOSED')
})

it.each(Array.from({ length: 12 }, (_, turns) => turns))(
  'rejects what is being asked when it ends %i turns of the loop later',
  async (turns) => {
    const { server: asking } = await connected()
    const asked = asking.requestClientCertificate()
    for (let i = 0; i < turns; i++) await Promise.resolve()
    asking.destroy()
    expect(await codeOf(asked.then(({ answer }) => answer))).toBe('ERR_TLS_CLOSED')
  },
)
