import { fromBigInt, type KeyExchangeGroup, type KeyOffer } from '@mortise/crypto'
import { describe, expect, test } from 'vitest'
import { hex, outcome, providers } from './fixtures/cryptos.ts'
import { isMontgomery, isWeierstrass, referenceShare } from './fixtures/reference.ts'
import { webcrypto } from './webcrypto.ts'

const groups = providers.flatMap(([name, provider]) =>
  provider.groups.map((group) => [name, group.name, group] as const),
)
const invalidShare: unknown = expect.objectContaining({ code: 'ERR_CRYPTO_INVALID_KEY_SHARE' })

async function refuses(group: KeyExchangeGroup, offer: KeyOffer, share: Uint8Array): Promise<void> {
  await expect(outcome(() => group.respond(share))).rejects.toThrow(invalidShare)
  await expect(outcome(() => offer.complete(share))).rejects.toThrow(invalidShare)
}

function resized(input: Uint8Array, length: number): Uint8Array {
  const changed = new Uint8Array(length)
  changed.set(input.subarray(0, length))
  return changed
}

describe.each(groups)('%s: %s', (_, name, group) => {
  test('both sides come to the same secret, and another one each time', async () => {
    const seen = new Set<string>()
    for (let i = 0; i < 2; i++) {
      const offer = await group.offer()
      const response = await group.respond(offer.share)
      const secret = await offer.complete(response.share)
      expect(hex(secret.reveal())).toBe(hex(response.secret.reveal()))
      seen.add(hex(secret.reveal())).add(hex(offer.share))
    }
    expect(seen.size).toBe(4)
  })

  test('a share of another length is refused (RFC 9846 §4.3.8)', async () => {
    const offer = await group.offer()
    for (const length of [0, 1, offer.share.length - 1, offer.share.length + 1])
      await expect(outcome(() => group.respond(resized(offer.share, length)))).rejects.toThrow(invalidShare)
    const { share } = await group.respond(offer.share)
    for (const length of [0, 1, share.length - 1, share.length + 1])
      await expect(outcome(() => offer.complete(resized(share, length)))).rejects.toThrow(invalidShare)
  })

  test('a destroyed private key is gone', async () => {
    const offer = await group.offer()
    const { share } = await group.respond(offer.share)
    offer.destroy()
    await expect(outcome(() => offer.complete(share))).rejects.toThrow(
      expect.objectContaining({ code: 'ERR_CRYPTO_SECRET_DESTROYED' }),
    )
    expect(name).toBe(group.name)
  })
})

describe.each(groups.filter(([, name]) => isWeierstrass(name)))('%s: %s', (_, name, group) => {
  if (!isWeierstrass(name)) throw new Error(name)

  test('agrees with noble', async () => {
    const { share, privateKey, complete } = referenceShare(name)
    const { length } = privateKey
    const response = await group.respond(share)
    expect(hex(response.secret.reveal())).toBe(hex(complete(response.share)))
    if (!group.fromPrivateKey) return
    const offer = await group.fromPrivateKey(privateKey)
    expect(hex(offer.share)).toBe(hex(share))
    await expect(outcome(() => group.fromPrivateKey?.(privateKey.subarray(1)))).rejects.toThrow(
      expect.objectContaining({ code: 'ERR_CRYPTO_INVALID_KEY' }),
    )
    await expect(outcome(() => group.fromPrivateKey?.(new Uint8Array(length).fill(0xff)))).rejects.toThrow(
      expect.objectContaining({ code: 'ERR_CRYPTO_INVALID_KEY' }),
    )
  })

  test('compressed, hybrid and infinite points and points off the curve are refused (RFC 9846 §4.3.8.2)', async () => {
    const offer = await group.offer()
    const { share } = referenceShare(name)
    const half = (share.length + 1) / 2
    const odd = (share.at(-1) ?? 0) & 1
    await refuses(group, offer, Uint8Array.of(2 | odd, ...share.subarray(1, half)))
    await refuses(group, offer, Uint8Array.of(6 | odd, ...share.subarray(1)))
    const infinity = new Uint8Array(share.length)
    await refuses(group, offer, Uint8Array.of(0))
    await refuses(group, offer, infinity)
    infinity[0] = 4
    await refuses(group, offer, infinity)
    for (const at of [1, share.length - 1]) {
      const off = share.slice()
      off[at] = (off[at] ?? 0) ^ 1
      await refuses(group, offer, off)
    }
    await refuses(group, offer, share.slice().fill(0xff, 1, half))
  })
})

const primes = { x25519: 2n ** 255n - 19n, x448: 2n ** 448n - 2n ** 224n - 1n } as const

describe.each(groups.filter(([, name]) => isMontgomery(name)))('%s: %s', (_, name, group) => {
  if (!isMontgomery(name)) throw new Error(name)
  const prime = primes[name]

  test('agrees with noble', async () => {
    const { share, privateKey, complete } = referenceShare(name)
    const response = await group.respond(share)
    const secret = hex(complete(response.share))
    expect(hex(response.secret.reveal())).toBe(secret)
    const offer = await group.fromPrivateKey?.(privateKey)
    expect(offer && hex((await offer.complete(response.share)).reveal())).toBe(secret)
  })

  test('shares of low order are refused: their secret is zero (RFC 9846 §7.4.2)', async () => {
    const offer = await group.offer()
    for (const u of [0n, 1n, prime - 1n, prime, prime + 1n]) {
      await refuses(group, offer, fromBigInt(u, offer.share.length).toReversed())
    }
  })
})

test('a zero secret is refused even where the implementation gives it', async () => {
  const careless = new Proxy(globalThis.crypto.subtle, {
    get: (target, property) => {
      if (property === 'deriveBits') return () => Promise.resolve(new ArrayBuffer(32))
      const method: unknown = Reflect.get(target, property, target)
      return typeof method === 'function' ? (method.bind(target) as unknown) : method
    },
  })
  const { groups: made } = webcrypto({
    crypto: { subtle: careless } as unknown as Crypto,
    features: new Set(['X25519']),
  })
  const [x25519] = made
  const offer = await x25519?.offer()
  await expect(outcome(() => x25519?.respond(offer?.share ?? new Uint8Array(0)))).rejects.toThrow(
    invalidShare,
  )
})

/** By group: the length of what stands before ML-KEM, and the lengths of offer, response and secret. */
const kemLengths: Readonly<Record<string, readonly [before: number, lengths: readonly number[]]>> = {
  X25519MLKEM768: [0, [1184 + 32, 1088 + 32, 64]],
  SecP256r1MLKEM768: [65, [65 + 1184, 65 + 1088, 64]],
  SecP384r1MLKEM1024: [97, [97 + 1568, 97 + 1568, 80]],
  MLKEM1024: [0, [1568, 1568, 32]],
}

describe.each(groups.filter(([, name]) => name in kemLengths))('%s: %s', (_, name, group) => {
  const [before, lengths] = kemLengths[name] ?? [0, []]

  test('has the lengths of its parts (draft-ietf-tls-ecdhe-mlkem, draft-ietf-tls-mlkem)', async () => {
    const offer = await group.offer()
    const { share, secret } = await group.respond(offer.share)
    expect([offer.share.length, share.length, secret.length]).toEqual(lengths)
  })

  test('an encapsulation key with coefficients of 3329 or more is refused (FIPS 203 §7.2)', async () => {
    const { share } = await group.offer()
    const bad = share.slice().fill(0xff, before, before + 3)
    await expect(outcome(() => group.respond(bad))).rejects.toThrow(invalidShare)
  })
})
