/** The code points of `certificateCompressionAlgorithm.ts`, a constant each, so that a bundler puts in the number and leaves out the name. */

export const zlib = 1
export const brotli = 2
export const zstd = 3
