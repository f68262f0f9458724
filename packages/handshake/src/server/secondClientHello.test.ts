/** Pre-shared keys across a HelloRetryRequest (RFC 9846 §4.2.2). */
import { beforeAll, describe, expect, it } from 'vitest'
import { ExtensionType, NamedGroup, preSharedKey, readExtension, writeExtension } from '@mortise/wire'
import { altering, refusalOf, withExtension, withoutExtension, type Alter } from '../fixtures/alter.ts'
import { infoOf, makeCredential, parties, trusting, type Parties } from '../fixtures/parties.ts'
import type { ClientSession, Credential, ExternalPreSharedKey, ServerSession } from '../index.ts'

let server: Credential

beforeAll(async () => {
  server = await makeCredential('server')
})

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const known: ExternalPreSharedKey = { identity: bytes('known'), key: new Uint8Array(32).fill(1) }
const unknown: ExternalPreSharedKey = { identity: bytes('unknown'), key: new Uint8Array(32).fill(2) }

/** A server that asks for another key share, and a client that offers both keys. */
function retrying(alter: Alter, offered = [unknown, known]): Parties {
  return parties(
    {
      verifier: trusting(server),
      external: offered,
      acceptTickets: true,
      now: () => 0,
      groups: [NamedGroup.x25519, NamedGroup.secp256r1],
      keyShares: [NamedGroup.x25519],
    },
    {
      credentials: [server],
      groups: [NamedGroup.secp256r1],
      findPreSharedKey: (identity) => (identity.length === known.identity.length ? known : undefined),
    },
    alter,
  )
}

const secondHello = (edit: Parameters<typeof altering<'ClientHello'>>[1]): Alter =>
  altering('ClientHello', edit, 1)

describe('the second ClientHello', () => {
  it('leads to the key that fitted the first', async () => {
    const both = retrying((letter) => [letter])
    await both.shakeHands()
    expect(infoOf(both, 'server')).toMatchObject({
      helloRetryRequest: true,
      preSharedKeyIdentity: known.identity,
    })
  })

  it('must offer the key again that fitted the first', async () => {
    const both = retrying(
      secondHello((hello) => {
        const offer = readExtension(hello.extensions, preSharedKey, 'clientHello')
        if (!offer) throw new Error('no pre_shared_key')
        const [identity, binder] = [offer.identities[0], offer.binders[0]]
        if (!identity || !binder) throw new Error('no key')
        return withExtension(
          hello,
          writeExtension(preSharedKey, 'clientHello', { identities: [identity], binders: [binder] }),
        )
      }),
    )
    expect(await refusalOf(both)).toEqual({
      by: 'server',
      code: 'ERR_TLS_CLIENT_HELLO_CHANGED',
      alert: 'illegal_parameter',
    })
  })

  it('must not leave pre_shared_key out when a key fitted', async () => {
    const both = retrying(secondHello((hello) => withoutExtension(hello, ExtensionType.pre_shared_key)))
    expect(await refusalOf(both)).toEqual({
      by: 'server',
      code: 'ERR_TLS_MISSING_EXTENSION',
      alert: 'missing_extension',
    })
  })

  it('must not come with pre_shared_key if the first had none', async () => {
    const extension = writeExtension(preSharedKey, 'clientHello', {
      identities: [{ identity: known.identity, obfuscatedTicketAge: 0 }],
      binders: [new Uint8Array(32)],
    })
    const both = retrying(
      secondHello((hello) => withExtension(hello, extension)),
      [],
    )
    expect(await refusalOf(both)).toEqual({
      by: 'server',
      code: 'ERR_TLS_CLIENT_HELLO_CHANGED',
      alert: 'illegal_parameter',
    })
  })

  it('resumes the session of a ticket that is good for one use', async () => {
    const sessions = new Map<string, ServerSession>()
    const kept: ClientSession[] = []
    const visit = async (keyShares: readonly number[]): Promise<Parties> => {
      const both = parties(
        {
          verifier: trusting(server),
          now: () => 1000,
          acceptTickets: true,
          sessions: kept,
          groups: [NamedGroup.x25519, NamedGroup.secp256r1],
          keyShares,
        },
        {
          credentials: [server],
          now: () => 1000,
          groups: [NamedGroup.secp256r1],
          tickets: {
            count: 1,
            issue: (session) => {
              sessions.set('ticket', session)
              return bytes('ticket')
            },
            redeem: () => {
              const session = sessions.get('ticket')
              sessions.clear()
              return session
            },
          },
        },
      )
      await both.shakeHands()
      for (const action of both.actions.client) if (action.kind === 'newSession') kept.push(action.session)
      return both
    }
    await visit([NamedGroup.secp256r1])
    const again = await visit([NamedGroup.x25519])
    expect(infoOf(again, 'server')).toMatchObject({ helloRetryRequest: true, resumed: true })
  })
})
