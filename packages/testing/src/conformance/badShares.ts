/** Key shares that must be refused, for each kind of group (RFC 9846 §4.3.8.1, §4.3.8.2, §7.4.2; FIPS 203 §7.2). */
import {
  finiteFields,
  fromBigInt,
  mlKem768,
  mlKem1024,
  toBigInt,
  type MlKemParameters,
} from '@mortise/crypto'
import { concat } from '@mortise/wire'
import { isOnCurve, squareRoot, weierstrassCurves, type WeierstrassCurve } from './weierstrass.ts'

export interface BadShare {
  readonly what: string
  readonly share: Uint8Array
}

export type Sender = 'client' | 'server'

/** One of the algorithms that a group is made of; lengths in bytes. */
export interface SharePart {
  readonly clientLength: number
  readonly serverLength: number
  readonly secretLength: number
  /** Shares of the right length that are wrong nevertheless, by who sends them, made of a good one. */
  readonly bad: (sender: Sender, good: Uint8Array) => readonly BadShare[]
  /** Whether a changed server share still gives a secret, another one (implicit rejection of FIPS 203 §6.3). */
  readonly rejectsImplicitly: boolean
}

/** The parts of a group, in the order in which its shares are concatenated; `undefined` for a group not known here. */
export function sharePartsOf(group: string): readonly SharePart[] | undefined {
  const field = finiteFields().find(({ name }) => name === group)
  if (field) return [finiteField(field.length, field.prime)]
  switch (group) {
    case 'x25519':
    case 'x448':
      return [montgomery(group)]
    case 'secp256r1':
    case 'secp384r1':
    case 'secp521r1':
      return [weierstrass(weierstrassCurves[group])]
    case 'MLKEM768':
      return [mlKem(mlKem768)]
    case 'MLKEM1024':
      return [mlKem(mlKem1024)]
    case 'X25519MLKEM768':
      return [mlKem(mlKem768), montgomery('x25519')]
    case 'SecP256r1MLKEM768':
      return [weierstrass(weierstrassCurves.secp256r1), mlKem(mlKem768)]
    case 'SecP384r1MLKEM1024':
      return [weierstrass(weierstrassCurves.secp384r1), mlKem(mlKem1024)]
    default:
      return undefined
  }
}

/** Every bad share of a group: one part bad and the rest good, and all wrong lengths. */
export function badShares(
  parts: readonly SharePart[],
  sender: Sender,
  good: Uint8Array,
): readonly BadShare[] {
  let offset = 0
  const badParts = parts.flatMap((part) => {
    const start = offset
    offset += sender === 'client' ? part.clientLength : part.serverLength
    const end = offset
    return part.bad(sender, good.slice(start, end)).map(({ what, share }) => ({
      what,
      share: concat(good.slice(0, start), share, good.slice(end)),
    }))
  })
  return [...badParts, ...wrongLengths(good)]
}

function wrongLengths(good: Uint8Array): readonly BadShare[] {
  const zero = Uint8Array.of(0)
  return [
    { what: 'an empty share', share: new Uint8Array(0) },
    { what: 'a share of one byte', share: good.slice(0, 1) },
    { what: 'a share without its last byte', share: good.slice(0, -1) },
    { what: 'a share without its first byte', share: good.slice(1) },
    { what: 'a share with a zero behind', share: concat(good, zero) },
    { what: 'a share with a zero in front', share: concat(zero, good) },
    { what: 'half a share', share: good.slice(0, good.length >> 1) },
    { what: 'a share twice', share: concat(good, good) },
  ]
}

/** What gives an all-zero secret: u of order 1, 2, 4 or 8 on the curve or its twist (RFC 7748 §6). */
const lowOrder = {
  x25519: {
    length: 32,
    prime: 2n ** 255n - 19n,
    others: [
      0x00b8495f16056286fdb1329ceb8d09da6ac49ff1fae35616aeb8413b7c7aebe0n,
      0x57119fd0dd4e22d8868e1c58c45c44045bef839c55b1d0b1248c50a3bc959c5fn,
    ],
  },
  x448: { length: 56, prime: 2n ** 448n - 2n ** 224n - 1n, others: [] },
} as const

function montgomery(curve: keyof typeof lowOrder): SharePart {
  const { length, prime, others } = lowOrder[curve]
  const points = [0n, 1n, prime - 1n, prime, prime + 1n, ...others]
  const share = (u: bigint): Uint8Array => fromBigInt(u, length).toReversed()
  return {
    clientLength: length,
    serverLength: length,
    secretLength: length,
    rejectsImplicitly: false,
    bad: () => [
      ...points.map((u) => ({
        what: `a ${curve} share of low order, u = 0x${u.toString(16)}`,
        share: share(u),
      })),
      // X25519 ignores the highest bit (RFC 7748 §5), so these are the same points
      ...(curve === 'x25519' ? points : []).map((u) => ({
        what: `an x25519 share of low order with the highest bit set, u = 0x${u.toString(16)}`,
        share: share(u + 2n ** 255n),
      })),
    ],
  }
}

