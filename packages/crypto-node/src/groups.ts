/** Key exchange on node:crypto: what this runtime's OpenSSL (or BoringSSL) has, found by making a key. */
import { getCurves } from 'node:crypto'
import {
  finiteFields,
  hybridGroup,
  mlKem768,
  mlKem1024,
  type ApprovalStatus,
  type HybridPart,
  type KeyExchangeGroup,
} from '@mortise/crypto'
import { NamedGroup } from '@mortise/wire'
import type { Approval } from './approval.ts'
import { diffieHellmanGroup } from './diffieHellman.ts'
import { finiteField } from './finiteField.ts'
import { nodeMlKem } from './mlKem.ts'
import { generateMontgomeryKeys, montgomery } from './montgomery.ts'
import { weierstrass } from './weierstrass.ts'

/** In order of preference; hybrids first, since traffic recorded today must stay secret. */
export function nodeGroups(approval: Approval): readonly KeyExchangeGroup[] {
  const kem768 = nodeMlKem(mlKem768, approval(true))
  const kem1024 = nodeMlKem(mlKem1024, approval(true))
  const x25519 = montgomeryGroups('x25519', 32, approval(false))
  const secp256r1 = weierstrassGroups('secp256r1', 'prime256v1', 32, approval(true))
  const secp384r1 = weierstrassGroups('secp384r1', 'secp384r1', 48, approval(true))
  return [
    ...hybrid('X25519MLKEM768', kem768, part(x25519, 32, 32)),
    ...x25519,
    ...secp256r1,
    ...secp384r1,
    ...weierstrassGroups('secp521r1', 'secp521r1', 66, approval(true)),
    ...montgomeryGroups('x448', 56, approval(false)),
    ...hybrid('SecP256r1MLKEM768', part(secp256r1, 65, 32), kem768),
    ...hybrid('SecP384r1MLKEM1024', part(secp384r1, 97, 48), kem1024),
    ...(kem1024 ? [{ group: NamedGroup.MLKEM1024, name: 'MLKEM1024', ...kem1024.group }] : []),
    ...finiteFields().map((field) => diffieHellmanGroup(field.name, finiteField(field), approval(true))),
  ]
}

/** None or one. */
function weierstrassGroups(
  name: 'secp256r1' | 'secp384r1' | 'secp521r1',
  curve: Parameters<typeof weierstrass>[0],
  length: number,
  approval: ApprovalStatus,
): readonly KeyExchangeGroup[] {
  return getCurves().includes(curve) ? [diffieHellmanGroup(name, weierstrass(curve, length), approval)] : []
}

/** None or one. */
function montgomeryGroups(
  curve: 'x25519' | 'x448',
  length: number,
  approval: ApprovalStatus,
): readonly KeyExchangeGroup[] {
  try {
    generateMontgomeryKeys(curve)
    return [diffieHellmanGroup(curve, montgomery(curve, length), approval)]
  } catch {
    return []
  }
}

function part(
  [group]: readonly KeyExchangeGroup[],
  share: number,
  privateKey: number,
): HybridPart | undefined {
  return group && { group, clientShare: share, serverShare: share, privateKey }
}

function hybrid(
  name: 'X25519MLKEM768' | 'SecP256r1MLKEM768' | 'SecP384r1MLKEM1024',
  first: HybridPart | undefined,
  second: HybridPart | undefined,
): readonly KeyExchangeGroup[] {
  return first && second ? [hybridGroup({ group: NamedGroup[name], name }, first, second)] : []
}
