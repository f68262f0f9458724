import { describe, expect, test } from 'vitest'
import type { CryptoProvider } from '@mortise/crypto'
import { knownFeatures, probeFeatures } from './features.ts'
import { cryptos, inBrowser, peculiar } from './fixtures/cryptos.ts'
import {
  detectWebcrypto,
  detectWebcryptoWithoutPrivateKeys,
  probeWebcrypto,
  webcrypto,
  webcryptoWithoutPrivateKeys,
} from './webcrypto.ts'

const everywhere = ['ECDH P-256', 'ECDH P-384', 'ECDSA P-256', 'ECDSA P-384']

/** A Web Crypto in which some methods behave as told. */
function altered(methods: Readonly<Record<string, unknown>>): SubtleCrypto {
  const { subtle } = globalThis.crypto
  return new Proxy(subtle, {
    get: (target, name) => {
      if (name in methods) return methods[String(name)]
      const method: unknown = Reflect.get(target, name, target)
      return typeof method === 'function' && name !== 'constructor'
        ? (method.bind(target) as unknown)
        : method
    },
  })
}

function withSupports(
  supports: (operation: string, algorithm: { readonly name: string }) => boolean,
): SubtleCrypto {
  return altered({ constructor: { supports } })
}

describe('without trying anything out', () => {
  test('where `supports` does not exist, nothing is offered that some implementation lacks', () => {
    expect([...knownFeatures(altered({ constructor: {} }))]).toEqual(everywhere)
  })

  test('what `supports` vouches for is offered', () => {
    const features = knownFeatures(withSupports((_, { name }) => name === 'X25519' || name === 'Ed25519'))
    expect([...features]).toEqual([...everywhere.slice(0, 2), 'X25519', ...everywhere.slice(2), 'Ed25519'])
    expect(knownFeatures(withSupports(() => false)).size).toBe(everywhere.length)
  })

  test('what is known beforehand works, on this runtime too', async () => {
    for (const [, { subtle }] of cryptos) {
      const working = await probeFeatures(subtle)
      expect([...knownFeatures(subtle)].filter((feature) => !working.has(feature))).toEqual([])
    }
  })
})

describe('trying it out', () => {
  const curves = ['ECDH P-256', 'ECDH P-384', 'ECDH P-521', 'X25519']
  const signatures = ['ECDSA P-256', 'ECDSA P-384', 'ECDSA P-521', 'Ed25519']

  test('finds what this runtime has', async () => {
    const found = await probeWebcrypto()
    expect([...found]).toEqual(expect.arrayContaining([...curves, ...signatures]))
    expect([found.has('X448'), found.has('Ed448')]).toEqual([!inBrowser, !inBrowser])
  })

  test.runIf(peculiar)('finds what @peculiar/webcrypto has: no X448, no Ed448, nothing newer', async () => {
    expect([...(await probeWebcrypto(peculiar))]).toEqual([...curves, ...signatures])
    expect([...knownFeatures((peculiar ?? globalThis.crypto).subtle)]).toEqual(everywhere)
  })

  test('is done once for each implementation', () => {
    const { subtle } = globalThis.crypto
    expect(probeFeatures(subtle)).toBe(probeFeatures(subtle))
  })

  test('finds only what gives right results', async () => {
    const lies = {
      deriveBits: () => Promise.resolve(globalThis.crypto.getRandomValues(new Uint8Array(32)).buffer),
      verify: () => Promise.resolve(false),
      encrypt: () => Promise.resolve(new ArrayBuffer(21 + 16)),
      decapsulateBits: () => Promise.reject(new Error('broken')),
      exportKey: (format: 'raw' | 'spki' | 'jwk', key: CryptoKey) =>
        format === 'jwk' ? Promise.resolve({}) : globalThis.crypto.subtle.exportKey(format, key),
    }
    expect([...(await probeFeatures(altered(lies)))]).toEqual([])
  })
})

