/** Key exchange on WebCrypto: what the runtime has, in order of preference. Finite fields are nowhere in WebCrypto. */
import { hybridGroup, type HybridPart, type KeyExchangeGroup } from '@mortise/crypto'
import { NamedGroup } from '@mortise/wire'
import { curves } from './curves.ts'
import { diffieHellmanGroup, type DiffieHellman } from './diffieHellman.ts'
import type { WebcryptoFeatures } from './features.ts'
import { mlKem768 } from './mlKem.ts'

/** Hybrids first, since traffic recorded today must stay secret. */
export function webcryptoGroups(
  subtle: SubtleCrypto,
  features: WebcryptoFeatures,
): readonly KeyExchangeGroup[] {
  const bareKeys = features.has('bare EC keys')
  const groupsOf = (has: boolean, exchange: DiffieHellman): readonly KeyExchangeGroup[] =>
    has ? [diffieHellmanGroup(exchange, subtle, { bareKeys })] : []
  const kem = features.has('ML-KEM-768') ? mlKem768(subtle) : undefined
  const x25519 = groupsOf(features.has('X25519'), curves.x25519)
  const secp256r1 = groupsOf(features.has('ECDH P-256'), curves.secp256r1)
  const part = ([group]: readonly KeyExchangeGroup[], share: number): HybridPart | undefined =>
    group && { group, clientShare: share, serverShare: share }
  return [
    ...hybrid('X25519MLKEM768', kem, part(x25519, 32)),
    ...x25519,
    ...secp256r1,
    ...groupsOf(features.has('ECDH P-384'), curves.secp384r1),
    ...groupsOf(features.has('ECDH P-521'), curves.secp521r1),
    ...groupsOf(features.has('X448'), curves.x448),
    ...hybrid('SecP256r1MLKEM768', part(secp256r1, 65), kem),
  ]
}

function hybrid(
  name: 'X25519MLKEM768' | 'SecP256r1MLKEM768',
  first: HybridPart | undefined,
  second: HybridPart | undefined,
): readonly KeyExchangeGroup[] {
  return first && second ? [hybridGroup({ group: NamedGroup[name], name }, first, second)] : []
}
