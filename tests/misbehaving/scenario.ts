/** One of our connections against a peer that does wrong, in memory. */
import {
  clientPreSharedKeys,
  createClientHandshake,
  createServerHandshake,
  type Handshake,
} from '@mortise/handshake'
import type {
  ClientOptions as ClientHandshakeOptions,
  ClientPreSharedKeysOptions,
  ClientSession,
  Credential,
  PeerVerifier,
  ServerOptions as ServerHandshakeOptions,
} from '@mortise/handshake'
import type { SigningProvider } from '@mortise/crypto'
import { noble } from '@mortise/crypto-noble'
import { webcrypto } from '@mortise/crypto-webcrypto'
import { nodeCrypto } from '@mortise/crypto-node'
import {
  changedClientHello,
  connectedPair,
  link,
  scriptedPeer,
  testAuthority,
  type Edit,
  type Heard,
  type ScriptedPeer,
  type TestAuthority,
} from '@mortise/testing'
import {
  clientConnection,
  serverConnection,
  type ClientOptions,
  type Connection,
  type ConnectionEvents,
  type ServerOptions,
  type ServerOptionsByClientHello,
} from '@mortise/tls/core'
import { memoryTickets, storedSessions, type ClientSessions, type TicketStore } from '@mortise/tls'
import {
  concat,
  ExtensionType,
  NamedGroup,
  type ClientHello,
  type Extension,
  type TlsError,
} from '@mortise/wire'

export const provider = nodeCrypto()
/** With ML-KEM, which not every Node has. */
export const hybridProvider: SigningProvider = { ...provider, groups: noble().groups }
export const now = (): number => Date.UTC(2026, 0, 1)
const authority = await testAuthority(provider, now())
export const credential: Credential = await authority.issue(['localhost'], 'p256')
export const clientCredential: Credential = await authority.issue([], 'p256')
export const anchors: readonly Uint8Array[] = [authority.certificate]
export const issue: typeof authority.issue = authority.issue
/** An authority that nobody here trusts. */
export const stranger: TestAuthority = await testAuthority(provider, now(), 'p384', 'A stranger')

/** Hashes and AEADs that answer later; the rest is as `provider` has it, since not every Node has it all. */
const { hashes, aeads } = webcrypto()
export const asynchronousProvider: SigningProvider = { ...provider, hashes, aeads }

/** Few groups, so that handshakes are fast and flights are small. */
const common = { provider, now, groups: [NamedGroup.x25519, NamedGroup.secp256r1] } as const

export const acceptsAnyone: PeerVerifier = {
  verify: ({ certificates, peerRole }) => ({
    publicKey: (peerRole === 'server' ? credential : clientCredential).key.publicKey,
    certificates,
  }),
}

/** What a wrong peer does. */
export interface Wrong {
  readonly edit?: Edit
  readonly editBytes?: (bytes: Uint8Array, flight: number) => Uint8Array
  /** Bytes of handshake messages per record. */
  readonly maxContent?: number
  /** In which pieces a flight arrives. Default: in one. */
  readonly pieces?: (bytes: Uint8Array) => readonly Uint8Array[]
  /** After the handshake, or as far as it went: what the peer goes on with. */
  readonly afterwards?: (peer: ScriptedPeer, ours: Connection, settle: () => Promise<void>) => Promise<void>
}

export interface WrongServer extends Wrong {
  readonly client?: Partial<ClientOptions>
  readonly server?: Partial<ServerHandshakeOptions>
}

export interface WrongClient extends Wrong {
  /** What the client itself takes for its ClientHello. */
  readonly hello?: (hello: ClientHello) => Partial<ClientHello>
  /** Those of its pre-shared keys are among them. */
  readonly client?: Partial<Omit<ClientHandshakeOptions, 'preSharedKeys'>> & ClientPreSharedKeysOptions
  readonly server?: Partial<ServerOptions>
  /** Chooses our options by the ClientHello, in the place of `server`. */
  readonly choose?: ServerOptionsByClientHello
}

/** What came of it. */
export interface Outcome {
  /** Why our connection failed before the transport ended; `undefined` if it did not. */
  readonly error: TlsError | undefined
  /** Our connection's error once the transport had ended as well. */
  readonly endError: TlsError | undefined
  /** How often our connection has told that it failed. */
  readonly failures: number
  readonly connected: boolean
  /** The alerts that the peer heard. */
  readonly alerts: readonly Heard[]
  /** How much the peer heard behind the first alert. */
  readonly heardBehindAlert: number
  readonly received: Uint8Array
  /** Sessions that our client was given. */
  readonly sessions: readonly ClientSession[]
  /** Whether early data was taken: told to our client, or decided by our server. */
  readonly earlyData: boolean | undefined
  readonly ours: Connection
  readonly settle: () => Promise<void>
  readonly peer: ScriptedPeer
}

