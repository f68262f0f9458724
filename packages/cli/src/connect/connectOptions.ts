/** `mortise connect`: what may be typed, and what it means. */
import {
  certificatesFromPem,
  stapledOcsp,
  unsafeAcceptAny,
  type Credential,
  type ClientSession,
  type TrustOptions,
} from '@mortise/tls'
import { systemRoots } from '@mortise/tls-node'
import { parseAddress, type Address } from '../address.ts'
import {
  commonOptions,
  configuring,
  readCommonSettings,
  readCredential,
  type CommonOptionName,
  type CommonSettings,
} from '../commonOptions.ts'
import { readBytes, readText } from '../files.ts'
import { readOptions, type GivenOptions, type OptionSpec } from '../options.ts'
import { UsageError, type CommandUsage } from '../usage.ts'
import { readSession } from './session.ts'

type OptionName =
  | CommonOptionName
  | 'servername'
  | 'ca'
  | 'unsafe-accept-any'
  | 'cert'
  | 'key'
  | 'post-handshake-auth'
  | 'session-in'
  | 'session-out'
  | 'early-data'

const table: Readonly<Record<OptionName, OptionSpec>> = {
  servername: { value: 'NAME', text: 'who the server has to be; default: HOST' },
  ca: {
    value: 'FILE',
    text: "PEM certificates to trust; default: the system's; a stapled OCSP response counts",
  },
  'unsafe-accept-any': { text: 'take any certificate: anybody can be the server' },
  cert: { value: 'FILE', text: 'PEM certificate, and its chain, to authenticate with' },
  key: { value: 'FILE', text: 'PEM private key of --cert' },
  'post-handshake-auth': { text: 'let the server ask for --cert after the handshake, too' },
  'session-in': { value: 'FILE', text: 'resume the session that --session-out kept' },
  'session-out': { value: 'FILE', text: 'keep the latest session in FILE; as secret as the connection' },
  'early-data': { value: 'FILE', text: 'send FILE as early data, which can be replayed; with --session-in' },
  ...commonOptions,
}

export const connectUsage: CommandUsage = {
  synopsis: 'mortise connect HOST:PORT [options]',
  about: `Sends stdin to the peer and writes what it sends to stdout; what was negotiated is on stderr.
The end of stdin is a close_notify: nothing more is sent, and the rest of the peer's bytes still arrive.
On a terminal a line K updates the keys of both sides, k only ours, and Q ends.`,
  options: table,
}

type Given = GivenOptions<OptionName>

export interface ConnectSettings extends CommonSettings {
  readonly address: Address
  readonly serverName: string
  /** Empty with a pre-shared key, if nobody else is to be trusted. */
  readonly trust: TrustOptions
  readonly credential: Credential | undefined
  readonly postHandshakeAuthentication: boolean
  readonly session: ClientSession | undefined
  readonly sessionOut: string | undefined
  readonly earlyData: Uint8Array | undefined
  readonly trace: boolean
  readonly json: boolean
}

export function readConnectOptions(args: readonly string[]): Given {
  return readOptions('connect', args, table)
}

/** @throws UsageError */
export async function readConnectSettings(given: Given): Promise<ConnectSettings> {
  const [target, ...more] = given.positionals
  if (target === undefined) throw new UsageError('where to? mortise connect HOST:PORT')
  if (more.length > 0) throw new UsageError(`one HOST:PORT is enough: ${more.join(' ')}`)
  const address = parseAddress(target)
  const sessionIn = given.text('session-in')
  const early = given.text('early-data')
  if (early !== undefined && sessionIn === undefined)
    throw new UsageError('--early-data needs the session of an earlier connection: --session-in FILE')
  const trust = await readTrust(given)
  const common = await readCommonSettings(given)
  return {
    ...common,
    address,
    serverName: given.text('servername') ?? address.host,
    trust,
    credential: await readClientCredential(given, common),
    postHandshakeAuthentication: given.flag('post-handshake-auth'),
    session: sessionIn === undefined ? undefined : readSession(sessionIn),
    sessionOut: given.text('session-out'),
    earlyData: early === undefined ? undefined : readBytes('--early-data', early),
    trace: given.flag('trace'),
    json: given.flag('json'),
  }
}

async function readTrust(given: Given): Promise<TrustOptions> {
  const ca = given.text('ca')
  if (given.flag('unsafe-accept-any')) {
    if (ca !== undefined) throw new UsageError('--ca and --unsafe-accept-any exclude each other')
    return { verifier: unsafeAcceptAny() }
  }
  // Asked for in the handshake; a server that staples nothing is taken without
  const checks = [stapledOcsp()]
  // Who has a pre-shared key takes a certificate only if it is said whose
  if (ca === undefined) return given.text('psk') === undefined ? { anchors: systemRoots(), checks } : {}
  const pem = readText('--ca', ca)
  return { anchors: await configuring(`--ca ${ca}`, () => certificatesFromPem(pem)), checks }
}

async function readClientCredential(given: Given, common: CommonSettings): Promise<Credential | undefined> {
  const cert = given.text('cert')
  const key = given.text('key')
  if (cert === undefined && key === undefined) return undefined
  if (cert === undefined || key === undefined) throw new UsageError('--cert and --key belong together')
  return readCredential({ cert, key }, common)
}
