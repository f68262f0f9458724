/** What goes to stderr: text for people, or one JSON object a line. */
import { factRows, type ConnectionFacts } from './facts.ts'
import type { Failure } from './failure.ts'
import { printable } from './printable.ts'
import type { TracedMessage } from './trace.ts'

export interface Report {
  /** The peer is authenticated. */
  readonly connected: (facts: ConnectionFacts) => void
  /** Ended in good order. */
  readonly closed: (traffic: Traffic) => void
  readonly error: (failure: Failure) => void
  readonly message: (message: TracedMessage) => void
  /** Something worth knowing, for people only. */
  readonly note: (text: string) => void
}

/** Bytes on the transport, records and all. */
export interface Traffic {
  readonly bytesRead: number
  readonly bytesWritten: number
}

export interface ReportOptions {
  readonly json: boolean
  readonly write: (text: string) => void
  /** Which of a server's connections, and with whom. */
  readonly connection?: { readonly number: number; readonly remote: string }
}

export function createReport(options: ReportOptions): Report {
  return options.json ? jsonReport(options) : textReport(options)
}

function jsonReport({ write, connection }: ReportOptions): Report {
  const line = (event: string, details: object): void => {
    const from = connection ? { connection: connection.number, remote: connection.remote } : {}
    write(`${JSON.stringify({ event, ...from, ...details })}\n`)
  }
  return {
    connected: (facts) => line('connected', facts),
    closed: ({ bytesRead, bytesWritten }) => line('closed', { bytesRead, bytesWritten }),
    error: (failure) => line('error', failure),
    message: ({ direction, level, kind, name, length, tree }) =>
      line('message', { direction, level, kind, name, length, ...(tree ? { tree } : {}) }),
    note: () => {},
  }
}

function textReport({ write, connection }: ReportOptions): Report {
  const prefix = connection ? `#${connection.number} ` : ''
  const line = (text: string): void => write(`${prefix}${text.split('\n').map(printable).join('\n')}\n`)
  return {
    connected: connection
      ? (facts) => line(`connected from ${connection.remote}: ${inOneLine(facts)}`)
      : (facts) => line(`connected\n${inRows(facts)}`),
    closed: ({ bytesRead, bytesWritten }) => line(`closed: ${bytesWritten} bytes written, ${bytesRead} read`),
    error: ({ code, alert, direction, blame, message }) =>
      line(
        `error ${code}${alert === null ? '' : `, alert ${alert} ${direction}`}, blame ${blame}: ${printable(message)}`,
      ),
    message: ({ direction, level, name, length, text }) =>
      line(`${direction} ${name}, ${length} bytes (${level})${text === '' ? '' : `\n${text}`}`),
    note: line,
  }
}

function inRows(facts: ConnectionFacts): string {
  const rows = factRows(facts)
  const width = Math.max(...rows.map(([label]) => label.length))
  return rows.map(([label, value]) => `  ${label.padEnd(width)}  ${printable(value)}`).join('\n')
}

function inOneLine(facts: ConnectionFacts): string {
  const { protocol, cipherSuite, group, signatureScheme, alpn, serverName, resumed, earlyData, peer } = facts
  return [
    protocol,
    cipherSuite,
    group,
    signatureScheme,
    serverName === null ? null : `for ${serverName}`,
    alpn === null ? null : `alpn ${alpn}`,
    peer === null ? null : `client ${peer}`,
    resumed ? 'resumed' : null,
    earlyData ? 'early data' : null,
  ]
    .flatMap((item) => (item === null ? [] : [printable(item)]))
    .join(' ')
}
