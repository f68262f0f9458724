import { describe, expect, test } from 'vitest'
import { deriveSecret, expandLabel, expandLabelToBytes, hkdfLabel } from './expandLabel.ts'
import { nodeSha256 } from './fixtures/nodeHash.ts'
import type { Secret } from './secret.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const empty = new Uint8Array(0)
const hash = nodeSha256()

describe('HkdfLabel (RFC 9846 §7.1)', () => {
  test('is length, label with its prefix, and context', () => {
    expect(hex(hkdfLabel('key', empty, 16))).toBe('001009746c733133206b657900')
    expect(hex(hkdfLabel('x', Uint8Array.of(1, 2), 0x1234))).toBe('123407746c7331332078020102')
  })

  test('has bounds', () => {
    expect(hkdfLabel('a'.repeat(249), new Uint8Array(255), 0xffff).length).toBe(2 + 256 + 256)
    expect(() => hkdfLabel('a'.repeat(250), empty, 1)).toThrow(RangeError)
    expect(() => hkdfLabel('a', new Uint8Array(256), 1)).toThrow(RangeError)
    expect(() => hkdfLabel('a', empty, 0x10000)).toThrow(RangeError)
  })
})

describe('the key schedule of RFC 8448 §3', () => {
  const earlySecret = hash.extract(undefined, undefined) as Secret

  test('Derive-Secret', async () => {
    expect(hex(earlySecret.reveal())).toBe('33ad0a1c607ec03b09e6cd9893680ce210adf300aa1f2660e1b22e10f170f92a')
    const derived = await deriveSecret(hash, earlySecret, 'derived', await hash.digest(empty))
    expect(derived.length).toBe(32)
    expect(hex(derived.reveal())).toBe('6f2615a108c702c5678f54fc9dbab69716c076189c48250cebeac3576c3611ba')
  })

  test('HKDF-Expand-Label to a secret and to bytes', async () => {
    // The client's handshake traffic secret, its key and its IV
    const bytes = Buffer.from('b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21', 'hex')
    const secret = hash.importSecret(bytes)
    const key = await expandLabel(hash, secret, 'key', empty, 16)
    expect(hex(key.reveal())).toBe('dbfaa693d1762c5b666af5d950258d01')
    expect(hex(await expandLabelToBytes(hash, secret, 'iv', empty, 12))).toBe('5bd3c71b836e0b76bb73265f')
  })
})
