import * as crypto from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import { nodeCrypto } from './nodeCrypto.ts'

vi.mock('node:crypto', async (original) => {
  const actual = await original<typeof crypto>()
  return {
    ...actual,
    getFips: vi.fn(actual.getFips),
    getCiphers: vi.fn(actual.getCiphers),
    getCurves: vi.fn(actual.getCurves),
    generateKeyPairSync: vi.fn(actual.generateKeyPairSync),
  }
})

afterEach(() => {
  vi.resetAllMocks()
})

const statusesOf = ({
  hashes,
  aeads,
  groups,
  signatures,
}: ReturnType<typeof nodeCrypto>): ReadonlyMap<string, string> =>
  new Map([...hashes, ...aeads, ...groups, ...signatures].map(({ name, approval }) => [name, approval]))

test('outside of FIPS mode nothing is claimed', () => {
  vi.mocked(crypto.getFips).mockReturnValue(0)
  expect(new Set(statusesOf(nodeCrypto()).values())).toEqual(new Set(['unknown']))
})

test('in FIPS mode each algorithm says whether it is approved, hybrids only if both parts are', () => {
  vi.mocked(crypto.getFips).mockReturnValue(1)
  const statuses = statusesOf(nodeCrypto())
  for (const name of ['sha256', 'aes-128-gcm', 'aes-128-ccm', 'secp256r1', 'ffdhe2048', 'ed25519'])
    expect(statuses.get(name), name).toBe('approved')
  for (const name of ['chacha20-poly1305', 'x25519', 'x448'])
    expect(statuses.get(name), name).toBe('not-approved')
  // Only where there is ML-KEM
  expect(statuses.get('X25519MLKEM768')).toBeOneOf(['not-approved', undefined])
  expect(statuses.get('SecP256r1MLKEM768')).toBeOneOf(['approved', undefined])
})

test('ciphers that this runtime lacks are not offered', () => {
  vi.mocked(crypto.getCiphers).mockReturnValue(['aes-128-gcm', 'aes-256-gcm'])
  expect(nodeCrypto().aeads.map(({ name }) => name)).toEqual(['aes-128-gcm', 'aes-256-gcm'])
})

test('neither are groups and signatures: BoringSSL has no Ed448 and no X448', () => {
  const pair = crypto.generateKeyPairSync('x25519')
  vi.mocked(crypto.generateKeyPairSync).mockImplementation((type: string) => {
    if (type !== 'x25519') throw new Error(`no ${type}`)
    return pair
  })
  vi.mocked(crypto.getCurves).mockReturnValue(['prime256v1', 'secp384r1'])
  const { groups, signatures } = nodeCrypto()
  expect(groups.map(({ name }) => name).filter((name) => !name.startsWith('ffdhe'))).toEqual([
    'x25519',
    'secp256r1',
    'secp384r1',
  ])
  expect(signatures.some(({ key }) => key.type === 'ed25519')).toBe(true)
  expect(signatures.some(({ key }) => key.type === 'ed448')).toBe(false)
})

test('random bytes are plain, and others each time', () => {
  const { random, name } = nodeCrypto()
  expect(name).toBe('node')
  expect(random(70_000).length).toBe(70_000)
  expect(random(32)).not.toEqual(random(32))
  expect(Object.getPrototypeOf(random(3))).toBe(Uint8Array.prototype)
})
