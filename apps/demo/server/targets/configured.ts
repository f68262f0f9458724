/** Targets that the environment names: `DEMO_POSTGRES=db.example:5432`, and `DEMO_POSTGRES_CA=/path/ca.pem` to verify it. */
import { readFileSync } from 'node:fs'
import { certificatesFromPem } from '@mortise/tls'

export interface ConfiguredTarget {
  readonly name: 'postgres'
  readonly host: string
  readonly port: number
  /** DER; none: the page says that it verifies nobody. */
  readonly anchors: readonly Uint8Array[]
}

const defaultPort = 5432

/** @throws Error for an address or a file that can't be read */
export function configuredTargets(
  environment: Readonly<Record<string, string | undefined>>,
): readonly ConfiguredTarget[] {
  const { DEMO_POSTGRES: address, DEMO_POSTGRES_CA: ca } = environment
  if (address === undefined || address === '') return []
  const { hostname, port } = parseAddress(address)
  return [
    {
      name: 'postgres',
      host: hostname.replace(/^\[(.*)\]$/, '$1'),
      port: port === '' ? defaultPort : Number(port),
      anchors: ca === undefined ? [] : certificatesFromPem(readFileSync(ca, 'utf8')),
    },
  ]
}

function parseAddress(address: string): URL {
  try {
    return new URL(`tcp://${address}`)
  } catch (cause) {
    throw new Error(`DEMO_POSTGRES=${address} is no host:port`, { cause })
  }
}
