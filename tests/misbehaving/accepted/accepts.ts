/** What looks wrong and must be accepted, and how a row of it is checked. */
import { AlertDescription, type TlsErrorCode } from '@mortise/wire'
import { expect, it } from 'vitest'
import type { Outcome, Wrong } from '../scenario.ts'
import { applicationData } from '../scripts.ts'

export interface Accepted<T extends Wrong> {
  /** Of the list of negative cases. */
  readonly id: string
  readonly ref: string
  readonly what: string
  readonly wrong: T | (() => Promise<T>)
  /** What else there is to see, and what it must be. */
  readonly sees?: (outcome: Outcome) => unknown
  readonly expected?: unknown
}

export function accepts<T extends Wrong>(
  id: string,
  ref: string,
  what: string,
  wrong: T | (() => Promise<T>),
  sees?: (outcome: Outcome) => unknown,
  expected?: unknown,
): Accepted<T> {
  return { id, ref, what, wrong, ...(sees ? { sees, expected } : {}) }
}

/** Only the end of the transport, which comes without close_notify, ends such a connection. */
const end: TlsErrorCode = 'ERR_TLS_TRUNCATED'

/** Plays each row, and checks that application data still comes through behind it. */
export function checkAccepted<T extends Wrong>(
  rows: readonly Accepted<T>[],
  play: (wrong: T) => Promise<Outcome>,
): void {
  it.each(rows.map((row) => [nameOf(row), row] as const))('%s', async (_, { wrong, sees, expected }) => {
    const played = typeof wrong === 'function' ? await wrong() : wrong
    const outcome = await play({
      ...played,
      afterwards: async (peer, ours, settle) => {
        await played.afterwards?.(peer, ours, settle)
        await settle()
        await peer.perform(applicationData)
      },
    })
    expect([outcome.error, outcome.connected]).toEqual([undefined, true])
    expect(outcome.alerts.filter(({ bytes }) => bytes[1] !== AlertDescription.close_notify)).toEqual([])
    expect([...outcome.received.subarray(-3)]).toEqual([1, 2, 3])
    expect(outcome.endError?.code).toBe(end)
    expect(sees?.(outcome)).toEqual(expected)
  })
}

function nameOf<T extends Wrong>({ id, ref, what }: Accepted<T>): string {
  return `${id} (${ref.startsWith('RFC') || ref === '–' ? ref : `RFC 9846 §${ref}`}): ${what}`
}
