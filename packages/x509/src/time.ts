/** Dates of certificates (RFC 5280 §4.1.2.5): whole seconds, UTC. */
import { inWords } from '@mortise/wire'
import { Tag, type DerReader } from './der.ts'
import { malformed } from './X509Error.ts'

/**
 * Milliseconds since 1970. Issuers write UTCTime until 2049 and GeneralizedTime from then on; readers take either for
 * any year, and a few roots need that.
 */
export function readTime(reader: DerReader): number {
  const { tag, content } = reader.any()
  const text = String.fromCharCode(...content.subarray(0, 16))
  if (tag === Tag.utcTime && /^\d{12}Z$/.test(text))
    return readDigits(`${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}`)
  if (tag === Tag.generalizedTime) return readGeneralizedTime(content)
  throw malformed(inWords && 'a time of wrong form')
}

/** GeneralizedTime of any year, as in OCSP (RFC 6960 §4.2.2.1): whole seconds, UTC. */
export function readGeneralizedTime(content: Uint8Array): number {
  const text = String.fromCharCode(...content.subarray(0, 16))
  if (!/^\d{14}Z$/.test(text)) throw malformed(inWords && 'a time of wrong form')
  return readDigits(text)
}

function readDigits(text: string): number {
  const two = (at: number): number => Number(text.slice(at, at + 2))
  const [month, day, hour, minute, second] = [two(4), two(6), two(8), two(10), two(12)]
  const date = new Date(0)
  date.setUTCFullYear(Number(text.slice(0, 4)), month - 1, day)
  // Dates that don't exist (30 February) become others
  if (
    date.getUTCMonth() !== month - 1 ||
    date.getUTCDate() !== day ||
    hour > 23 ||
    minute > 59 ||
    second > 59
  )
    throw malformed(inWords && 'a date that does not exist')
  return date.setUTCHours(hour, minute, second)
}

/** For messages: `2026-07-01T00:00:00Z`. */
export function formatTime(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z')
}

/** Whether a period that ends with `last` is over: its unit is the second, and the last one is part of it. */
export const isAfter = (time: number, last: number): boolean => time >= last + 1000
