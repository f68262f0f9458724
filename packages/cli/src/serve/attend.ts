/** One connection of a server, from its first byte to its last line on stderr. */
import type { TlsSocket } from '@mortise/tls-node'
import { factsOf } from '../facts.ts'
import { failureOf } from '../failure.ts'
import type { Report } from '../report.ts'
import type { Serve } from './service.ts'

interface Attendance {
  readonly serve: Serve
  readonly report: Report
  readonly provider: string
}

/** Nothing that the client does gets out of here. */
export function attend(tls: TlsSocket, { serve, report, provider }: Attendance): void {
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
    if (!tls.info) return
    const facts = factsOf(tls.info, 'server', provider)
    report.connected(facts)
    serve({ tls, earlyData, facts })
  })
  tls.once('close', () => {
    const failure = error === undefined ? undefined : failureOf(error)
    // After the client's close_notify, a transport that breaks off takes nothing away
    if (failure && !(ended && failure.blame === 'transport')) report.error(failure)
    else report.closed(tls.socket)
  })
}
