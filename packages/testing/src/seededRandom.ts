/**
 * Random bytes that are the same on every run, so that a failing test fails again. Not secure: for tests only.
 * The generator is xoshiro128** (Blackman and Vigna, 2018), which needs nothing but 32-bit integers.
 */
import type { CryptoProvider } from '@mortise/crypto'

/** Bytes that a seed determines. Not for secrets. */
export interface SeededRandom {
  /** `length` bytes. */
  (length: number): Uint8Array
  /** An integer from 0 up to, not including, `limit` (at most 2^32). */
  readonly integer: (limit: number) => number
}

/** The same seed gives the same sequence, on every runtime. */
export function seededRandom(seed: string | number): SeededRandom {
  const next = xoshiro128(stateOf(String(seed)))
  const bytes = (length: number): Uint8Array => {
    const output = new Uint8Array(length)
    for (let at = 0; at < length; at += 4) {
      const word = next()
      for (let i = 0; i < 4 && at + i < length; i++) output[at + i] = word >>> (8 * i)
    }
    return output
  }
  return Object.assign(bytes, { integer: (limit: number) => Math.floor((next() / 2 ** 32) * limit) })
}

/**
 * A provider with another source of `random`. Its key shares and signatures stay random: backends take their own
 * randomness for those.
 */
export function withRandom<Provider extends CryptoProvider>(
  provider: Provider,
  random: (length: number) => Uint8Array,
): Provider {
  return { ...provider, random }
}

function xoshiro128([s0, s1, s2, s3]: readonly [number, number, number, number]): () => number {
  let [a, b, c, d] = [s0, s1, s2, s3]
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9)
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotateLeft(d, 11)
    return result >>> 0
  }
}

/** Four words that depend on every character (FNV-1a with a finisher); never all zero. */
function stateOf(seed: string): readonly [number, number, number, number] {
  const word = (salt: number): number => {
    let hash = 0x811c9dc5 ^ salt
    for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193)
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    return hash ^ (hash >>> 16)
  }
  return [word(1), word(2), word(3), word(4) | 1]
}

function rotateLeft(value: number, count: number): number {
  return (value << count) | (value >>> (32 - count))
}
