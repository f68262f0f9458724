/** `mortise connect`: a client between stdin and stdout. */
import { clientCredentials, externalPreSharedKeys } from '@mortise/tls'
import { connect, type ConnectOptions } from '@mortise/tls-node'
import { createAlertLog, type AlertLog } from '../alerts.ts'
import type { ExitCode, Io } from '../io.ts'
import { createReport, type Report } from '../report.ts'
import { describeMessage } from '../trace.ts'
import { commandHelp } from '../usage.ts'
import {
  connectUsage,
  readConnectOptions,
  readConnectSettings,
  type ConnectSettings,
} from './connectOptions.ts'
import { converse } from './conversation.ts'
import { sendEarly } from './early.ts'
import { fileSessions } from './session.ts'

/** @throws UsageError */
export async function connectCommand(args: readonly string[], io: Io): Promise<ExitCode> {
  const given = readConnectOptions(args)
  if (given.flag('help')) {
    io.stdout.write(commandHelp(connectUsage))
    return 0
  }
  const settings = await readConnectSettings(given)
  const report = createReport({ json: settings.json, write: (text) => void io.stderr.write(text) })
  const alerts = createAlertLog()
  const tls = connect(connectOptions(settings, report, alerts))
  return converse(tls, { io, report, alerts, provider: settings.providerName })
}

function connectOptions(settings: ConnectSettings, report: Report, alerts: AlertLog): ConnectOptions {
  const { address, provider, algorithms, preSharedKey, credential, trust, session } = settings
  const sessions = fileSessions({ session, out: settings.sessionOut, failed: report.note })
  const earlyData = session && settings.earlyData && sendEarly(settings.earlyData, session, report.note)
  return {
    ...address,
    ...trust,
    ...algorithms,
    provider,
    serverName: settings.serverName,
    ...(preSharedKey ? { preSharedKeys: externalPreSharedKeys([preSharedKey]) } : {}),
    credentials: clientCredentials(credential ? [credential] : [], {
      postHandshake: settings.postHandshakeAuthentication,
    }),
    ...(sessions ? { sessions } : {}),
    ...(earlyData ? { earlyData } : {}),
    ...(settings.keyLog ? { keyLog: settings.keyLog } : {}),
    trace: (event) => {
      alerts.hear(event)
      if (settings.trace) report.message(describeMessage(event))
    },
  }
}
