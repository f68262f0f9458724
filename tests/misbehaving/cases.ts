/** A table of what must be rejected, and how a row is checked. */
import type { Edit } from '@mortise/testing'
import { AlertDescription, type TlsErrorCode } from '@mortise/wire'
import { expect, it } from 'vitest'
import type { Outcome } from './scenario.ts'

export interface Case<Wrong> {
  /** Of the list of negative cases: section and number. */
  readonly id: string
  /** RFC and section; of RFC 9846, if only a section is given. */
  readonly ref: string
  readonly what: string
  /** What the peer must hear; `undefined`: nothing. */
  readonly alert: keyof typeof AlertDescription | undefined
  readonly code: TlsErrorCode
  readonly wrong: Wrong | (() => Promise<Wrong>)
}

/** A row: what comes, and what must come of it. */
export function rejects<Wrong>(
  id: string,
  ref: string,
  what: string,
  alert: keyof typeof AlertDescription | undefined,
  code: TlsErrorCode,
  wrong: Wrong | (() => Promise<Wrong>),
): Case<Wrong> {
  return { id, ref, what, alert, code, wrong }
}

/** A row whose peer's fault is in its flights. */
export function edited<Wrong>(
  id: string,
  ref: string,
  what: string,
  alert: keyof typeof AlertDescription | undefined,
  code: TlsErrorCode,
  edit: Edit,
  rest?: Wrong,
): Case<Wrong & { readonly edit: Edit }> {
  return { id, ref, what, alert, code, wrong: { ...(rest as Wrong), edit } }
}

/** Plays each row, and checks our error and the one alert that the peer must see. */
export function check<Wrong extends object>(
  cases: readonly Case<Wrong>[],
  play: (wrong: Wrong) => Promise<Outcome>,
): void {
  it.each(cases.map((row) => [nameOf(row), row] as const))('%s', async (_, { alert, code, wrong }) => {
    const outcome = await play(typeof wrong === 'function' ? await wrong() : wrong)
    // What is only noticed at the end of the transport is a truncation
    const { error = outcome.endError } = outcome
    expect(error).toMatchObject({ name: 'TlsError', code })
    expect(outcome.failures).toBe(1)
    const sent = outcome.alerts.map(({ bytes }) => [...bytes])
    expect(sent).toEqual(alert ? [[2, AlertDescription[alert]]] : [])
    expect(outcome.heardBehindAlert).toBe(0)
  })
}

function nameOf({ id, ref, what, alert }: Case<unknown>): string {
  const section = ref.startsWith('RFC') || ref === '–' ? ref : `RFC 9846 §${ref}`
  return `${id} (${section}): ${what} → ${alert ?? 'no alert'}`
}
