/** The runner's toy algorithms of certificate compression. */
import { randomBytes } from 'node:crypto'
import {
  compressedCertificates,
  type CertificateCompression,
  type CompressedCertificates,
} from '@mortise/handshake'
import { concat } from '@mortise/wire'
import type { Flags } from './flags.ts'

/** Drops what every Certificate of its begins with. */
const shrinking = prefixed(0xff01, Uint8Array.of(0, 0))

const expandingPrefix = Uint8Array.of(1, 2, 3, 4)

const algorithms: readonly CertificateCompression[] = [
  {
    algorithm: 0xff02,
    compress: (bytes) => concat(expandingPrefix, bytes),
    decompress: (bytes) => withoutPrefix(bytes, expandingPrefix),
  },
  shrinking,
  {
    algorithm: 0xff03,
    compress: (bytes) => concat(new Uint8Array(randomBytes(1)), bytes),
    decompress: (bytes) => bytes.subarray(1),
  },
]

export function certificateCompression(flags: Flags): CompressedCertificates {
  const one = flags['install-one-cert-compression-alg']
  return compressedCertificates(
    flags['install-cert-compression-algs']
      ? algorithms
      : algorithms.filter(({ algorithm }) => algorithm === one),
  )
}

function prefixed(algorithm: number, prefix: Uint8Array): CertificateCompression {
  return {
    algorithm,
    compress: (bytes) => withoutPrefix(bytes, prefix),
    decompress: (bytes) => concat(prefix, bytes),
  }
}

function withoutPrefix(bytes: Uint8Array, prefix: Uint8Array): Uint8Array {
  if (prefix.some((byte, i) => byte !== bytes[i])) throw new Error('the prefix is missing')
  return bytes.subarray(prefix.length)
}
