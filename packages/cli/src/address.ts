/** Where to connect to, as typed, and where somebody is, as printed. */
import { isIPv6 } from 'node:net'
import { UsageError } from './usage.ts'

export interface Address {
  /** A name, or an address without brackets. */
  readonly host: string
  readonly port: number
}

/** `HOST:PORT`, an IPv6 address in brackets. @throws UsageError */
export function parseAddress(text: string): Address {
  const match = /^(?:\[(?<bracketed>[^\]]+)\]|(?<plain>[^:[\]]+)):(?<port>\d{1,5})$/.exec(text)
  const host = match?.groups?.['bracketed'] ?? match?.groups?.['plain']
  const port = Number(match?.groups?.['port'])
  if (host === undefined || (match?.groups?.['bracketed'] !== undefined && !isIPv6(host)))
    throw new UsageError(`${text} is no HOST:PORT, such as example.org:443 or [::1]:443`)
  if (port < 1 || port > 65_535) throw new UsageError(`${text}: a port is a number from 1 to 65535`)
  return { host, port }
}

export function formatAddress({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
