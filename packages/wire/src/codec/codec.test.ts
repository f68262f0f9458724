import fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { fromHex, hex } from '../bytes.ts'
import { EncryptedExtensions } from '../messages/encryptedExtensions.ts'
import { CertificateStatusType } from '../registry/certificateStatusType.ts'
import { TlsError } from '../errors/TlsError.ts'
import { annotate } from './annotate.ts'
import type { Codec, Infer } from './codec.ts'
import { decode } from './decode.ts'
import { encode } from './encode.ts'
import { code16, code8, uint16, uint24, uint32, uint64, uint8 } from './numbers.ts'
import { opaque16, opaque24, opaque8, rest } from './opaque.ts'
import { struct, variant } from './struct.ts'
import { asciiText, bytesText } from './text.ts'
import { vector16, vector24, vector8 } from './vector.ts'

describe('RFC 9846 §3.3: numbers are big-endian', () => {
  test.each([
    [uint8, 0xff, 'ff'],
    [uint16, 0x0102, '0102'],
    [uint24, 0x010203, '010203'],
    [uint32, 0xfffefdfc, 'fffefdfc'],
    [code8(String), 7, '07'],
    [code16(String), 7, '0007'],
  ])('$name', (codec: Codec<number>, value, encoded) => {
    expect(hex(encode(codec, value))).toBe(encoded)
    expect(decode(codec, fromHex(encoded))).toBe(value)
  })

  test('uint64 is exact', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 0xffff_ffff_ffff_ffffn }), (value) => {
        expect(decode(uint64, encode(uint64, value))).toBe(value)
      }),
    )
    expect(hex(encode(uint64, 0x0102030405060708n))).toBe('0102030405060708')
    expect(annotate(uint64, fromHex('ffffffffffffffff')).text).toBe('18446744073709551615')
    expect(() => encode(uint64, 1n << 64n)).toThrow(TlsError)
    expect(() => encode(uint64, -1n)).toThrow(TlsError)
  })

  test.each([256, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('%s is no uint8', (value) => {
    expect(() => encode(uint8, value)).toThrow('is no uint8')
  })
})

describe('RFC 9846 §3.4: vectors', () => {
  test('the length has one, two or three bytes, and counts bytes', () => {
    expect(hex(encode(vector8(uint16, 0, 255), [1, 2]))).toBe('0400010002')
    expect(hex(encode(vector16(uint16, 0, 255), [1, 2]))).toBe('000400010002')
    expect(hex(encode(vector24(uint16, 0, 255), [1, 2]))).toBe('00000400010002')
    expect(hex(encode(opaque8(0, 255), fromHex('ab')))).toBe('01ab')
    expect(hex(encode(opaque16(0, 255), fromHex('ab')))).toBe('0001ab')
    expect(hex(encode(opaque24(0, 255), fromHex('ab')))).toBe('000001ab')
  })

  test('an element may not reach beyond its vector, though there are bytes', () => {
    const codec = struct('Two', { list: vector8(uint16, 0, 255), behind: rest })
    expect(() => decode(codec, fromHex('03 0001 02 0304'))).toThrow('Two.list[1]: 2 bytes needed, 1 there')
  })

  test('what is behind a vector is read as if nothing had been before it', () => {
    const codec = struct('Two', { list: vector8(vector8(uint8, 0, 9), 0, 255), behind: rest })
    expect(decode(codec, fromHex('05 01aa 02bbcc dd'))).toEqual({
      list: [[0xaa], [0xbb, 0xcc]],
      behind: Uint8Array.of(0xdd),
    })
  })

  test('growing beyond the first buffer loses nothing', () => {
    const bytes = Uint8Array.from({ length: 5000 }, (_, i) => i & 0xff)
    const codec = vector16(opaque16(0, 0xffff), 0, 0xffff)
    expect(decode(codec, encode(codec, [bytes, bytes]))).toEqual([bytes, bytes])
  })
})