function weierstrass(curve: WeierstrassCurve): SharePart {
  const { name, length, prime } = curve
  const point = (format: number, x: bigint, y: bigint): Uint8Array =>
    concat(Uint8Array.of(format), fromBigInt(x, length), fromBigInt(y, length))
  const fits = (value: bigint): boolean => value < 2n ** BigInt(8 * length)
  return {
    clientLength: 1 + 2 * length,
    serverLength: 1 + 2 * length,
    secretLength: length,
    rejectsImplicitly: false,
    bad: (_, good) => {
      const x = toBigInt(good.slice(1, 1 + length))
      const y = toBigInt(good.slice(1 + length))
      const [smallX, itsY] = smallPoint(curve)
      return [
        { what: `a point off ${name}: y + 1`, share: point(4, x, (y + 1n) % prime) },
        { what: `a point off ${name}: x + 1`, share: point(4, ...offCurve(curve, x, y)) },
        { what: `a point off ${name}: the origin`, share: point(4, 0n, 0n) },
        { what: `a point off ${name}: x and y exchanged`, share: point(4, y, x) },
        { what: `a point of ${name} with format 0`, share: point(0, x, y) },
        { what: 'infinity padded with zeros', share: point(0, 0n, 0n) },
        { what: 'a compressed point padded to the full length', share: point(2 + Number(y & 1n), x, 0n) },
        { what: `a hybrid point of ${name}, format 6 or 7`, share: point(6 + Number(y & 1n), x, y) },
        { what: 'format 5', share: point(5, x, y) },
        { what: 'format 255', share: point(255, x, y) },
        { what: 'coordinates of all ones', share: good.map((byte, i) => (i === 0 ? byte : 0xff)) },
        { what: `x = p of ${name}`, share: point(4, prime, y) },
        { what: `y = p of ${name}`, share: point(4, x, prime) },
        ...(fits(smallX + prime)
          ? [{ what: `an unreduced x of ${name}`, share: point(4, smallX + prime, itsY) }]
          : []),
        ...(fits(y + prime) ? [{ what: `an unreduced y of ${name}`, share: point(4, x, y + prime) }] : []),
        {
          what: `a compressed point of ${name}`,
          share: point(2 + Number(y & 1n), x, y).slice(0, 1 + length),
        },
        { what: 'infinity', share: Uint8Array.of(0) },
      ]
    },
  }
}

/** A point of the curve with a small x, so that x + p may fit into its bytes. */
function smallPoint(curve: WeierstrassCurve): readonly [x: bigint, y: bigint] {
  for (let x = 1n; ; x++) {
    const y = squareRoot(curve, x)
    if (y !== undefined) return [x, y]
  }
}

function offCurve(curve: WeierstrassCurve, x: bigint, y: bigint): readonly [x: bigint, y: bigint] {
  for (let other = (x + 1n) % curve.prime; ; other++) if (!isOnCurve(curve, other, y)) return [other, y]
}

function finiteField(length: number, prime: () => bigint): SharePart {
  return {
    clientLength: length,
    serverLength: length,
    secretLength: length,
    rejectsImplicitly: false,
    bad: () => [
      { what: 'the share 0', share: fromBigInt(0n, length) },
      { what: 'the share 1', share: fromBigInt(1n, length) },
      { what: 'the share p - 1', share: fromBigInt(prime() - 1n, length) },
      { what: 'the share p', share: fromBigInt(prime(), length) },
      { what: 'the share p + 1', share: fromBigInt(prime() + 1n, length) },
      { what: 'a share of all ones', share: new Uint8Array(length).fill(0xff) },
    ],
  }
}

const q = 3329

const mlKem = ({ encapsulationKey, ciphertext }: MlKemParameters): SharePart => ({
  clientLength: encapsulationKey,
  serverLength: ciphertext,
  secretLength: 32,
  rejectsImplicitly: true,
  bad: (sender, good) =>
    sender === 'server'
      ? [] // any ciphertext of the right length gives a secret
      : [
          { what: 'an ML-KEM key whose first coefficient is q', share: withCoefficient(good, 0, q) },
          { what: 'an ML-KEM key whose first coefficient is 4095', share: withCoefficient(good, 0, 4095) },
          { what: 'an ML-KEM key whose second coefficient is q', share: withCoefficient(good, 1, q) },
          {
            what: 'an ML-KEM key with an unreduced coefficient in the middle',
            share: withCoefficient(good, 400, q + 1),
          },
          {
            what: 'an ML-KEM key whose last coefficient is q',
            share: withCoefficient(good, (encapsulationKey - 32) / 1.5 - 1, q),
          },
          { what: 'an ML-KEM key of all ones', share: new Uint8Array(good.length).fill(0xff) },
        ],
})

/** Coefficients have 12 bits, the lowest first (FIPS 203 §4.2.1). */
function withCoefficient(key: Uint8Array, index: number, value: number): Uint8Array {
  const copy = key.slice()
  const at = Math.floor(index / 2) * 3
  const [low, middle, high] = [copy[at] ?? 0, copy[at + 1] ?? 0, copy[at + 2] ?? 0]
  copy.set(
    index % 2 === 0
      ? [value & 0xff, (middle & 0xf0) | (value >> 8), high]
      : [low, (middle & 0x0f) | ((value & 0x0f) << 4), value >> 4],
    at,
  )
  return copy
}
