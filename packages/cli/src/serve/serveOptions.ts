/** `mortise serve`: what may be typed, and what it means. */
import {
  certificatesFromPem,
  memoryReplayGuard,
  sealedTickets,
  unsafeAcceptAny,
  type ClientAuthenticationOptions,
  type Credential,
  type ServerOptions,
  type ServerTicketOptions,
} from '@mortise/tls'
import { equalBytes } from '@mortise/wire'
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

type OptionName =
  | CommonOptionName
  | 'port'
  | 'host'
  | 'cert'
  | 'key'
  | 'ocsp'
  | 'www'
  | 'echo'
  | 'max-connections'
  | 'client-auth'
  | 'client-ca'
  | 'unsafe-accept-any-client'
  | 'tickets'
  | 'early-data'

const table: Readonly<Record<OptionName, OptionSpec>> = {
  port: { value: 'N', text: 'where to listen; 0: any free port' },
  host: { value: 'ADDRESS', text: 'where to listen; default: on all addresses' },
  cert: { value: 'FILE', multiple: true, text: 'PEM certificate and its chain' },
  key: { value: 'FILE', multiple: true, text: 'PEM private key of the --cert in the same place' },
  ocsp: { value: 'FILE', multiple: true, text: 'DER OCSP response for the --cert in the same place' },
  www: {
    text: 'answer an HTTP request with a page about the connection; /keyupdate updates keys first, /secret asks for a certificate',
  },
  echo: { text: 'send every byte back' },
  'max-connections': { value: 'N', text: 'connections at the same time, others are refused; default: 1000' },
  'client-auth': {
    value: 'MODE',
    text: 'client certificates in the handshake: none (default), request or require',
  },
  'client-ca': { value: 'FILE', text: 'PEM certificates to trust for clients' },
  'unsafe-accept-any-client': { text: 'take any certificate of a client' },
  tickets: { value: 'N', text: 'tickets for each connection, for resumption: 0 to 16; default: 2' },
  'early-data': {
    value: 'BYTES',
    text: 'take so much early data, the same only once; it can be replayed elsewhere',
  },
  ...commonOptions,
}

export const serveUsage: CommandUsage = {
  synopsis: 'mortise serve --port N --cert FILE --key FILE [options]',
  about: `Prints "listening on HOST:PORT" once it is ready. Without --www or --echo what clients send goes to stdout.
Several pairs of --cert and --key: chosen by the name and the signature schemes that the client asks for.
The failure of a connection is a line on stderr, and the server goes on.`,
  options: table,
}

type Given = GivenOptions<OptionName>

export type Service = 'www' | 'echo' | 'print'

export interface ServeSettings {
  readonly listen: { readonly port: number; readonly host?: string }
  readonly service: Service
  readonly maxConnections: number
  /** Without key log and trace. */
  readonly options: ServerOptions
  readonly providerName: string
  readonly keyLog: ((line: string) => void) | undefined
  readonly trace: boolean
  readonly json: boolean
}

export function readServeOptions(args: readonly string[]): Given {
  return readOptions('serve', args, table)
}

/** @throws UsageError */
export async function readServeSettings(given: Given): Promise<ServeSettings> {
  const [stray] = given.positionals
  if (stray !== undefined) throw new UsageError(`mortise serve takes options only, and not ${stray}`)
  const port = given.integer('port', 0, 65_535)
  if (port === undefined) throw new UsageError('--port N is needed; 0 takes any free port')
  if (given.flag('www') && given.flag('echo')) throw new UsageError('--www and --echo exclude each other')
  const host = given.text('host')?.replace(/^\[(.*)\]$/, '$1')
  const clientAuthentication = await readClientAuthentication(given)
  const common = await readCommonSettings(given)
  const { provider, algorithms, preSharedKey } = common
  const tickets = readTickets(given, common)
  return {
    listen: { port, ...(host === undefined ? {} : { host }) },
    service: given.flag('www') ? 'www' : given.flag('echo') ? 'echo' : 'print',
    maxConnections: given.integer('max-connections', 1, 1_000_000) ?? 1000,
    options: {
      provider,
      ...algorithms,
      credentials: await readCredentials(given, common),
      ...(clientAuthentication ? { clientAuthentication } : {}),
      ...(tickets ? { tickets } : {}),
      ...(preSharedKey
        ? {
            findPreSharedKey: (identity) =>
              equalBytes(identity, preSharedKey.identity) ? preSharedKey : undefined,
          }
        : {}),
    },
    providerName: common.providerName,
    keyLog: common.keyLog,
    trace: given.flag('trace'),
    json: given.flag('json'),
  }
}

async function readCredentials(given: Given, common: CommonSettings): Promise<readonly Credential[]> {
  const certs = given.texts('cert')
  const keys = given.texts('key')
  const responses = given.texts('ocsp')
  if (certs.length !== keys.length)
    throw new UsageError(`each --cert needs its --key: there are ${certs.length} and ${keys.length}`)
  if (responses.length > certs.length) throw new UsageError('there are more --ocsp than --cert')
  if (certs.length === 0 && !common.preSharedKey)
    throw new UsageError('--cert FILE and --key FILE are needed, or --psk-identity and --psk')
  return Promise.all(
    certs.map((cert, index) => {
      const ocsp = responses[index]
      const ocspResponse = ocsp === undefined ? {} : { ocspResponse: readBytes('--ocsp', ocsp) }
      return readCredential({ cert, key: keys[index] ?? '', ...ocspResponse }, common)
    }),
  )
}

async function readClientAuthentication(given: Given): Promise<ClientAuthenticationOptions | undefined> {
  const mode = given.text('client-auth') ?? 'none'
  const ca = given.text('client-ca')
  const any = given.flag('unsafe-accept-any-client')
  if (ca !== undefined && any)
    throw new UsageError('--client-ca and --unsafe-accept-any-client exclude each other')
  if (mode !== 'none' && mode !== 'request' && mode !== 'require')
    throw new UsageError(`--client-auth ${mode}: there are none, request and require`)
  const trusting = ca !== undefined || any
  if (mode === 'none' && !trusting) return undefined
  // Without a question in the handshake it is /secret that asks
  if (mode === 'none' && !given.flag('www'))
    throw new UsageError('whom to trust is said, but not whom to ask: add --client-auth request or require')
  if (any) return { mode, verifier: unsafeAcceptAny() }
  if (ca === undefined)
    throw new UsageError(`--client-auth ${mode} needs --client-ca FILE, or --unsafe-accept-any-client`)
  const pem = readText('--client-ca', ca)
  return { mode, anchors: await configuring(`--client-ca ${ca}`, () => certificatesFromPem(pem)) }
}

/** Tickets are sealed with a key that lives as long as the process. */
function readTickets(given: Given, { provider }: CommonSettings): ServerTicketOptions | undefined {
  const count = given.integer('tickets', 0, 16) ?? 2
  const maxSize = given.integer('early-data', 1, 0xffff_ffff)
  if (count === 0) {
    if (maxSize !== undefined) throw new UsageError('--early-data needs tickets: it comes with a resumption')
    return undefined
  }
  return {
    count,
    store: sealedTickets(provider, { current: { name: provider.random(16), key: provider.random(32) } }),
    ...(maxSize === undefined ? {} : { earlyData: { maxSize, replayGuard: memoryReplayGuard() } }),
  }
}
