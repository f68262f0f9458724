import { describe, expect, test } from 'vitest'
import {
  greasePskKeyExchangeModes,
  greaseValues,
  isGrease,
  isGreaseProtocolName,
  isGreasePskKeyExchangeMode,
} from './grease.ts'

describe('RFC 8701 §2', () => {
  test('sixteen 16-bit values from 0x0a0a to 0xfafa, and no other', () => {
    expect(greaseValues.map((value) => value.toString(16)).join(' ')).toBe(
      'a0a 1a1a 2a2a 3a3a 4a4a 5a5a 6a6a 7a7a 8a8a 9a9a aaaa baba caca dada eaea fafa',
    )
    const found = Array.from({ length: 0x10000 }, (_, value) => value).filter(isGrease)
    expect(found).toEqual(greaseValues)
  })

  test('eight PskKeyExchangeModes, 31 apart', () => {
    expect(greasePskKeyExchangeModes).toEqual(Array.from({ length: 8 }, (_, i) => 0x0b + 31 * i))
    expect(isGreasePskKeyExchangeMode(0x2a)).toBe(true)
    expect(isGreasePskKeyExchangeMode(1)).toBe(false)
  })

  test('ALPN names are the same two bytes', () => {
    expect(isGreaseProtocolName(Uint8Array.of(0x4a, 0x4a))).toBe(true)
    expect(isGreaseProtocolName(Uint8Array.of(0x4a, 0x5a))).toBe(false)
    expect(isGreaseProtocolName(Uint8Array.of(0x4a))).toBe(false)
    expect(isGreaseProtocolName(Uint8Array.of(0x4a, 0x4a, 0x4a))).toBe(false)
    expect(isGreaseProtocolName(new Uint8Array(0))).toBe(false)
  })
})
