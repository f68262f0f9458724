import { deflateSync, inflateSync } from 'node:zlib'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { zlib } from './certificateCompression.ts'

const plain = new TextEncoder().encode('certificate '.repeat(500))

afterEach(() => vi.unstubAllGlobals())

describe('zlib', () => {
  it('has the code point of RFC 8879 §3', () => {
    expect(zlib().algorithm).toBe(1)
  })

  it('makes RFC 1950 streams that others can read, and reads theirs', async () => {
    const compressed = await zlib().compress(plain)
    expect(compressed.length).toBeLessThan(plain.length / 10)
    expect(new Uint8Array(inflateSync(compressed))).toEqual(plain)
    expect(await zlib().decompress(new Uint8Array(deflateSync(plain)), plain.length)).toEqual(plain)
  })

  it('gives up as soon as more than the announced length comes out (RFC 8879 §5)', async () => {
    const bomb = new Uint8Array(deflateSync(new Uint8Array(50_000_000)))
    const before = process.memoryUsage().arrayBuffers
    await expect(zlib().decompress(bomb, 1000)).rejects.toThrow('more than 1000 bytes')
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000)
  })

  it.each([
    ['what is no zlib stream', Uint8Array.of(1, 2, 3, 4)],
    ['one that ends too early', new Uint8Array(deflateSync(plain)).subarray(0, -6)],
    ['bytes behind its end', Uint8Array.from([...deflateSync(plain), 0])],
    ['nothing', new Uint8Array(0)],
  ])('refuses %s', async (_, bytes) => {
    await expect(zlib().decompress(bytes, plain.length)).rejects.toBeInstanceOf(Error)
  })

  it('says so when the platform has none', () => {
    vi.stubGlobal('CompressionStream', undefined)
    expect(() => zlib()).toThrow('no CompressionStream')
  })
})
