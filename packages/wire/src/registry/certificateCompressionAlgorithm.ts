import { nameOf, type CodePoint } from './nameOf.ts'

/** RFC 8879 §3. */
export const CertificateCompressionAlgorithm = {
  zlib: 1,
  brotli: 2,
  zstd: 3,
} as const

export type CertificateCompressionAlgorithm = CodePoint<typeof CertificateCompressionAlgorithm>

/** `zlib`, or the number in hexadecimal. */
export const certificateCompressionAlgorithmName: (value: number) => string = /* @__PURE__ */ nameOf(
  CertificateCompressionAlgorithm,
  4,
)
