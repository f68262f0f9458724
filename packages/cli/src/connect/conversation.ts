/** Carries bytes between stdin, stdout and the peer until both sides have ended, or something fails. */
import type { TlsSocket } from '@mortise/tls-node'
import { faults, TlsError } from '@mortise/tls'
import type { AlertLog } from '../alerts.ts'
import { factsOf } from '../facts.ts'
import { failureOf, type Failure } from '../failure.ts'
import type { ExitCode, Io } from '../io.ts'
import type { Report } from '../report.ts'
import { withoutCommands } from './keyboard.ts'

/** Milliseconds that the peer gets to answer our close_notify after an interruption. */
const patience = 1000

interface Surroundings {
  readonly io: Io
  readonly report: Report
  readonly provider: string
  readonly alerts: AlertLog
}

interface Course {
  error: unknown
  /** The peer's close_notify has come. */
  ended: boolean
  /** Nobody reads what we write. */
  unread: boolean
}

export async function converse(tls: TlsSocket, surroundings: Surroundings): Promise<ExitCode> {
  const { io, report, alerts, provider } = surroundings
  const course: Course = { error: undefined, ended: false, unread: false }
  tls.once('secureConnect', () => {
    if (tls.info) report.connected(factsOf(tls.info, 'client', provider))
  })
  receive(tls, io, course)
  send(tls, surroundings, course)
  tls.on('error', (error) => {
    course.error ??= error
  })
  io.onInterrupt(() => interrupt(tls))
  await new Promise<void>((resolve) => tls.once('close', resolve))
  io.stdin.destroy()
  const failure = course.error === undefined ? undefined : failureOf(course.error, alerts)
  return outcome(failure, course, tls, report)
}

function receive(tls: TlsSocket, { stdout }: Io, course: Course): void {
  tls.pipe(stdout, { end: false })
  stdout.on('error', () => {
    course.unread = true
    tls.destroy()
  })
}

function send(tls: TlsSocket, { io: { stdin }, report }: Surroundings, course: Course): void {
  const failed = (error: unknown): void => report.note(`keys not updated: ${failureOf(error).message}`)
  const source = stdin.isTTY ? withoutCommands(stdin, tls, failed) : stdin
  source.pipe(tls)
  source.on('error', () => tls.end())
  // We answer close_notify with ours at once: nothing more can be written
  tls.once('end', () => {
    course.ended = true
    source.unpipe(tls)
  })
  tls.once('close', () => source.unpipe(tls))
}

function interrupt(tls: TlsSocket): void {
  if (!tls.info) {
    tls.destroy(new TlsError(faults.ERR_TLS_ABORTED, { detail: 'interrupted' }))
    return
  }
  tls.end()
  setTimeout(() => tls.destroy(), patience).unref()
}

function outcome(
  failure: Failure | undefined,
  { ended, unread }: Course,
  tls: TlsSocket,
  report: Report,
): ExitCode {
  if (unread) return 0
  // After the peer's close_notify, a transport that breaks off takes nothing away
  if (!failure || (ended && failure.blame === 'transport')) {
    report.closed(tls.socket)
    return 0
  }
  report.error(failure)
  return failure.code === 'ERR_TLS_CONFIG' ? 2 : 1
}
