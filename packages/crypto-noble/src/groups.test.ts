import {
  createDiffieHellman,
  createECDH,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  randomBytes,
} from 'node:crypto'
import { fromBigInt, finiteFields, type KeyExchangeGroup, type KeyOffer, type Secret } from '@mortise/crypto'
import { describe, expect, test } from 'vitest'
import { nobleGroups } from './groups.ts'
import { nobleMlKem768 } from './mlKem.ts'

const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length))
const groups = nobleGroups(random)

function named(name: string): KeyExchangeGroup {
  const group = groups.find((item) => item.name === name)
  if (!group) throw new Error(name)
  return group
}

const invalidShare: unknown = expect.objectContaining({ code: 'ERR_CRYPTO_INVALID_KEY_SHARE' })

async function refuses(group: KeyExchangeGroup, share: Uint8Array): Promise<void> {
  await expect((async () => group.respond(share))()).rejects.toThrow(invalidShare)
}

async function refusesToComplete(offer: KeyOffer, share: Uint8Array): Promise<void> {
  await expect((async () => offer.complete(share))()).rejects.toThrow(invalidShare)
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

test('X25519MLKEM768 comes first', () => {
  expect(groups.map(({ name }) => name)).toEqual([
    'X25519MLKEM768',
    'x25519',
    'secp256r1',
    'secp384r1',
    'secp521r1',
    'x448',
    'SecP256r1MLKEM768',
    'ffdhe2048',
    'ffdhe3072',
    'ffdhe4096',
    'ffdhe6144',
    'ffdhe8192',
  ])
})

describe.each(groups.filter(({ name }) => name !== 'ffdhe6144' && name !== 'ffdhe8192'))('$name', (group) => {
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
    const { share } = await group.respond(offer.share)
    for (const length of [0, 1, offer.share.length - 1, offer.share.length + 1])
      await refuses(group, resized(offer.share, length))
    for (const length of [0, 1, share.length - 1, share.length + 1])
      await refusesToComplete(offer, resized(share, length))
  })

  test('a destroyed private key is gone', async () => {
    const offer = await group.offer()
    const { share } = await group.respond(offer.share)
    offer.destroy()
    offer.destroy()
    await expect((async () => offer.complete(share))()).rejects.toThrow(
      expect.objectContaining({ code: 'ERR_CRYPTO_SECRET_DESTROYED' }),
    )
  })
})

function resized(bytes: Uint8Array, length: number): Uint8Array {
  const changed = new Uint8Array(length)
  changed.set(bytes.subarray(0, length))
  return changed
}

describe('NIST curves', () => {
  const curves = [
    ['secp256r1', 'prime256v1', 32],
    ['secp384r1', 'secp384r1', 48],
    ['secp521r1', 'secp521r1', 66],
  ] as const

  test.each(curves)(
    '%s agrees with node:crypto, from random and from given keys',
    async (name, curve, length) => {
      const ecdh = createECDH(curve)
      const share = new Uint8Array(ecdh.generateKeys())
      const response = await named(name).respond(share)
      expect(hex(response.secret.reveal())).toBe(
        hex(ecdh.computeSecret(response.share)).padStart(2 * length, '0'),
      )
      const own = resized(new Uint8Array(length), length)
      own.set(ecdh.getPrivateKey(), length - ecdh.getPrivateKey().length)
      const offer = await named(name).fromPrivateKey?.(own)
      expect(offer && hex(offer.share)).toBe(hex(share))
    },
  )

  test.each(curves)(
    '%s keeps leading zeros of the secret (RFC 9846 §7.4.2)',
    async (name, curve, length) => {
      const peer = createECDH(curve)
      const share = new Uint8Array(peer.generateKeys())
      // About one secret in 256 has a leading zero byte (of a P-521 secret, far more): search with the fast side
      const ecdh = createECDH(curve)
      do ecdh.generateKeys()
      while (
        hex(ecdh.computeSecret(share))
          .padStart(2 * length, '0')
          .slice(0, 2) !== '00'
      )
      const own = new Uint8Array(length)
      own.set(ecdh.getPrivateKey(), length - ecdh.getPrivateKey().length)
      const offer = await named(name).fromPrivateKey?.(own)
      const secret = (await offer?.complete(share)) as Secret
      expect(secret.length).toBe(length)
      expect(hex(secret.reveal())).toBe(hex(ecdh.computeSecret(share)).padStart(2 * length, '0'))
    },
    20_000,
  )

  test.each(curves)(
    '%s refuses compressed, hybrid and infinite points, and points off the curve (RFC 9846 §4.3.8.2)',
    async (name, curve, length) => {
      const group = named(name)
      const ecdh = createECDH(curve)
      const share = new Uint8Array(ecdh.generateKeys())
      await refuses(group, new Uint8Array(ecdh.getPublicKey(null, 'compressed')))
      await refuses(group, new Uint8Array(ecdh.getPublicKey(null, 'hybrid')))
      await refuses(group, Uint8Array.of(0))
      await refuses(group, new Uint8Array(1 + 2 * length))
      const infinity = new Uint8Array(1 + 2 * length)
      infinity[0] = 4
      await refuses(group, infinity)
      for (const at of [1, length, length + 1, 2 * length]) {
        const off = share.slice()
        off[at] = (off[at] ?? 0) ^ 1
        await refuses(group, off)
      }
      const beyondTheField = share.slice()
      beyondTheField.fill(0xff, 1, 1 + length)
      await refuses(group, beyondTheField)
    },
  )

  test('private keys out of range are refused', () => {
    const group = named('secp256r1')
    for (const key of [new Uint8Array(32), new Uint8Array(32).fill(0xff), new Uint8Array(31).fill(1)])
      expect(() => group.fromPrivateKey?.(key)).toThrow(
        expect.objectContaining({ code: 'ERR_CRYPTO_INVALID_KEY' }),
      )
  })
})

