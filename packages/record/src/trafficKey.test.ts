import { fromHex } from '@mortise/wire'
import { describe, expect, it } from 'vitest'
import { modes, recordKeys, secretOf, testKeys } from './fixtures/keys.ts'
import { failureOf } from './fixtures/peer.ts'
import { deriveTrafficKey } from './trafficKey.ts'

describe.each(modes)('a traffic key, %s', (mode) => {
  it('takes its IV from the traffic secret (RFC 9846 §7.3; RFC 8448 §3)', async () => {
    const secret = secretOf(fromHex('b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38'))
    const traffic = await deriveTrafficKey(recordKeys(mode, secret))
    expect(traffic.nonce(0)).toEqual(fromHex('5d313eb2671276ee13000b30'))
    expect(secret.reveal().length).toBe(32)
  })

  it('makes nonces of 64-bit sequence numbers (RFC 9846 §5.3)', async () => {
    const traffic = await deriveTrafficKey(testKeys(mode))
    const iv = traffic.nonce(0).slice()
    for (const sequenceNumber of [
      0,
      1,
      255,
      256,
      2 ** 31,
      2 ** 32 - 1,
      2 ** 32,
      2 ** 32 + 5,
      2 ** 48 + 3,
      2 ** 53 - 2,
    ]) {
      const xored = traffic.nonce(sequenceNumber).map((byte, index) => byte ^ (iv[index] ?? 0))
      const expected = sequenceNumber.toString(16).padStart(24, '0')
      expect(xored).toEqual(fromHex(expected))
    }
  })

  it('never lets a sequence number wrap (RFC 9846 §5.3)', async () => {
    const traffic = await deriveTrafficKey(testKeys(mode))
    const error = await failureOf(() => traffic.nonce(2 ** 53 - 1))
    expect([error.code, error.blame]).toEqual(['ERR_TLS_KEY_EXHAUSTED', 'local'])
  })

  it('may be destroyed twice', async () => {
    const traffic = await deriveTrafficKey(testKeys(mode))
    traffic.destroy()
    traffic.destroy()
    expect(traffic.nonce(0)).not.toEqual((await deriveTrafficKey(testKeys(mode))).nonce(0))
  })
})

describe('deriving a traffic key', () => {
  it('waits for a hash that answers later', async () => {
    const keys = testKeys('sync')
    const { hash } = keys
    const late = {
      ...hash,
      expand: async (...args: Parameters<typeof hash.expand>) => hash.expand(...args),
      expandToBytes: async (...args: Parameters<typeof hash.expandToBytes>) => hash.expandToBytes(...args),
    }
    const expected = await deriveTrafficKey(keys)
    for (const mixed of [
      late,
      { ...late, expand: hash.expand },
      { ...late, expandToBytes: hash.expandToBytes },
    ]) {
      const traffic = deriveTrafficKey({ ...keys, hash: mixed })
      expect(traffic).toBeInstanceOf(Promise)
      expect((await traffic).nonce(7)).toEqual(expected.nonce(7))
    }
  })
})
