import * as codes from './certificateCompressionAlgorithms.ts'
import { nameOf, type CodePoint } from './nameOf.ts'

/** RFC 8879 §3. */
export * as CertificateCompressionAlgorithm from './certificateCompressionAlgorithms.ts'

export type CertificateCompressionAlgorithm = CodePoint<typeof codes>

/** `zlib`, or the number in hexadecimal. */
export const certificateCompressionAlgorithmName: (value: number) => string = /* @__PURE__ */ nameOf(codes, 4)