describe.each([
  ['x25519', '302e020100300506032b656e04220420', '302a300506032b656e032100', 32],
  ['x448', '3046020100300506032b656f043a0438', '3042300506032b656f033900', 56],
] as const)('%s', (name, pkcs8Prefix, spkiPrefix, length) => {
  const group = named(name)

  test('agrees with node:crypto, from random and from given keys', async () => {
    const raw = random(length)
    const privateKey = createPrivateKey({
      key: Buffer.concat([Buffer.from(pkcs8Prefix, 'hex'), raw]),
      format: 'der',
      type: 'pkcs8',
    })
    const share = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-length)
    const offer = await group.fromPrivateKey?.(raw)
    expect(offer && hex(offer.share)).toBe(hex(share))
    const response = await group.respond(new Uint8Array(share))
    const publicKey = createPublicKey({
      key: Buffer.concat([Buffer.from(spkiPrefix, 'hex'), response.share]),
      format: 'der',
      type: 'spki',
    })
    expect(hex(response.secret.reveal())).toBe(hex(diffieHellman({ privateKey, publicKey })))
  })

  test('shares of low order are refused: their secret is zero (RFC 9846 §7.4.2)', async () => {
    const prime = name === 'x25519' ? 2n ** 255n - 19n : 2n ** 448n - 2n ** 224n - 1n
    for (const u of [0n, 1n, prime - 1n, prime, prime + 1n])
      await refuses(group, fromBigInt(u, length).toReversed())
  })
})

describe('finite fields (RFC 7919)', () => {
  // node:crypto first proves that the number is a safe prime, which takes seconds
  test.each(['ffdhe2048', 'ffdhe3072'] as const)(
    '%s agrees with node:crypto',
    { timeout: 60_000 },
    async (name) => {
      const field = finiteFields().find((item) => item.name === name)
      if (!field) throw new Error(name)
      const own = createDiffieHellman(Buffer.from(fromBigInt(field.prime(), field.length)), 2)
      const share = new Uint8Array(field.length)
      const made = own.generateKeys()
      share.set(made, field.length - made.length)
      const response = await named(name).respond(share)
      expect(response.share.length).toBe(field.length)
      expect(hex(response.secret.reveal())).toBe(
        hex(own.computeSecret(response.share)).padStart(2 * field.length, '0'),
      )
    },
  )

  test('shares out of range are refused (RFC 9846 §4.3.8.1)', async () => {
    const field = finiteFields()[0]
    if (!field) throw new Error('no field')
    const prime = field.prime()
    for (const y of [0n, 1n, prime - 1n, prime, prime + 1n])
      await refuses(named(field.name), fromBigInt(y, field.length))
  })
})

describe('ML-KEM-768 (FIPS 203)', () => {
  const mlKem = nobleMlKem768(random)

  test('an encapsulation key with a coefficient of 3329 or more is refused (§7.2)', async () => {
    const offer = await mlKem.group.offer()
    const share = offer.share.slice()
    share.set([0x01, 0x0d], 0) // 3329 in 12 bits, little-endian
    await expect((async () => mlKem.group.respond(share))()).rejects.toThrow(invalidShare)
  })

  test('a changed ciphertext gives another secret, not an error: implicit rejection (§6.3)', async () => {
    const offer = await mlKem.group.offer()
    const { share, secret } = await mlKem.group.respond(offer.share)
    share[7] = (share[7] ?? 0) ^ 1
    const other = await offer.complete(share)
    expect(other.length).toBe(32)
    expect(hex(other.reveal())).not.toBe(hex(secret.reveal()))
  })

  test('a key pair is made of d || z', async () => {
    const seed = random(64)
    const [one, two] = [await mlKem.group.fromPrivateKey?.(seed), await mlKem.group.fromPrivateKey?.(seed)]
    expect(one && two && hex(one.share) === hex(two.share)).toBe(true)
    const { share, secret } = await mlKem.group.respond(one?.share ?? new Uint8Array(0))
    expect(hex((await two?.complete(share))?.reveal() ?? new Uint8Array(0))).toBe(hex(secret.reveal()))
    expect(() => mlKem.group.fromPrivateKey?.(random(63))).toThrow(
      expect.objectContaining({ code: 'ERR_CRYPTO_INVALID_KEY' }),
    )
  })
})

describe('hybrids (draft-ietf-tls-ecdhe-mlkem)', () => {
  test('a low-order X25519 half or a bad ML-KEM half is refused', async () => {
    const group = named('X25519MLKEM768')
    const { share } = await group.offer()
    const lowOrder = share.slice()
    lowOrder.fill(0, 1184)
    await refuses(group, lowOrder)
    const badKem = share.slice()
    badKem.fill(0xff, 0, 3)
    await refuses(group, badKem)
  })

  test('the secret of SecP256r1MLKEM768 begins with that of P-256', async () => {
    const group = named('SecP256r1MLKEM768')
    const offer = await group.offer()
    const { share, secret } = await group.respond(offer.share)
    expect(offer.share.length).toBe(65 + 1184)
    expect(share.length).toBe(65 + 1088)
    expect(secret.length).toBe(64)
    expect(offer.share[0]).toBe(4)
    expect(share[0]).toBe(4)
  })
})
