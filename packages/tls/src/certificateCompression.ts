/** Certificate compression by what the platform has (RFC 8879). */
import type { CertificateCompression } from '@mortise/handshake'
import { CertificateCompressionAlgorithm, concat, TlsError } from '@mortise/wire'

/** Bytes of a CompressedCertificate beside what was compressed: algorithm and two lengths (RFC 8879 §4). */
const overhead = 8

/**
 * zlib, of the platform's CompressionStream, for the option `certificateCompression`.
 * @throws TlsError `ERR_TLS_CONFIG` if the platform has none
 */
export function zlib(): CertificateCompression {
  if (typeof CompressionStream === 'undefined')
    throw new TlsError('ERR_TLS_CONFIG', { detail: 'this platform has no CompressionStream' })
  return {
    algorithm: CertificateCompressionAlgorithm.zlib,
    compress: async (bytes) => {
      const compressed = await pass(bytes, new CompressionStream('deflate'), Number.MAX_SAFE_INTEGER)
      return compressed.length + overhead < bytes.length ? compressed : undefined
    },
    decompress: (bytes, length) => pass(bytes, new DecompressionStream('deflate'), length),
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
