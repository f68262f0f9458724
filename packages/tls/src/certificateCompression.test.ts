import { fromHex, isTlsError } from '@mortise/wire'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { brotli, zlib, zstd } from './certificateCompression.ts'

const plain = new TextEncoder().encode('certificate '.repeat(500))
/** The same, compressed by zlib itself. */
const byOthers = fromHex(
  '789cedc6c10900200c04b0555c4d8e0afd4af7c71d7c27afa4eef4e9eca9157777777777777777777777fffa034aea0ee4',
)

/** Counts the bytes that come out of DecompressionStreams from now on. */
function countOutput(): () => number {
  let count = 0
  const Real = DecompressionStream
  vi.stubGlobal('DecompressionStream', function Counting(format: 'deflate') {
    const { readable, writable } = new Real(format)
    const counting = new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        count += chunk.length
        controller.enqueue(chunk)
      },
    })
    return { readable: readable.pipeThrough(counting), writable }
  })
  return () => count
}

async function compressedBy(bytes: Uint8Array): Promise<Uint8Array> {
  const compressed = await zlib().compress(bytes)
  if (!compressed) throw new Error('not compressed')
  return compressed
}

afterEach(() => vi.unstubAllGlobals())

describe('zlib', () => {
  it('has the code point of RFC 8879 §3', () => {
    expect(zlib().algorithm).toBe(1)
  })

  it('makes RFC 1950 streams that others can read, and reads theirs', async () => {
    const compressed = await compressedBy(plain)
    expect(compressed.length).toBeLessThan(plain.length / 10)
    // CM 8, a header that 31 divides, and the Adler-32 of what was compressed (RFC 1950 §2.2)
    const header = new DataView(compressed.buffer, compressed.byteOffset).getUint16(0)
    expect([(header >> 8) & 0xf, header % 31]).toEqual([8, 0])
    expect(compressed.slice(-4)).toEqual(fromHex('4aea0ee4'))
    expect(await zlib().decompress(compressed, plain.length)).toEqual(plain)
    expect(await zlib().decompress(byOthers, plain.length)).toEqual(plain)
  })

  it('gives up as soon as more than the announced length comes out (RFC 8879 §5)', async () => {
    const bomb = await compressedBy(new Uint8Array(50_000_000))
    const came = countOutput()
    await expect(zlib().decompress(bomb, 1000)).rejects.toThrow('more than 1000 bytes')
    expect(came()).toBeGreaterThan(1000)
    expect(came()).toBeLessThan(10_000_000)
  })

  it.each([
    ['what is no zlib stream', Uint8Array.of(1, 2, 3, 4)],
    ['one that ends too early', byOthers.subarray(0, -6)],
    ['bytes behind its end', Uint8Array.from([...byOthers, 0])],
    ['nothing', new Uint8Array(0)],
  ])('refuses %s', async (_, bytes) => {
    await expect(zlib().decompress(bytes, plain.length)).rejects.toBeInstanceOf(Error)
  })

  it('leaves as it is what would not become shorter, the rest of the message counted', async () => {
    const random = crypto.getRandomValues(new Uint8Array(200))
    expect(await zlib().compress(random)).toBeUndefined()
    expect(await zlib().compress(Uint8Array.of(1))).toBeUndefined()
  })

  it('says so when the platform has none', () => {
    vi.stubGlobal('DecompressionStream', undefined)
    expect(() => zlib()).toThrow('no CompressionStream')
  })
})

describe.each([
  ['brotli', brotli, 2],
  ['zstd', zstd, 3],
] as const)('%s', (name, make, algorithm) => {
  const has = (): boolean => {
    try {
      return new DecompressionStream(name as CompressionFormat) instanceof DecompressionStream
    } catch {
      return false
    }
  }

  it('works where the platform has it, and says so where it does not', async () => {
    const attempt = async (): Promise<readonly unknown[]> => {
      const compression = make()
      const compressed = (await compression.compress(plain)) ?? new Uint8Array(0)
      // Caught at once: it may fail while the other is under way
      const tooLong = Promise.resolve(compression.decompress(compressed, plain.length - 1)).catch(
        (error: unknown) => error instanceof RangeError,
      )
      return [compression.algorithm, await compression.decompress(compressed, plain.length), await tooLong]
    }
    const result = await attempt().catch((error: unknown) => isTlsError(error) && error.code)
    expect(result).toEqual(has() ? [algorithm, plain, true] : 'ERR_TLS_CONFIG')
  })
})
