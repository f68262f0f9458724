import fc from 'fast-check'
import { expect, test } from 'vitest'
import { concat, equalBytes, fromHex, hex } from './bytes.ts'

test('hexadecimal goes both ways', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(fromHex(hex(bytes))).toEqual(bytes)
      expect(fromHex(hex(bytes).toUpperCase())).toEqual(bytes)
    }),
  )
  expect(hex(Uint8Array.of(0, 10, 255))).toBe('000aff')
  expect(fromHex(' 00 0A\nff ')).toEqual(Uint8Array.of(0, 10, 255))
})

test.each(['0', 'abc', 'zz', '0x00'])('%s is not hexadecimal', (text) => {
  expect(() => fromHex(text)).toThrow(RangeError)
})

test('concat copies', () => {
  const part = Uint8Array.of(1, 2)
  const joined = concat(part, new Uint8Array(0), Uint8Array.of(3))
  part.fill(9)
  expect(joined).toEqual(Uint8Array.of(1, 2, 3))
  expect(concat()).toEqual(new Uint8Array(0))
})

test('equalBytes compares lengths and bytes', () => {
  expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true)
  expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false)
  expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1))).toBe(false)
})
