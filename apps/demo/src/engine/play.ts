/** One handshake between two ends in this tab, from settings to a recording. */
import { observed } from './observe.ts'
import type { SigningProvider } from '@mortise/crypto'
import { link } from '@mortise/testing'
import {
  clientConnectionOptions,
  createConnection,
  serverConnectionOptions,
  type Connection,
  type ConnectionEvents,
} from '@mortise/tls/core'
import {
  clientCredentials,
  memoryReplayGuard,
  memoryTickets,
  storedSessions,
  type ClientSession,
  type ClientSessions,
  type TicketStore,
} from '@mortise/tls'
import { NamedGroup, CipherSuite } from '@mortise/wire'
import { factsOf } from './facts.ts'
import { edited, faultTargets, lie } from './faults.ts'
import { makeIdentities, serverName, type Identities } from './identities.ts'
import { completed, loadProvider } from './providers.ts'
import { createRecorder, recordedEvents, type NetworkFault, type Recorder } from './recorder.ts'
import type { EndResult, Recording, Side } from './recording.ts'
import { consistent, type Settings } from './settings.ts'

const request = 'GET /hello'
const answer = 'Hello from the other end of this tab'
const earlyRequest = 'GET /early'
const maxEarlyData = 16_384

/** What both ends take from one connection to the next. */
interface Memory {
  readonly sessions: ClientSessions
  readonly tickets: TicketStore
}

interface Stage {
  readonly settings: Settings
  readonly providers: Readonly<Record<Side, SigningProvider>>
  readonly identities: Identities
  readonly memory: Memory
}

/** Plays the first connection, too, if the second is to resume it; only the second is recorded. */
export async function play(wanted: Settings): Promise<Recording> {
  const settings = consistent(wanted)
  const stage = await setStage(settings)
  if (settings.resumption)
    await connectOnce({
      ...stage,
      settings: { ...settings, fault: 'none', keyUpdate: false, resumption: false },
    })
  return connectOnce(stage)
}

async function setStage(settings: Settings): Promise<Stage> {
  const noble = await loadProvider('noble')
  const [client, server] = await Promise.all([
    loadProvider(settings.clientProvider),
    loadProvider(settings.serverProvider),
  ])
  const providers = { client: completed(client, noble), server: completed(server, noble) }
  return {
    settings,
    providers,
    identities: await makeIdentities(providers.server, settings),
    memory: { sessions: latestSession(), tickets: memoryTickets(providers.server, { singleUse: false }) },
  }
}

async function connectOnce(stage: Stage): Promise<Recording> {
  const { settings } = stage
  const ends: Partial<Record<Side, Connection>> = {}
  const lied = { done: false }
  const recorder = createRecorder((side) => ends[side], networkFault(settings))
  const joined = link(() => ({ left: endOf(ends, 'client'), right: endOf(ends, 'server') }))
  const texts: Record<Side, string> = { client: '', server: '' }
  const eventsOf = (side: Side, send: (bytes: Uint8Array) => void): ConnectionEvents => ({
    ...recordedEvents(recorder, side),
    send: (bytes) => {
      const arriving = recorder.onTheWay(side, bytes)
      if (arriving.length > 0) send(arriving)
    },
    connected: () => {},
    data: (bytes) => {
      texts[side] += new TextDecoder().decode(bytes)
    },
    earlyData: (bytes) => {
      texts[side] += `${new TextDecoder().decode(bytes)} (early) `
    },
    peerClosed: () => {},
  })
  ends.client = await makeEnd('client', stage, recorder, eventsOf('client', joined.toRight), lied)
  ends.server = await makeEnd('server', stage, recorder, eventsOf('server', joined.toLeft), lied)
  recorder.begin()
  const started = performance.now()
  const { client, server } = ends
  await converse(client, server, joined.settle, settings)
  recorder.settled()
  const stalled = !client.info && !server.info && !client.error && !server.error
  const half = !client.error && !server.error && (!client.info || !server.info)
  const result = (side: Side, connection: Connection): EndResult => ({
    connected: connection.info !== undefined && !connection.error,
    state: connection.state,
    received: texts[side].trim(),
    facts: connection.info ? factsOf(connection.info) : [],
  })
  return {
    settings,
    messages: recorder.messages,
    records: recorder.records,
    derivations: recorder.derivations,
    failures: recorder.failures,
    client: result('client', client),
    server: result('server', server),
    stalled: stalled || half,
    faultMissed: isMissed(settings, lied.done || recorder.meddled),
    duration: performance.now() - started,
  }
}

