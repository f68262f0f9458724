import { createECDH, createPrivateKey, createPublicKey, diffieHellman, type KeyObject } from 'node:crypto'
import { fromBigInt, type KeyExchangeGroup, type KeyOffer } from '@mortise/crypto'
import { describe, expect, test } from 'vitest'
import { bytes, hex, outcome, providers } from './fixtures/cryptos.ts'
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

const curveNames: Readonly<Record<string, string>> = {
  secp256r1: 'prime256v1',
  secp384r1: 'secp384r1',
  secp521r1: 'secp521r1',
}

describe.each(groups.filter(([, name]) => name in curveNames))('%s: %s', (_, name, group) => {
  const curve = curveNames[name] ?? ''

  test('agrees with node:crypto', async () => {
    const ecdh = createECDH(curve)
    const share = ecdh.generateKeys()
    const length = (share.length - 1) / 2
    const response = await group.respond(new Uint8Array(share))
    expect(hex(response.secret.reveal())).toBe(
      hex(ecdh.computeSecret(response.share)).padStart(2 * length, '0'),
    )
    if (!group.fromPrivateKey) return
    const own = new Uint8Array(length)
    own.set(ecdh.getPrivateKey(), length - ecdh.getPrivateKey().length)
    const offer = await group.fromPrivateKey(own)
    expect(hex(offer.share)).toBe(hex(share))
    await expect(outcome(() => group.fromPrivateKey?.(own.subarray(1)))).rejects.toThrow(
      expect.objectContaining({ code: 'ERR_CRYPTO_INVALID_KEY' }),
    )
    await expect(outcome(() => group.fromPrivateKey?.(new Uint8Array(length).fill(0xff)))).rejects.toThrow(
      expect.objectContaining({ code: 'ERR_CRYPTO_INVALID_KEY' }),
    )
  })

  test('compressed, hybrid and infinite points and points off the curve are refused (RFC 9846 §4.3.8.2)', async () => {
    const offer = await group.offer()
    const ecdh = createECDH(curve)
    const share = new Uint8Array(ecdh.generateKeys())
    await refuses(group, offer, new Uint8Array(ecdh.getPublicKey(null, 'compressed')))
    await refuses(group, offer, new Uint8Array(ecdh.getPublicKey(null, 'hybrid')))
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
    await refuses(group, offer, share.slice().fill(0xff, 1, (share.length + 1) / 2))
  })
})

const derPrefixes: Readonly<Record<string, readonly [pkcs8: string, spki: string, prime: bigint]>> = {
  x25519: ['302e020100300506032b656e04220420', '302a300506032b656e032100', 2n ** 255n - 19n],
  x448: ['3046020100300506032b656f043a0438', '3042300506032b656f033900', 2n ** 448n - 2n ** 224n - 1n],
}

describe.each(groups.filter(([, name]) => name in derPrefixes))('%s: %s', (_, name, group) => {
  const [pkcs8 = '', spki = '', prime = 0n] = derPrefixes[name] ?? []
  const publicKeyOf = (raw: Uint8Array): KeyObject =>
    createPublicKey({ key: Buffer.concat([Buffer.from(spki, 'hex'), raw]), format: 'der', type: 'spki' })

  test('agrees with node:crypto', async () => {
    const { share } = await group.offer()
    const raw = bytes(share.length)
    const privateKey = createPrivateKey({
      key: Buffer.concat([Buffer.from(pkcs8, 'hex'), raw]),
      format: 'der',
      type: 'pkcs8',
    })
    const own = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-share.length)
    const response = await group.respond(new Uint8Array(own))
    const secret = hex(diffieHellman({ privateKey, publicKey: publicKeyOf(response.share) }))
    expect(hex(response.secret.reveal())).toBe(secret)
    const offer = await group.fromPrivateKey?.(raw)
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
