import { describe, expect, it } from 'vitest'
import { TlsError, type TlsErrorCode } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { createAlertLog } from './alerts.ts'
import { failureOf } from './failure.ts'
import { printable } from './printable.ts'
import { createReport, type ReportOptions } from './report.ts'

/** An alert log that has heard these alerts being sent. */
function sent(...descriptions: readonly number[]) {
  const log = createAlertLog()
  for (const description of descriptions)
    log.hear({ direction: 'sent', kind: 'alert', level: 'application', bytes: Uint8Array.of(2, description) })
  return log
}

describe('failureOf', () => {
  it.each<[string, TlsErrorCode, ReturnType<typeof sent> | undefined, string, string | null]>([
    ['went out', 'ERR_TLS_UNKNOWN_CA', sent(48), 'sent', 'unknown_ca'],
    ['could not go out any more', 'ERR_TLS_BAD_RECORD_MAC', sent(0), 'none', null],
    ['never existed', 'ERR_TLS_CONFIG', undefined, 'none', null],
    ['is not meant to be', 'ERR_TLS_TRUNCATED', sent(48), 'none', null],
  ])('names an alert only if it was there: one that %s', (_, code, alerts, direction, alert) => {
    expect(failureOf(new TlsError(faults[code]), alerts)).toMatchObject({ code, direction, alert })
  })

  it('tells who received one', () => {
    const error = new TlsError(faults.ERR_TLS_ALERT_RECEIVED, { alert: 40 })
    expect(failureOf(error)).toMatchObject({
      alert: 'handshake_failure',
      direction: 'received',
      blame: 'peer',
    })
  })

  it('tells of several addresses that could not be reached, and of errors of the system', () => {
    const cause = new AggregateError([new Error('::1 refuses'), new Error('127.0.0.1 refuses')])
    const { message } = failureOf(new TlsError(faults.ERR_TLS_TRANSPORT, { cause }))
    expect(message).toContain('::1 refuses; 127.0.0.1 refuses')
    expect(failureOf(Object.assign(new Error('taken'), { code: 'EADDRINUSE' }))).toEqual({
      code: 'EADDRINUSE',
      alert: null,
      direction: 'none',
      blame: 'local',
      message: 'taken',
    })
    expect(failureOf('odd')).toMatchObject({ code: 'ERR_INTERNAL', message: 'odd' })
  })
})

describe('a report', () => {
  const lines = (options: Omit<ReportOptions, 'write'>) => {
    const written: string[] = []
    return { written, report: createReport({ ...options, write: (text) => written.push(text) }) }
  }
  const failure = failureOf(
    new TlsError(faults.ERR_TLS_ALERT_RECEIVED, { alert: 40, detail: 'bad\u001b[2Jnews' }),
  )

  it('in JSON is one object a line, and says whose connection it is', () => {
    const { report, written } = lines({ json: true, connection: { number: 3, remote: '[::1]:5' } })
    report.error(failure)
    report.note('for people only')
    expect(written).toHaveLength(1)
    expect(written[0]).toMatch(/^\{.*\}\n$/)
    expect(JSON.parse(written[0] ?? '')).toMatchObject({ event: 'error', connection: 3, remote: '[::1]:5' })
  })

  it("for people never hands a terminal what a peer's text could do to it", () => {
    const { report, written } = lines({ json: false })
    report.error(failure)
    report.note('a\u0007b')
    expect(written.join('')).toContain('bad\\x1b[2Jnews')
    expect(written.join('')).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/)
  })
})

it('printable keeps letters of every script, and shows what controls and reorders', () => {
  expect(printable('Grüße 世界')).toBe('Grüße 世界')
  expect(printable('\u0000\n\u009b\u2028\u202e')).toBe('\\x00\\x0a\\x9b\\u2028\\u202e')
})
