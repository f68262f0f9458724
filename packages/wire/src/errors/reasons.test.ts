import { describe, expect, expectTypeOf, test } from 'vitest'
import { AlertDescription, alertDescriptionName } from '../registry/alertDescription.ts'
import * as codes from '../texts/codes.ts'
import * as words from '../texts/words.ts'
import type { TlsErrorCode } from './tlsErrorCode.ts'
import { reasons } from './reasons.ts'

const entries = Object.entries(reasons)
const errorCodes = Object.keys(reasons) as readonly TlsErrorCode[]

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

describe('what messages begin with', () => {
  test('is a sentence', () => {
    expect(errorCodes.map(words.sentenceOf)).toEqual(entries.map(([, { sentence }]) => sentence))
  })

  test('is the code with the condition `production`', () => {
    expectTypeOf<typeof codes>().toEqualTypeOf<typeof words>()
    expect(Object.keys(codes).toSorted()).toEqual(Object.keys(words).toSorted())
    expect(errorCodes.map(codes.sentenceOf)).toEqual(errorCodes)
  })
})
