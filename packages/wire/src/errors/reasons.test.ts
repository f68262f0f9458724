import { describe, expect, test } from 'vitest'
import { AlertDescription, alertDescriptionName } from '../registry/alertDescription.ts'
import { reasons } from './reasons.ts'

const entries = Object.entries(reasons)

describe.each(entries)('%s', (code, { alert, blame, sentence }) => {
  test('is named in capitals', () => {
    expect(code).toMatch(/^ERR_TLS_[A-Z0-9_]+$/)
  })

  test('sends a registered alert of TLS 1.3, or none', () => {
    const known: readonly (number | undefined)[] = [undefined, ...Object.values(AlertDescription)]
    expect(known).toContain(alert)
    expect(alertDescriptionName(alert ?? 0)).not.toContain('RESERVED')
  })

  test('says whose doing it is, in a sentence that can be continued', () => {
    expect(['local', 'peer', 'certificate', 'transport']).toContain(blame)
    expect(sentence).toMatch(/^\S.*[^.\s]$/)
  })
})

test('no two reasons are told in the same words', () => {
  expect(new Set(entries.map(([, { sentence }]) => sentence)).size).toBe(entries.length)
})

test('RFC 9846 §6.2: a transport that ended is told no alert', () => {
  const ends = entries.filter(([, { blame }]) => blame === 'transport')
  expect(ends.map(([, { alert }]) => alert)).toEqual(ends.map(() => undefined))
})
