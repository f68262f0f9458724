/** What was negotiated, by names. */
import type { Connection } from '@mortise/tls/core'
import { cipherSuiteName, namedGroupName, signatureSchemeName } from '@mortise/wire'

type Info = NonNullable<Connection['info']>

export type FactName =
  | 'cipherSuite'
  | 'group'
  | 'peerSignature'
  | 'ownSignature'
  | 'alpn'
  | 'helloRetryRequest'
  | 'resumed'
  | 'earlyData'

/** Those that are not so are left out. */
export function factsOf(info: Omit<Info, 'peer'>): readonly (readonly [FactName, string])[] {
  const scheme = (value: number | undefined): string | undefined =>
    value === undefined ? undefined : signatureSchemeName(value)
  const facts: readonly (readonly [FactName, string | undefined])[] = [
    ['cipherSuite', cipherSuiteName(info.cipherSuite)],
    ['group', info.group === undefined ? undefined : namedGroupName(info.group)],
    ['peerSignature', scheme(info.peerSignatureScheme)],
    ['ownSignature', scheme(info.localSignatureScheme)],
    ['alpn', info.alpn],
    ['helloRetryRequest', info.helloRetryRequest ? '✓' : undefined],
    ['resumed', info.resumed ? '✓' : undefined],
    ['earlyData', info.earlyData ? '✓' : undefined],
  ]
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
}
