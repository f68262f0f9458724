/** Certificate compression by what the platform has (RFC 8879). */
import type { CertificateCompression } from '@mortise/handshake'
import { CertificateCompressionAlgorithm, concat, equalBytes, inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'

/** Bytes of a CompressedCertificate beside what was compressed: algorithm and two lengths (RFC 8879 §4). */
const overhead = 8

/**
 * zlib, of the platform's CompressionStream, for `compressedCertificates`.
 * @throws TlsError `ERR_TLS_CONFIG` if the platform has none
 */
export function zlib(): CertificateCompression {
  const platform = ofPlatform(CertificateCompressionAlgorithm.zlib, 'deflate')
  return {
    ...platform,
    decompress: async (bytes, length) => {
      const plain = await platform.decompress(bytes, length)
      // Node 20 takes bytes behind the end for nothing; the checksum must stand last (RFC 1950 §2.2)
      if (!equalBytes(bytes.subarray(-4), adler32(plain))) throw new RangeError('bytes behind the end')
      return plain
    },
  }
}

/** RFC 1950 §8.2, big-endian. */
function adler32(bytes: Uint8Array): Uint8Array {
  let [a, b] = [1, 0]
  for (const byte of bytes) {
    a = (a + byte) % 65_521
    b = (b + a) % 65_521
  }
  return Uint8Array.of(b >> 8, b, a >> 8, a)
}

/** As `zlib`. Only the newest platforms have it. @throws TlsError `ERR_TLS_CONFIG` if this one does not */
export function brotli(): CertificateCompression {
  return ofPlatform(CertificateCompressionAlgorithm.brotli, 'brotli')
}

/** As `brotli`. */
export function zstd(): CertificateCompression {
  return ofPlatform(CertificateCompressionAlgorithm.zstd, 'zstd')
}

function ofPlatform(algorithm: number, name: 'deflate' | 'brotli' | 'zstd'): CertificateCompression {
  // The types know fewer formats than the newest platforms
  const format = name as CompressionFormat
  try {
    void new DecompressionStream(format)
  } catch (cause) {
    throw new TlsError(faults.ERR_TLS_CONFIG, {
      detail: inWords && `this platform has no CompressionStream for ${name}`,
      cause,
    })
  }
  return {
    algorithm,
    compress: async (bytes) => {
      const compressed = await pass(bytes, new CompressionStream(format), Number.MAX_SAFE_INTEGER)
      return compressed.length + overhead < bytes.length ? compressed : undefined
    },
    decompress: (bytes, length) => pass(bytes, new DecompressionStream(format), length),
  }
}

/** @param limit bytes that may come out; the stream is given up at the first chunk beyond it */
async function pass(
  bytes: Uint8Array,
  { readable, writable }: CompressionStream | DecompressionStream,
  limit: number,
): Promise<Uint8Array> {
  const writer = writable.getWriter()
  const reader: ReadableStreamDefaultReader<Uint8Array> = readable.getReader()
  // What goes wrong here is seen by the reader as well; a copy, since the types want a buffer that is not shared
  writer.write(Uint8Array.from(bytes)).catch(ignore)
  writer.close().catch(ignore)
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return concat(...chunks)
    length += value.length
    if (length > limit) {
      reader.cancel().catch(ignore)
      throw new RangeError(`more than ${limit} bytes come out`)
    }
    chunks.push(value)
  }
}

function ignore(): void {}
