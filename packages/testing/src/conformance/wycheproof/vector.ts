/**
 * Wycheproof's files (C2SP/wycheproof, `testvectors_v1`) as vectors: each knows its group's properties, so that a
 * check needs nothing else. Fields are read by name and type; a file of another form fails with the field's name.
 */
import { fromHex } from '@mortise/wire'

export type WycheproofResult = 'valid' | 'acceptable' | 'invalid'

type JsonObject = Readonly<Record<string, unknown>>

export interface WycheproofVector {
  readonly id: number
  readonly comment: string
  readonly flags: readonly string[]
  readonly result: WycheproofResult
  readonly test: JsonObject
  readonly group: JsonObject
}

export interface WycheproofFile {
  readonly schema: string
  readonly algorithm: string
  readonly vectors: readonly WycheproofVector[]
}

/** @throws TypeError if it has not the form of such a file */
export function parseWycheproof(json: unknown): WycheproofFile {
  const file = objectOf(json, 'the file')
  const groups = listOf(file['testGroups'], 'testGroups').map((group) => objectOf(group, 'a test group'))
  return {
    schema: textOf(file, 'schema'),
    algorithm: textOf(file, 'algorithm'),
    vectors: groups.flatMap((group) => listOf(group['tests'], 'tests').map((test) => vectorOf(test, group))),
  }
}

function vectorOf(json: unknown, group: JsonObject): WycheproofVector {
  const test = objectOf(json, 'a test')
  return {
    id: numberOf(test, 'tcId'),
    comment: 'comment' in test ? textOf(test, 'comment') : '',
    flags: listOf(test['flags'] ?? [], 'flags').map(String),
    result: resultOf(textOf(test, 'result')),
    test,
    group,
  }
}

function resultOf(text: string): WycheproofResult {
  if (text === 'valid' || text === 'acceptable' || text === 'invalid') return text
  throw new TypeError(`Wycheproof: a result "${text}"`)
}

export function objectOf(value: unknown, what: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError(`Wycheproof: ${what} is no object`)
  return value as JsonObject
}

function listOf(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`Wycheproof: ${what} is no array`)
  return value
}

export function textOf(object: JsonObject, field: string): string {
  const value = object[field]
  if (typeof value !== 'string') throw new TypeError(`Wycheproof: ${field} is no string`)
  return value
}

export function numberOf(object: JsonObject, field: string): number {
  const value = object[field]
  if (typeof value !== 'number') throw new TypeError(`Wycheproof: ${field} is no number`)
  return value
}

/** Bytes, which the files have in hexadecimal. */
export function bytesAt(object: JsonObject, field: string): Uint8Array {
  return fromHex(textOf(object, field))
}
