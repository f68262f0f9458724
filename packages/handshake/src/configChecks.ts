/** What can be said of an option by itself. Each check answers with the option, or throws TlsError `ERR_TLS_CONFIG`. */
import { inWords, PskKeyExchangeMode, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import type { TicketOptions } from './options.ts'
import type { ExternalPreSharedKey } from './preSharedKey/preSharedKey.ts'
import { maxTicketLifetime } from './preSharedKey/session.ts'

export function checkNumber(name: string, value: number, min: number, max: number): number {
  if (!(Number.isInteger(value) && value >= min && value <= max))
    throw refused(inWords && `${name} ${value}, allowed ${min} to ${max}`)
  return value
}

/** Values that carry the code of a feature: plain JavaScript may have passed what they are made of. */
export function checkMade(values: Readonly<Record<string, boolean>>): void {
  for (const [name, made] of Object.entries(values))
    if (!made) throw refused(inWords && `${name} is not what the function for it makes`)
}

/** Of what there must be at least one, and none twice. */
export function checkList<T>(name: string, items: readonly T[]): readonly T[] {
  if (items.length === 0 || new Set(items).size !== items.length)
    throw refused(inWords && `${name} is empty, or has something twice`)
  return items
}

export function checkAlpn(protocols: readonly string[]): readonly string[] {
  for (const protocol of protocols)
    if (!/^[\u0000-\u00ff]{1,255}$/u.test(protocol))
      throw refused(inWords && `ALPN protocol ${JSON.stringify(protocol)} is not 1 to 255 bytes`)
  return protocols
}

/** RFC 8449 §4: at least 64, and TLS 1.3 allows no more than 2^14 + 1. */
export function checkRecordSizeLimit(limit: number | undefined): number | undefined {
  return limit === undefined ? undefined : checkNumber('recordSizeLimit', limit, 64, 16_385)
}

export function checkKeyExchangeModes(modes: readonly number[]): readonly number[] {
  const { psk_ke: pskKe, psk_dhe_ke: pskDheKe } = PskKeyExchangeMode
  const wrong = modes.find((mode) => mode !== pskKe && mode !== pskDheKe)
  if (wrong !== undefined) throw refused(inWords && `pskKeyExchangeModes: ${wrong} is unknown`)
  return checkList('pskKeyExchangeModes', modes)
}

export function checkPreSharedKeys(keys: readonly ExternalPreSharedKey[]): readonly ExternalPreSharedKey[] {
  for (const { identity, key } of keys) {
    checkNumber('length of a pre-shared key’s identity', identity.length, 1, 0xffff)
    checkNumber('length of a pre-shared key', key.length, 1, 0xffff)
  }
  return keys
}

/** Their nonces are one byte, so that there are at most 256 (RFC 9846 §4.7.1: each nonce once on a connection). */
export function checkTickets(tickets: TicketOptions): TicketOptions {
  const { count, lifetime, earlyData } = tickets
  if (count !== undefined) checkNumber('tickets.count', count, 0, 256)
  if (lifetime !== undefined) checkNumber('tickets.lifetime', lifetime, 1, maxTicketLifetime)
  if (earlyData) checkNumber('tickets.earlyData.maxSize', earlyData.maxSize, 0, 0xffff_ffff)
  return tickets
}

function refused(detail: string | false): TlsError {
  return new TlsError(faults.ERR_TLS_CONFIG, { detail })
}
