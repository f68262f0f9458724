/** Key exchange: @noble/curves, @noble/post-quantum, and finite fields by BigInt. */
import { x25519 } from '@noble/curves/ed25519.js'
import { x448 } from '@noble/curves/ed448.js'
import { p256, p384, p521 } from '@noble/curves/nist.js'
import {
  finiteFields,
  fromBigInt,
  hybridGroup,
  mlKem768,
  mlKem1024,
  readFiniteFieldShare,
  toBigInt,
  type FiniteField,
  type KeyExchangeGroup,
} from '@mortise/crypto'
import { NamedGroup } from '@mortise/wire'
import { pow } from 'micro-rsa-dsa-dh/utils.js'
import { diffieHellmanGroup, type DiffieHellman } from './diffieHellman.ts'
import { nobleMlKem } from './mlKem.ts'
import type { Random } from './random.ts'

/** In order of preference; hybrids first, since traffic recorded today must stay secret. */
export function nobleGroups(random: Random): readonly KeyExchangeGroup[] {
  const x25519Group = diffieHellmanGroup('x25519', NamedGroup.x25519, montgomery(x25519, random))
  const p256Group = diffieHellmanGroup('secp256r1', NamedGroup.secp256r1, weierstrass(p256, random))
  const p384Group = diffieHellmanGroup('secp384r1', NamedGroup.secp384r1, weierstrass(p384, random))
  const kem768 = nobleMlKem(mlKem768, random)
  const kem1024 = nobleMlKem(mlKem1024, random)
  return [
    hybridGroup({ group: NamedGroup.X25519MLKEM768, name: 'X25519MLKEM768' }, kem768, {
      group: x25519Group,
      clientShare: 32,
      serverShare: 32,
      privateKey: 32,
    }),
    x25519Group,
    p256Group,
    p384Group,
    diffieHellmanGroup('secp521r1', NamedGroup.secp521r1, weierstrass(p521, random)),
    diffieHellmanGroup('x448', NamedGroup.x448, montgomery(x448, random)),
    hybridGroup(
      { group: NamedGroup.SecP256r1MLKEM768, name: 'SecP256r1MLKEM768' },
      { group: p256Group, clientShare: 65, serverShare: 65, privateKey: 32 },
      kem768,
    ),
    hybridGroup(
      { group: NamedGroup.SecP384r1MLKEM1024, name: 'SecP384r1MLKEM1024' },
      { group: p384Group, clientShare: 97, serverShare: 97, privateKey: 48 },
      kem1024,
    ),
    { group: NamedGroup.MLKEM1024, name: 'MLKEM1024', ...kem1024.group },
    ...finiteFields().map((field) => diffieHellmanGroup(field.name, field.group, finiteField(field, random))),
  ]
}

/** X25519 and X448 (RFC 7748). noble refuses shares of low order, whose secret would be zero (RFC 9846 §7.4.2). */
function montgomery(curve: typeof x25519, random: Random): DiffieHellman {
  const { secretKey, publicKey } = curve.lengths as { secretKey: number; publicKey: number }
  return {
    privateKeyLength: secretKey,
    shareLength: publicKey,
    generate: () => random(secretKey),
    publicKey: (privateKey) => curve.getPublicKey(privateKey),
    sharedSecret: (privateKey, peerShare) => curve.getSharedSecret(privateKey, peerShare),
  }
}

/**
 * NIST curves: uncompressed points only (RFC 9846 §4.3.8.2), which their length already says, and the secret is
 * the x-coordinate (§7.4.2). noble checks that a point is on the curve.
 */
function weierstrass(curve: typeof p256, random: Random): DiffieHellman {
  const { secretKey, publicKeyUncompressed, seed } = curve.lengths as Record<string, number | undefined> & {
    secretKey: number
    publicKeyUncompressed: number
    seed: number
  }
  return {
    privateKeyLength: secretKey,
    shareLength: publicKeyUncompressed,
    generate: () => curve.utils.randomSecretKey(random(seed)),
    publicKey: (privateKey) => curve.getPublicKey(privateKey, false),
    sharedSecret: (privateKey, peerShare) => curve.getSharedSecret(privateKey, peerShare, true).slice(1),
  }
}

/** RFC 7919. The secret is as long as the prime, leading zeros kept (RFC 9846 §7.4.1). */
function finiteField(field: FiniteField, random: Random): DiffieHellman {
  const power = (base: bigint, privateKey: Uint8Array): Uint8Array =>
    fromBigInt(pow(base, toBigInt(privateKey), field.prime()), field.length)
  return {
    privateKeyLength: field.exponentLength,
    shareLength: field.length,
    generate: () => random(field.exponentLength),
    publicKey: (privateKey) => power(2n, privateKey),
    sharedSecret: (privateKey, peerShare) => power(readFiniteFieldShare(field, peerShare), privateKey),
  }
}