describe('webcrypto()', () => {
  test('offers no more than the features it is given', () => {
    const provider = webcrypto({ features: new Set(['ECDH P-256']) })
    expect(provider.aeads.map(({ name }) => name)).toEqual(['aes-128-gcm', 'aes-256-gcm'])
    expect(provider.groups.map(({ name }) => name)).toEqual(['secp256r1'])
    expect(new Set(provider.signatures.map(({ key }) => key.type))).toEqual(new Set(['rsa', 'rsa-pss']))
  })

  test('puts hybrids first where ML-KEM is there', () => {
    const features = new Set([
      'ECDH P-256',
      'X25519',
      'ML-KEM-768',
      'ML-KEM-1024',
      'ChaCha20-Poly1305',
    ] as const)
    const provider = webcrypto({ features })
    expect(provider.groups.map(({ name }) => name)).toEqual([
      'X25519MLKEM768',
      'x25519',
      'secp256r1',
      'SecP256r1MLKEM768',
      'MLKEM1024',
    ])
    expect(provider.aeads.at(-1)?.name).toBe('chacha20-poly1305')
    const withoutX25519 = webcrypto({ features: new Set(['ECDH P-256', 'ML-KEM-768']) })
    expect(withoutX25519.groups.map(({ name }) => name)).toEqual(['secp256r1', 'SecP256r1MLKEM768'])
  })

  test('says how many records are worth having in flight', async () => {
    const inFlight = async (options: Parameters<typeof webcrypto>[0]): Promise<number> => {
      const { aeads, hashes } = webcrypto(options)
      const key = await aeads[0]?.key(hashes[0]?.importSecret(new Uint8Array(16)) as never)
      return key?.sync === false ? key.maxInFlight : 0
    }
    expect(await inFlight({})).toBe(inBrowser ? 4 : 16)
    expect(await inFlight({ crypto: { subtle: globalThis.crypto.subtle } as Crypto })).toBe(2)
    expect(await inFlight({ maxInFlight: 7 })).toBe(7)
  })

  test('makes random bytes', () => {
    const { random } = webcrypto()
    expect(random(32).length).toBe(32)
    expect(random(32)).not.toEqual(random(32))
    // getRandomValues gives 65,536 at once
    const many = random(200_000)
    expect(many.length).toBe(200_000)
    for (const at of [0, 65_500, 131_050, 199_900])
      expect(many.subarray(at, at + 100).some((byte) => byte !== 0)).toBe(true)
  })

  test('says so where there is no Web Crypto, or none to use', async () => {
    const unsupported: unknown = expect.objectContaining({ code: 'ERR_CRYPTO_UNSUPPORTED' })
    expect(() => webcrypto({ crypto: {} as Crypto })).toThrow(unsupported)
    await expect(detectWebcrypto({ crypto: {} as Crypto })).rejects.toThrow(unsupported)
  })
})

describe('without private keys', () => {
  const namesOf = ({ hashes, aeads, groups, signatures }: CryptoProvider): readonly string[] =>
    [...hashes, ...aeads, ...groups, ...signatures].map(({ name }) => name)

  test('all the algorithms are there', async () => {
    expect(namesOf(webcryptoWithoutPrivateKeys())).toEqual(namesOf(webcrypto()))
    const [whole, part] = [await detectWebcrypto(), await detectWebcryptoWithoutPrivateKeys()]
    expect(namesOf(part)).toEqual(namesOf(whole))
    expect(part.random(32)).toHaveLength(32)
  })

  test('no key can be brought in', async () => {
    const [whole, part] = [await detectWebcrypto(), await detectWebcryptoWithoutPrivateKeys()]
    expect(['importPrivateKey' in whole, 'importPrivateKey' in part]).toEqual([true, false])
    expect(whole.groups.some((group) => 'fromPrivateKey' in group)).toBe(true)
    expect(part.groups.some((group) => 'fromPrivateKey' in group)).toBe(false)
  })

  test('its groups agree with those of the whole', async () => {
    const [whole, part] = [await detectWebcrypto(), await detectWebcryptoWithoutPrivateKeys()]
    for (const [i, group] of part.groups.entries()) {
      const offer = await group.offer()
      const response = await whole.groups[i]?.respond(offer.share)
      const secret = response && (await offer.complete(response.share))
      expect([group.name, secret?.reveal()]).toEqual([group.name, response?.secret.reveal()])
    }
  })
})
