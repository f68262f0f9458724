/** One connection of a server, from its first byte to its last line on stderr. */
import type { TlsSocket } from '@mortise/tls-node'
import type { AlertLog } from '../alerts.ts'
import { factsOf, type ConnectionFacts } from '../facts.ts'
import { failureOf } from '../failure.ts'
import type { Report } from '../report.ts'
import type { Serve } from './service.ts'

interface Attendance {
  readonly serve: Serve
  readonly report: Report
  readonly provider: string
  readonly alerts: AlertLog
}

/** Nothing that the client does gets out of here. */
export function attend(tls: TlsSocket, { serve, report, alerts, provider }: Attendance): void {
  const earlyData: Buffer[] = []
  let error: unknown
  let ended = false
  tls.on('earlyData', (bytes: Buffer) => earlyData.push(bytes))
  tls.on('error', (cause) => {
    error ??= cause
  })
  tls.once('end', () => {
    ended = true
  })
  tls.once('secureConnect', () => {
    const { info } = tls
    if (!info) return
    const facts = (): ConnectionFacts => factsOf(tls.info ?? info, 'server', provider)
    report.connected(facts())
    serve({ tls, earlyData, facts })
  })
  tls.once('close', () => {
    const failure = error === undefined ? undefined : failureOf(error, alerts)
    // After the client's close_notify, a transport that breaks off takes nothing away
    if (failure && !(ended && failure.blame === 'transport')) report.error(failure)
    else report.closed(tls.socket)
  })
}
