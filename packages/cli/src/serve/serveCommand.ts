/** `mortise serve`: a server that survives its clients. */
import type { ServerOptions } from '@mortise/tls'
import { createServer, type TlsSocket } from '@mortise/tls-node'
import { createServer as createSocketServer, type Server, type Socket } from 'node:net'
import { createAlertLog } from '../alerts.ts'
import { formatAddress } from '../address.ts'
import { failureOf, type Failure } from '../failure.ts'
import type { ExitCode, Io } from '../io.ts'
import { createReport, type Report } from '../report.ts'
import { describeMessage } from '../trace.ts'
import { commandHelp } from '../usage.ts'
import { attend } from './attend.ts'
import { readServeOptions, readServeSettings, serveUsage, type ServeSettings } from './serveOptions.ts'
import { echo } from './echo.ts'
import { print } from './print.ts'
import type { Serve } from './service.ts'
import { www } from './www.ts'

/** Milliseconds that clients get to answer our close_notify when the server ends. */
const patience = 1000

/** @throws UsageError */
export async function serveCommand(args: readonly string[], io: Io): Promise<ExitCode> {
  const given = readServeOptions(args)
  if (given.flag('help')) {
    io.stdout.write(commandHelp(serveUsage))
    return 0
  }
  const settings = await readServeSettings(given)
  const services = { www: () => www, echo: () => echo, print: () => print(io.stdout) }
  return listen(settings, services[settings.service](), io)
}

function listen(settings: ServeSettings, serve: Serve, io: Io): Promise<ExitCode> {
  const write = (text: string): void => void io.stderr.write(text)
  const report = createReport({ json: settings.json, write })
  const open = new Set<TlsSocket>()
  let number = 0
  const server = createSocketServer({ pauseOnConnect: true, noDelay: true }, (socket) => {
    number += 1
    const connection = { number, remote: remoteOf(socket) }
    accept(socket, {
      settings,
      serve,
      open,
      report: createReport({ json: settings.json, write, connection }),
    })
  })
  server.maxConnections = settings.maxConnections
  server.on('drop', (remote) => report.error(tooMany(remote?.remoteAddress, settings.maxConnections)))
  const end = (): void => {
    server.close()
    for (const tls of open) tls.end()
    setTimeout(() => open.forEach((tls) => tls.destroy()), patience).unref()
  }
  io.onInterrupt(end)
  io.stdout.on('error', end)
  return new Promise((resolve) => {
    server.once('listening', () => io.stdout.write(`listening on ${localAddress(server)}\n`))
    server.on('error', (error) => {
      report.error(failureOf(error))
      if (!server.listening) resolve(1)
    })
    server.once('close', () => resolve(0))
    server.listen(settings.listen)
  })
}

interface Acceptance {
  readonly settings: ServeSettings
  readonly serve: Serve
  /** The connections that are open. */
  readonly open: Set<TlsSocket>
  readonly report: Report
}

/** A server of its own for each socket, so that its trace tells whose messages they are. */
function accept(socket: Socket, { settings, serve, open, report }: Acceptance): void {
  const { keyLog, trace, providerName } = settings
  const alerts = createAlertLog()
  const options: ServerOptions = {
    ...settings.options,
    ...(keyLog ? { keyLog } : {}),
    trace: (event) => {
      alerts.hear(event)
      if (trace) report.message(describeMessage(event))
    },
  }
  const one = createServer(options, undefined, options, (tls) => {
    open.add(tls)
    tls.once('close', () => open.delete(tls))
    attend(tls, { serve, report, alerts, provider: providerName })
  })
  one.emit('connection', socket)
}

function tooMany(remote: string | undefined, max: number): Failure {
  return {
    code: 'TOO_MANY_CONNECTIONS',
    alert: null,
    direction: 'none',
    blame: 'local',
    message: `${remote ?? 'a client'} is refused: ${max} connections are open`,
  }
}

function localAddress(server: Server): string {
  const address = server.address()
  if (typeof address !== 'object' || address === null) return String(address)
  return formatAddress({ host: address.address, port: address.port })
}

function remoteOf({ remoteAddress = 'unknown', remotePort = 0 }: Socket): string {
  return formatAddress({ host: remoteAddress, port: remotePort })
}
