/** Key exchange on WebCrypto: what the runtime has, in order of preference. Finite fields are nowhere in WebCrypto. */
import {
  freshHybridGroup,
  mlKem768,
  mlKem1024,
  type HybridPart,
  type KeyExchangeGroup,
  type MlKemParameters,
} from '@mortise/crypto'
import { NamedGroup } from '@mortise/wire'
import type { BareKeys } from './bareKeys.ts'
import { curves } from './curves.ts'
import { diffieHellmanGroup, type DiffieHellman } from './diffieHellman.ts'
import type { WebcryptoFeatures } from './features.ts'
import { mlKem } from './mlKem.ts'

/**
 * Hybrids first, since traffic recorded today must stay secret.
 * @param bareKeys gives the groups `fromPrivateKey`; without it they have none
 */
export function webcryptoGroups(
  subtle: SubtleCrypto,
  features: WebcryptoFeatures,
  bareKeys?: BareKeys,
): readonly KeyExchangeGroup[] {
  const groupsOf = (has: boolean, exchange: DiffieHellman): readonly KeyExchangeGroup[] =>
    has
      ? [{ ...diffieHellmanGroup(exchange, subtle), ...bareKeys?.exchange(exchange, subtle, features) }]
      : []
  const kemOf = (parameters: MlKemParameters): HybridPart | undefined => {
    if (!features.has(parameters.name)) return undefined
    const kem = mlKem(parameters, subtle)
    return { ...kem, group: { ...kem.group, ...bareKeys?.kem(parameters, subtle) } }
  }
  const kem768 = kemOf(mlKem768)
  const kem1024 = kemOf(mlKem1024)
  const x25519 = groupsOf(features.has('X25519'), curves.x25519)
  const secp256r1 = groupsOf(features.has('ECDH P-256'), curves.secp256r1)
  const secp384r1 = groupsOf(features.has('ECDH P-384'), curves.secp384r1)
  const part = (
    [group]: readonly KeyExchangeGroup[],
    share: number,
    privateKey: number,
  ): HybridPart | undefined => group && { group, clientShare: share, serverShare: share, privateKey }
  const hybridGroup = bareKeys?.hybrid ?? freshHybridGroup
  const hybrid = (
    group: number,
    name: 'X25519MLKEM768' | 'SecP256r1MLKEM768' | 'SecP384r1MLKEM1024',
    first: HybridPart | undefined,
    second: HybridPart | undefined,
  ): readonly KeyExchangeGroup[] => (first && second ? [hybridGroup({ group, name }, first, second)] : [])
  return [
    ...hybrid(NamedGroup.X25519MLKEM768, 'X25519MLKEM768', kem768, part(x25519, 32, 32)),
    ...x25519,
    ...secp256r1,
    ...secp384r1,
    ...groupsOf(features.has('ECDH P-521'), curves.secp521r1),
    ...groupsOf(features.has('X448'), curves.x448),
    ...hybrid(NamedGroup.SecP256r1MLKEM768, 'SecP256r1MLKEM768', part(secp256r1, 65, 32), kem768),
    ...hybrid(NamedGroup.SecP384r1MLKEM1024, 'SecP384r1MLKEM1024', part(secp384r1, 97, 48), kem1024),
    ...(kem1024 ? [{ group: NamedGroup.MLKEM1024, name: 'MLKEM1024', ...kem1024.group }] : []),
  ]
}