function isMissed({ fault }: Settings, happened: boolean): boolean {
  return /^(network|peer)/.test(fault) && !happened
}

function networkFault({ fault, faultMessage }: Settings): NetworkFault | undefined {
  if (!fault.startsWith('network')) return undefined
  const [side, type] = faultTargets[faultMessage]
  return {
    kind: fault,
    isTarget: ({ from, kind, bytes }) => from === side && kind === 'handshake' && bytes[0] === type,
  }
}

function endOf(ends: Partial<Record<Side, Connection>>, side: Side): Connection {
  const end = ends[side]
  if (!end) throw new Error(`the ${side} is not there yet`)
  return end
}

async function makeEnd(
  side: Side,
  stage: Stage,
  recorder: Recorder,
  events: ConnectionEvents,
  lied: { done: boolean },
): Promise<Connection> {
  const { settings } = stage
  const provider = observed(stage.providers[side], (derivation) => recorder.derived(side, derivation))
  const options = await (side === 'client' ? clientEnd : serverEnd)(stage, provider, events)
  const edit = lie(settings, side, () => {
    lied.done = true
  })
  return createConnection(edit ? { ...options, handshake: edited(options.handshake, edit) } : options)
}

function common({ settings, identities }: Stage, provider: SigningProvider) {
  return {
    provider,
    now: identities.now,
    cipherSuites: [CipherSuite[settings.suite]],
    groups: [NamedGroup[settings.group]],
  }
}

function clientEnd(stage: Stage, provider: SigningProvider, events: ConnectionEvents) {
  const { settings, identities, memory } = stage
  const { group, helloRetryRequest } = settings
  // A share for a group that the server does not take is what makes it ask for another
  const other = group === 'secp256r1' ? NamedGroup.x25519 : NamedGroup.secp256r1
  return clientConnectionOptions(
    {
      ...common(stage, provider),
      serverName,
      anchors: identities.anchors,
      sessions: memory.sessions,
      earlyData: settings.earlyData,
      ...(helloRetryRequest ? { groups: [NamedGroup[group], other], keyShares: [other] } : {}),
      ...(settings.clientCertificate ? { credentials: clientCredentials([identities.client]) } : {}),
    },
    events,
  )
}

function serverEnd(stage: Stage, provider: SigningProvider, events: ConnectionEvents) {
  const { settings, identities, memory } = stage
  return serverConnectionOptions(
    {
      ...common(stage, provider),
      credentials: [identities.server],
      tickets: {
        store: memory.tickets,
        count: 1,
        ...(settings.earlyData
          ? { earlyData: { maxSize: maxEarlyData, replayGuard: memoryReplayGuard() } }
          : {}),
      },
      ...(settings.clientCertificate
        ? { clientAuthentication: { mode: 'require' as const, anchors: identities.anchors } }
        : {}),
    },
    events,
  )
}

/** The handshake, a question, an answer, and goodbye. */
async function converse(
  client: Connection,
  server: Connection,
  settle: () => Promise<void>,
  { keyUpdate, earlyData }: Settings,
): Promise<void> {
  await server.start()
  await client.start()
  if (earlyData) await client.writeEarlyData(new TextEncoder().encode(earlyRequest))
  await settle()
  const ready = (end: Connection): boolean => end.info !== undefined && !end.error
  if (ready(client) && ready(server)) {
    if (keyUpdate) {
      await client.updateKeys(true)
      await settle()
    }
    await client.write(new TextEncoder().encode(request))
    await settle()
    await server.write(new TextEncoder().encode(answer))
    await settle()
  }
  if (ready(client)) await client.close()
  await settle()
  if (ready(server)) await server.close()
  await settle()
}

/** One session, for the one connection that follows. */
function latestSession(): ClientSessions {
  let latest: ClientSession | undefined
  return storedSessions({
    take: () => latest,
    put: (_, session) => {
      latest = session
    },
  })
}
