import { hex, padding, serverName } from '@mortise/wire'
import { describe, expect, it } from 'vitest'
import { clientConfig } from './config.ts'
import type { Handshake, HandshakeAction } from './index.ts'
import { bodyOf, withBody, withoutExtension } from './fixtures/alter.ts'
import { providers } from './fixtures/providers.ts'
import {
  replayRetry,
  tracedClient,
  tracedClientOptions,
  tracedServer,
  tracedSession,
} from './fixtures/replay.ts'
import {
  levelOf,
  messageOf,
  secretNames,
  traces,
  type Role,
  type Trace,
  traceOf,
} from './fixtures/rfc8448.ts'

interface Replay {
  readonly actions: readonly HandshakeAction[]
  /** Messages, in hexadecimal. */
  readonly sent: readonly string[]
  /** By label, in hexadecimal: secrets are destroyed when they have been used. */
  readonly logged: Readonly<Record<string, string>>
}

/** Hands a side all that the other says, and notes what it answers. */
async function replay(
  handshake: Handshake,
  trace: Trace,
  role: Role,
  messages = trace.messages.filter(({ sender }) => sender !== role),
): Promise<Replay> {
  const actions: HandshakeAction[] = []
  const sent: string[] = []
  const logged: Record<string, string> = {}
  const take = (answer: readonly HandshakeAction[]): void => {
    actions.push(...answer)
    for (const action of answer)
      if (action.kind === 'send') sent.push(hex(action.message))
      else if (action.kind === 'keyLog') logged[action.label] = hex(action.secret.reveal())
  }
  take(await handshake.start())
  for (const { name, message } of messages) take(await handshake.receive(message, levelOf(name)))
  return { actions, sent, logged }
}

/** What a side of the trace says; a server's tickets are nobody's but its own. */
const said = ({ messages }: Trace, role: Role): readonly string[] =>
  messages
    .filter(({ sender, name }) => sender === role && name !== 'NewSessionTicket')
    .map(({ message }) => hex(message))

/** The key log of the trace, without the secrets of early data if there is none. */
function secretsOf({ secrets }: Trace): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(secretNames)
      .map(([label, name]) => [label, secrets[name]] as const)
      .filter(([, secret]) => secret !== undefined),
  )
}

describe.each(providers)('on $name', (provider) => {
  describe.each(traces.filter(({ id }) => id !== 'hello-retry-request'))(
    'RFC 8448 §$section, $id: the client',
    (trace) => {
      it('says what the trace says, and has its secrets', async () => {
        const { sent, logged } = await replay(tracedClient(provider, trace), trace, 'client')
        expect(sent).toEqual(said(trace, 'client'))
        expect(logged).toEqual(secretsOf(trace))
      })
    },
  )

  describe.each(traces.filter(({ id }) => id !== 'resumed-0rtt'))(
    'RFC 8448 §$section, $id: the server',
    (trace) => {
      it('says what the trace says, and has its secrets', async () => {
        const { sent, logged } = await replay(tracedServer(provider, trace), trace, 'server')
        expect(sent).toEqual(said(trace, 'server'))
        expect(logged).toEqual(secretsOf(trace))
      })
    },
  )

  describe('RFC 8448 §3 to §4', () => {
    const [simple, resumed] = [traceOf('simple-1rtt'), traceOf('resumed-0rtt')]

    it('the ticket of the first connection becomes the session of the second', async () => {
      const { actions } = await replay(tracedClient(provider, simple), simple, 'client')
      const session = actions.flatMap((action) => (action.kind === 'newSession' ? [action.session] : []))[0]
      expect(session).toEqual({
        ...tracedSession(),
        peer: session?.peer,
        peerSignatureScheme: 0x0804,
      })
    })

    it('RFC 9846 §4.3.11.2: the binder is that of the trace', async () => {
      const message = messageOf(resumed, 'client', 'ClientHello')
      const blank = message.slice().fill(0, -32)
      const config = clientConfig(tracedClientOptions(provider, resumed))
      const keys = await config.preSharedKeys?.offer(config)
      await keys?.fillBinders(blank, undefined)
      expect(hex(blank)).toBe(hex(message))
    })

    it('the server selects the key, accepts early data, and has the secrets up to those of the handshake', async () => {
      const { actions, sent, logged } = await replay(
        tracedServer(provider, resumed),
        resumed,
        'server',
        resumed.messages.filter(({ name }) => name === 'ClientHello'),
      )
      const [serverHello, encryptedExtensions] = sent
      expect(serverHello).toBe(hex(messageOf(resumed, 'server', 'ServerHello')))
      // RFC 6066 §3: no server_name when a session is resumed; the trace's server says it all the same
      const traced = messageOf(resumed, 'server', 'EncryptedExtensions')
      const ours = withoutExtension(bodyOf('EncryptedExtensions', traced), serverName.type)
      expect(encryptedExtensions).toBe(hex(withBody(traced, ours)))
      const { secrets } = resumed
      expect(logged).toMatchObject({
        CLIENT_EARLY_TRAFFIC_SECRET: secrets['client_early_traffic_secret'],
        EARLY_EXPORTER_SECRET: secrets['early_exporter_master_secret'],
        CLIENT_HANDSHAKE_TRAFFIC_SECRET: secrets['client_handshake_traffic_secret'],
        SERVER_HANDSHAKE_TRAFFIC_SECRET: secrets['server_handshake_traffic_secret'],
      })
      expect(actions).toContainEqual({ kind: 'earlyData', accepted: true })
    })
  })

  describe('RFC 8448 §5, hello-retry-request: the client', () => {
    const trace = traceOf('hello-retry-request')

    it('answers with the share and the cookie that were asked for', async () => {
      const client = tracedClient(provider, trace)
      await client.start()
      const answer = await client.receive(messageOf(trace, 'server', 'HelloRetryRequest'), 'initial')
      const [second] = answer.flatMap((action) => (action.kind === 'send' ? [action.message] : []))
      const byType = (message: Uint8Array): readonly string[] =>
        bodyOf('ClientHello', message)
          .extensions.filter(({ extensionType }) => extensionType !== padding.type)
          .map(({ extensionType, extensionData }) => `${extensionType} ${hex(extensionData)}`)
          .toSorted()
      // The trace's client pads, and has another order
      expect(byType(second ?? new Uint8Array(0))).toEqual(
        byType(messageOf(trace, 'client', 'ClientHello', 1)),
      )
    })

    it('says what the trace says after its second ClientHello, and has its secrets', async () => {
      const { sent, logged } = await replay(
        await replayRetry(provider, trace),
        trace,
        'client',
        trace.messages.filter(({ sender, name }) => sender === 'server' && name !== 'HelloRetryRequest'),
      )
      expect(sent).toEqual([hex(messageOf(trace, 'client', 'Finished'))])
      expect(logged).toEqual(secretsOf(trace))
    })
  })
})