/** Our client against a wrong server. */
export function clientAgainst(wrong: WrongServer): Promise<Outcome> {
  const peerOptions = { ...common, credentials: [credential], ...wrong.server }
  const trust = wrong.client?.verifier ? {} : { anchors }
  const options = { ...common, ...trust, serverName: 'localhost', ...wrong.client }
  return play(wrong, createServerHandshake(peerOptions), (events) => clientConnection(options, events))
}

/** Our server against a wrong client. */
export function serverAgainst(wrong: WrongClient): Promise<Outcome> {
  const peerOptions = {
    ...common,
    verifier: acceptsAnyone,
    serverName: 'localhost',
    ...wrong.client,
    preSharedKeys: clientPreSharedKeys(wrong.client ?? {}),
  }
  const options = { ...common, credentials: [credential], ...wrong.server }
  return play(
    wrong,
    createClientHandshake(peerOptions, wrong.hello && changedClientHello(wrong.hello)),
    (events) => serverConnection(wrong.choose ?? options, events),
  )
}

async function play(
  { edit, editBytes, maxContent, pieces = (bytes) => [bytes], afterwards }: Wrong,
  handshake: Handshake,
  make: (events: ConnectionEvents) => Promise<Connection>,
): Promise<Outcome> {
  const joined = link(() => ({ left: peer, right: ours }))
  const peer = scriptedPeer({
    handshake,
    send: (bytes) => {
      for (const piece of pieces(bytes)) joined.toRight(piece)
    },
    ...(edit ? { edit } : {}),
    ...(editBytes ? { editBytes } : {}),
    ...(maxContent ? { maxContent } : {}),
  })
  const received: Uint8Array[] = []
  let connected = false
  let failures = 0
  let earlyData: boolean | undefined
  const sessions: ClientSession[] = []
  const ours = await make({
    send: joined.toLeft,
    connected: () => {
      connected = true
    },
    data: (bytes) => {
      received.push(bytes)
    },
    session: (made) => {
      sessions.push(made)
    },
    earlyDataDecided: (accepted) => {
      earlyData = accepted
    },
    peerClosed: () => {},
    failed: () => {
      failures += 1
    },
  })
  await ours.start()
  await peer.start()
  await joined.settle()
  await afterwards?.(peer, ours, joined.settle)
  await joined.settle()
  const { error } = ours
  await ours.endOfTransport()
  await joined.settle()
  const alerts = peer.heard.filter(({ kind }) => kind === 'alert')
  return {
    error,
    endError: ours.error,
    failures,
    connected,
    alerts,
    heardBehindAlert: alerts[0] ? peer.heard.length - 1 - peer.heard.indexOf(alerts[0]) : 0,
    received: concat(...received),
    sessions,
    earlyData,
    ours,
    settle: joined.settle,
    peer,
  }
}

/** A client's sessions: always this one, and none is kept. */
export function holding(held: ClientSession | undefined): ClientSessions {
  return storedSessions({ take: () => held, put: () => {} })
}

/** A session of an honest connection, and the tickets that know it. */
export async function session(
  options: {
    readonly client?: Partial<ClientOptions>
    readonly server?: Partial<ServerOptions>
    /** Bytes of early data that the session allows. */
    readonly earlyData?: number
  } = {},
): Promise<{ readonly session: ClientSession; readonly store: TicketStore }> {
  const store = memoryTickets(provider, { singleUse: false })
  const pair = await connectedPair({
    ...common,
    client: { ...common, anchors, sessions: holding(undefined), ...options.client },
    server: {
      ...common,
      credentials: [credential],
      tickets: {
        store,
        ...(options.earlyData === undefined
          ? {}
          : { earlyData: { maxSize: options.earlyData, replayGuard: { isFirstUse: () => true } } }),
      },
      ...options.server,
    },
  })
  const [first] = pair.client.sessions
  if (!first) throw new Error(`no session: ${String(pair.client.error())} ${String(pair.server.error())}`)
  return { session: first, store }
}

/** Extensions with one put in, or another body given to it. */
export function withExtension(
  list: readonly Extension[],
  extensionType: number,
  ...bytes: readonly number[]
): readonly Extension[] {
  const extension = { extensionType, extensionData: Uint8Array.from(bytes) }
  const known = list.some((item) => item.extensionType === extensionType)
  if (known) return list.map((item) => (item.extensionType === extensionType ? extension : item))
  // pre_shared_key must stay the last
  const last = list.filter((item) => item.extensionType === ExtensionType.pre_shared_key)
  return [...list.filter((item) => !last.includes(item)), extension, ...last]
}

export function withoutExtension(
  list: readonly Extension[],
  ...types: readonly number[]
): readonly Extension[] {
  return list.filter(({ extensionType }) => !types.includes(extensionType))
}
