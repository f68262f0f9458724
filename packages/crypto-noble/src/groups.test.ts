import {
  fromBigInt,
  finiteFields,
  mlKem768,
  mlKem1024,
  toBigInt,
  type KeyExchangeGroup,
  type KeyOffer,
} from '@mortise/crypto'
import { fromHex, hex } from '@mortise/wire'
import { describe, expect, test } from 'vitest'
import { randomBytes as random, referenceShare } from './fixtures/reference.ts'
import { nobleGroups } from './groups.ts'
import { nobleMlKem } from './mlKem.ts'

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

test('X25519MLKEM768 comes first', () => {
  expect(groups.map(({ name }) => name)).toEqual([
    'X25519MLKEM768',
    'x25519',
    'secp256r1',
    'secp384r1',
    'secp521r1',
    'x448',
    'SecP256r1MLKEM768',
    'SecP384r1MLKEM1024',
    'MLKEM1024',
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
  /** And the secret that the private keys of this integer and of 2 come to, which begins with a zero byte. */
  const curves = [
    ['secp256r1', 'P-256', 32, 276, '0075ba8d3430495fc689e1024b48e48f4ec4d2eda5d5b8f8ad7637dabf065df3'],
    [
      'secp384r1',
      'P-384',
      48,
      117,
      '008e9c2eb636feb189f4ca42bf059e16b7d307e4525179033bf69752a4dcc5c1ce93e8b625cbeebf804719b61c15e751',
    ],
    [
      'secp521r1',
      'P-521',
      66,
      505,
      '0000dc7cd8e0ce53668ad126bc9e2e24df48fd32a1eb25eeb6634db8394b62d644f980f5225c8037103061b1886c9ffee8450199fb648fed28f3d74d9f08ab9a0b8a',
    ],
  ] as const

  test.each(curves)('%s agrees with Web Crypto, from random and from given keys', async (name, curve) => {
    const peer = await referenceShare(curve)
    const response = await named(name).respond(peer.share)
    expect(hex(response.secret.reveal())).toBe(hex(await peer.complete(response.share)))
    const offer = await named(name).fromPrivateKey?.(peer.privateKey)
    expect(offer && hex(offer.share)).toBe(hex(peer.share))
  })

  test.each(curves)(
    '%s keeps leading zeros of the secret (RFC 9846 §7.4.2)',
    async (name, _, length, integer, secret) => {
      const own = await named(name).fromPrivateKey?.(fromBigInt(BigInt(integer), length))
      const peer = await named(name).fromPrivateKey?.(fromBigInt(2n, length))
      const made = await own?.complete(peer?.share ?? new Uint8Array(0))
      expect(made?.length).toBe(length)
      expect(made && hex(made.reveal())).toBe(secret)
    },
  )

  test.each(curves)(
    '%s refuses compressed, hybrid and infinite points, and points off the curve (RFC 9846 §4.3.8.2)',
    async (name, _, length) => {
      const group = named(name)
      const { share } = await group.offer()
      const odd = (share.at(-1) ?? 0) & 1
      await refuses(group, Uint8Array.of(2 | odd, ...share.subarray(1, 1 + length)))
      await refuses(group, Uint8Array.of(6 | odd, ...share.subarray(1)))
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

test('x25519 agrees with Web Crypto, from random and from given keys', async () => {
  const peer = await referenceShare('X25519')
  const response = await named('x25519').respond(peer.share)
  expect(hex(response.secret.reveal())).toBe(hex(await peer.complete(response.share)))
  const offer = await named('x25519').fromPrivateKey?.(peer.privateKey)
  expect(offer && hex(offer.share)).toBe(hex(peer.share))
})

test('x448 makes what RFC 7748 §6.2 makes', async () => {
  const alice =
    '9a8f4925d1519f5775cf46b04b5800d4ee9ee8bae8bc5565d498c28dd9c9baf574a9419744897391006382a6f127ab1d9ac2d8c0a598726b'
  const bob =
    '1c306a7ac2a0e2e0990b294470cba339e6453772b075811d8fad0d1d6927c120bb5ee8972b0d3e21374c9c921b09d1b0366f10b65173992d'
  const [a, b] = [
    await named('x448').fromPrivateKey?.(fromHex(alice)),
    await named('x448').fromPrivateKey?.(fromHex(bob)),
  ]
  expect(a && hex(a.share)).toBe(
    '9b08f7cc31b7e3e67d22d5aea121074a273bd2b83de09c63faa73d2c22c5d9bbc836647241d953d40c5b12da88120d53177f80e532c41fa0',
  )
  const secret = await a?.complete(b?.share ?? new Uint8Array(0))
  expect(secret && hex(secret.reveal())).toBe(
    '07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56fd2464c335543936521c24403085d59a449a5037514a879d',
  )
})

describe.each([
  ['x25519', 32],
  ['x448', 56],
] as const)('%s', (name, length) => {
  const group = named(name)

  test('shares of low order are refused: their secret is zero (RFC 9846 §7.4.2)', async () => {
    const prime = name === 'x25519' ? 2n ** 255n - 19n : 2n ** 448n - 2n ** 224n - 1n
    for (const u of [0n, 1n, prime - 1n, prime, prime + 1n])
      await refuses(group, fromBigInt(u, length).toReversed())
  })
})

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  for (let square = base, rest = exponent; rest > 0n; rest >>= 1n, square = (square * square) % modulus)
    if (rest & 1n) result = (result * square) % modulus
  return result
}

describe('finite fields (RFC 7919)', () => {
  test.each(['ffdhe2048', 'ffdhe3072'] as const)('%s is what integers come to', async (name) => {
    const field = finiteFields().find((item) => item.name === name)
    if (!field) throw new Error(name)
    const prime = field.prime()
    const exponent = toBigInt(random(32))
    const response = await named(name).respond(fromBigInt(power(2n, exponent, prime), field.length))
    expect(response.share.length).toBe(field.length)
    expect(hex(response.secret.reveal())).toBe(
      hex(fromBigInt(power(toBigInt(response.share), exponent, prime), field.length)),
    )
  })

  test('shares out of range are refused (RFC 9846 §4.3.8.1)', async () => {
    const field = finiteFields()[0]
    if (!field) throw new Error('no field')
    const prime = field.prime()
    for (const y of [0n, 1n, prime - 1n, prime, prime + 1n])
      await refuses(named(field.name), fromBigInt(y, field.length))
  })
})

describe.each([mlKem768, mlKem1024])('$name (FIPS 203)', (parameters) => {
  const mlKem = nobleMlKem(parameters, random)

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
