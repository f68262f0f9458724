/** Key exchange on WebCrypto: what the runtime has, in order of preference. Finite fields are nowhere in WebCrypto. */
import { hybridGroup, mlKem768, mlKem1024, type HybridPart, type KeyExchangeGroup } from '@mortise/crypto'
import { NamedGroup } from '@mortise/wire'
import { curves } from './curves.ts'
import { diffieHellmanGroup, type DiffieHellman } from './diffieHellman.ts'
import type { WebcryptoFeatures } from './features.ts'
import { mlKem } from './mlKem.ts'

/** Hybrids first, since traffic recorded today must stay secret. */
export function webcryptoGroups(
  subtle: SubtleCrypto,
  features: WebcryptoFeatures,
): readonly KeyExchangeGroup[] {
  const bareKeys = features.has('bare EC keys')
  const groupsOf = (has: boolean, exchange: DiffieHellman): readonly KeyExchangeGroup[] =>
    has ? [diffieHellmanGroup(exchange, subtle, { bareKeys })] : []
  const kem768 = features.has('ML-KEM-768') ? mlKem(mlKem768, subtle) : undefined
  const kem1024 = features.has('ML-KEM-1024') ? mlKem(mlKem1024, subtle) : undefined
  const x25519 = groupsOf(features.has('X25519'), curves.x25519)
  const secp256r1 = groupsOf(features.has('ECDH P-256'), curves.secp256r1)
  const secp384r1 = groupsOf(features.has('ECDH P-384'), curves.secp384r1)
  const part = (
    [group]: readonly KeyExchangeGroup[],
    share: number,
    privateKey: number,
  ): HybridPart | undefined => group && { group, clientShare: share, serverShare: share, privateKey }
  return [
    ...hybrid('X25519MLKEM768', kem768, part(x25519, 32, 32)),
    ...x25519,
    ...secp256r1,
    ...secp384r1,
    ...groupsOf(features.has('ECDH P-521'), curves.secp521r1),
    ...groupsOf(features.has('X448'), curves.x448),
    ...hybrid('SecP256r1MLKEM768', part(secp256r1, 65, 32), kem768),
    ...hybrid('SecP384r1MLKEM1024', part(secp384r1, 97, 48), kem1024),
    ...(kem1024 ? [{ group: NamedGroup.MLKEM1024, name: 'MLKEM1024', ...kem1024.group }] : []),
  ]
}

function hybrid(
  name: 'X25519MLKEM768' | 'SecP256r1MLKEM768' | 'SecP384r1MLKEM1024',
  first: HybridPart | undefined,
  second: HybridPart | undefined,
): readonly KeyExchangeGroup[] {
  return first && second ? [hybridGroup({ group: NamedGroup[name], name }, first, second)] : []
}
