/** As much of the NIST curves as it takes to make wrong points: y^2 = x^3 - 3x + b (FIPS 186-5, SP 800-186 §3.2.1). */

export interface WeierstrassCurve {
  readonly name: 'secp256r1' | 'secp384r1' | 'secp521r1'
  /** Of a coordinate, in bytes. */
  readonly length: number
  /** Each is 3 modulo 4. */
  readonly prime: bigint
  readonly b: bigint
}

export const weierstrassCurves: Readonly<Record<WeierstrassCurve['name'], WeierstrassCurve>> = {
  secp256r1: {
    name: 'secp256r1',
    length: 32,
    prime: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  secp384r1: {
    name: 'secp384r1',
    length: 48,
    prime: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  },
  secp521r1: {
    name: 'secp521r1',
    length: 66,
    prime: 2n ** 521n - 1n,
    b: 0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  },
}

export function isOnCurve({ prime, b }: WeierstrassCurve, x: bigint, y: bigint): boolean {
  return (y * y - (x * x * x - 3n * x + b)) % prime === 0n
}

/** A y of that x, or `undefined` if there is none. */
export function squareRoot(curve: WeierstrassCurve, x: bigint): bigint | undefined {
  const { prime, b } = curve
  const square = (((x * x * x - 3n * x + b) % prime) + prime) % prime
  const y = power(square, (prime + 1n) / 4n, prime)
  return isOnCurve(curve, x, y) ? y : undefined
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  for (let bit = base, rest = exponent; rest > 0n; rest >>= 1n, bit = (bit * bit) % modulus)
    if (rest & 1n) result = (result * bit) % modulus
  return result
}