describe('structs', () => {
  const Pair = struct('Pair', { first: uint8, second: opaque8(1, 2) })

  test('their type is that of their declaration', () => {
    expectTypeOf<Infer<typeof Pair>>().toEqualTypeOf<{
      readonly first: number
      readonly second: Uint8Array
    }>()
  })

  test('fields come in the order of the declaration, not of the value', () => {
    expect(hex(encode(Pair, { second: Uint8Array.of(2), first: 1 }))).toBe('010102')
  })

  test('a variant is told by its tag, and its type is a union', () => {
    const Status = variant(
      'Status',
      'type',
      code8(String),
      { [CertificateStatusType.ocsp]: { size: uint16 } },
      { other: rest },
    )
    expectTypeOf<Infer<typeof Status>>().toEqualTypeOf<
      { readonly type: 1; readonly size: number } | { readonly type: number; readonly other: Uint8Array }
    >()
    expect(decode(Status, fromHex('010005'))).toEqual({ type: 1, size: 5 })
    expect(decode(Status, fromHex('020005'))).toEqual({ type: 2, other: fromHex('0005') })
    expect(hex(encode(Status, { type: 1, size: 5 }))).toBe('010005')
    expect(() => encode(Status, { type: 1, other: fromHex('0005') })).toThrow(
      'Status.size: undefined is no uint16',
    )
  })
})

describe('decode', () => {
  test('gives views, of the plain kind whatever the input’s', () => {
    class Other extends Uint8Array<ArrayBuffer> {}
    const input = Other.of(0x02, 0xab, 0xcd)
    const value = decode(opaque8(0, 9), input)
    expect(value.constructor).toBe(Uint8Array)
    expect(value.buffer).toBe(input.buffer)
    expect(hex(value)).toBe('abcd')
  })

  test('reads from a view in the middle of a buffer', () => {
    expect(hex(decode(opaque8(0, 9), fromHex('ffff 02abcd ffff').subarray(2, 5)))).toBe('abcd')
  })

  test('a path may begin with what the caller says', () => {
    expect(() => decode(struct('S', { a: uint8 }), new Uint8Array(0), 'Where[3]')).toThrow(
      'Where[3].a: 1 byte needed',
    )
  })

  test('and annotate say the same of what does not parse', () => {
    const Pair = struct('Pair', { first: opaque8(0, 9), list: vector8(uint16, 0, 9) })
    for (const [codec, broken, detail] of [
      [Pair, '01aa 03 0001 02', 'Pair.list[1]: 2 bytes needed, 1 there'],
      [Pair, '01aa 02 0001 02', 'Pair: 1 byte left over'],
      [
        EncryptedExtensions,
        '000a 0000 0000 0010 0004 0001',
        'EncryptedExtensions.extensions[1].extensionData: 4 bytes needed, 2 there',
      ],
    ] as const) {
      const failure: unknown = expect.objectContaining({ code: 'ERR_TLS_DECODE', detail })
      expect(() => decode<unknown>(codec, fromHex(broken))).toThrow(failure)
      expect(() => annotate(codec, fromHex(broken))).toThrow(failure)
    }
  })

  test('lets errors of codecs’ own pass, here and in encode and annotate', () => {
    const broken: Codec<never> = {
      name: 'broken',
      read: () => {
        throw new RangeError('a mistake of ours')
      },
      write: () => {
        // oxlint-disable-next-line typescript/only-throw-error -- whatever it is
        throw 'a mistake of ours'
      },
    }
    expect(() => decode(broken, new Uint8Array(0))).toThrow(RangeError)
    expect(() => annotate(broken, new Uint8Array(0))).toThrow(RangeError)
    expect(() => encode<unknown>(broken, 1)).toThrow('cannot encode broken: a mistake of ours')
  })
})

describe('annotate', () => {
  test('a vector has its length and its elements as children, a byte string its length and its data', () => {
    const codec = struct('S', { list: vector8(uint8, 0, 9), data: opaque8(0, 9) })
    const leaf = (name: string, offset: number, length: number, text: string): unknown => ({
      name,
      offset,
      length,
      text,
      children: [],
    })
    expect(annotate(codec, fromHex('0105 02abcd'))).toEqual({
      name: 'S',
      offset: 0,
      length: 5,
      text: '',
      children: [
        {
          name: 'list',
          offset: 0,
          length: 2,
          text: '',
          children: [leaf('length', 0, 1, '1'), leaf('0', 1, 1, '5')],
        },
        {
          name: 'data',
          offset: 2,
          length: 3,
          text: '',
          children: [leaf('length', 2, 1, '2'), leaf('data', 3, 2, 'abcd')],
        },
      ],
    })
  })

  test('long byte strings are cut, odd ones are not shown as text', () => {
    expect(bytesText(new Uint8Array(33))).toBe(`${'00'.repeat(32)}… (33 bytes)`)
    expect(asciiText(new TextEncoder().encode('a"b'))).toBe('"a\\"b"')
    expect(asciiText(Uint8Array.of(0x41, 0x0a))).toBe('410a')
    expect(asciiText(new Uint8Array(256).fill(0x41))).toBe(`${'41'.repeat(32)}… (256 bytes)`)
  })
})
