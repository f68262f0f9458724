import { expect, test } from 'vitest'
import { constantTimeEqual } from './constantTimeEqual.ts'

test('compares all bytes, and lengths', () => {
  const bytes = Uint8Array.of(1, 2, 3, 255)
  expect(constantTimeEqual(bytes, bytes.slice())).toBe(true)
  expect(constantTimeEqual(new Uint8Array(0), new Uint8Array(0))).toBe(true)
  for (let i = 0; i < bytes.length; i++)
    expect(
      constantTimeEqual(
        bytes,
        bytes.map((byte, at) => (at === i ? byte ^ 0x80 : byte)),
      ),
    ).toBe(false)
  expect(constantTimeEqual(bytes, bytes.subarray(1))).toBe(false)
  expect(constantTimeEqual(bytes, Uint8Array.of(...bytes, 0))).toBe(false)
})
