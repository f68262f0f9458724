/**
 * Targets that the environment names: `DEMO_HTTPS=example.org:443` and `DEMO_POSTGRES=db.example:5432`, each with the
 * authority to verify it by, a PEM file in `DEMO_HTTPS_CA` and `DEMO_POSTGRES_CA`.
 */
import { readFileSync } from 'node:fs'
import { certificatesFromPem } from '@mortise/tls'

export interface ConfiguredTarget {
  readonly name: string
  readonly kind: 'https' | 'postgres'
  readonly host: string
  readonly port: number
  /** DER; none: the page says that it verifies nobody. */
  readonly anchors: readonly Uint8Array[]
}

const defaultPorts = { https: 443, postgres: 5432 } as const

/** @throws Error for an address or a file that can't be read */
export function configuredTargets(
  environment: Readonly<Record<string, string | undefined>>,
): readonly ConfiguredTarget[] {
  return (['https', 'postgres'] as const).flatMap((kind) => {
    const variable = `DEMO_${kind.toUpperCase()}`
    const address = environment[variable]
    if (address === undefined || address === '') return []
    const { host, port = defaultPorts[kind] } = parseAddress(variable, address)
    const ca = environment[`${variable}_CA`]
    return [
      {
        name: kind,
        kind,
        host,
        port,
        anchors: ca === undefined ? [] : certificatesFromPem(readFileSync(ca, 'utf8')),
      },
    ]
  })
}

const maxPort = 65_535
const addressPattern = /^(?:\[(?<v6>[\da-f:.]+)\]|(?<host>[^\s:/@?#[\]]+))(?::(?<port>\d{1,5}))?$/i

/** `host`, `host:port` or `[address]:port`, and nothing else. */
function parseAddress(
  variable: string,
  address: string,
): { readonly host: string; readonly port: number | undefined } {
  const { v6, host = v6, port } = addressPattern.exec(address)?.groups ?? {}
  if (host === undefined || Number(port ?? 0) > maxPort)
    throw new Error(`${variable}=${address} is no host:port`)
  return { host, port: port === undefined ? undefined : Number(port) }
}
