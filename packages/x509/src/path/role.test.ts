import { writeInteger, writeNull, writeOid, writeSequence } from '@mortise/crypto/der'
import { describe, expect, test } from 'vitest'
import {
  makeAuthority,
  makeRoot,
  makeServer,
  now,
  type CertificateOptions,
} from '../fixtures/certificates.ts'
import * as make from '../fixtures/extensions.ts'
import { keyNamed } from '../fixtures/keys.ts'
import { outcome, verify } from '../fixtures/verify.ts'
import type { VerifyChainOptions } from './options.ts'

const root = makeRoot()
const authority = makeAuthority(root)
const { server, client, any, codeSigning } = make.purposes

const withServer = (options: CertificateOptions, verifyOptions?: Partial<VerifyChainOptions>) =>
  outcome(verify(makeServer(authority, options), root, verifyOptions))
const withAuthority = (options: CertificateOptions, verifyOptions?: Partial<VerifyChainOptions>) =>
  outcome(
    verify(makeServer(makeAuthority(root, { key: keyNamed('other'), ...options })), root, verifyOptions),
  )
const withRoot = (options: CertificateOptions, verifyOptions?: Partial<VerifyChainOptions>) => {
  const own = makeRoot(options)
  return outcome(verify(makeServer(makeAuthority(own)), own, verifyOptions))
}
const all = { 'end entity': withServer, intermediate: withAuthority, root: withRoot }
const roles = Object.entries(all)

describe.each(roles)('validity of the %s (RFC 5280 §4.1.2.5)', (_, check) => {
  const [from, to] = [new Date('2026-06-01T00:00:00Z'), new Date('2026-06-30T23:59:59Z')]
  test.each([
    ['2026-05-31T23:59:59Z', 'ERR_X509_NOT_YET_VALID'],
    ['2026-05-31T23:59:59.999Z', 'ERR_X509_NOT_YET_VALID'],
    ['2026-06-01T00:00:00Z', 'accepted'],
    ['2026-06-30T23:59:59Z', 'accepted'],
    ['2026-06-30T23:59:59.999Z', 'accepted'], // whole seconds
    ['2026-07-01T00:00:00Z', 'ERR_X509_EXPIRED'],
  ])('at %s: %s', async (time, expected) => {
    expect(await check({ notBefore: from, notAfter: to }, { time: new Date(time) })).toBe(expected)
  })
})

describe.each(roles)('extensions of the %s', (_, check) => {
  test('an unknown one that is critical refuses it (RFC 5280 §4.2)', async () => {
    expect(await check({ extensions: [make.unknownExtension(true)] })).toBe(
      'ERR_X509_UNKNOWN_CRITICAL_EXTENSION',
    )
  })

  test('an unknown one that is not critical does not matter', async () => {
    expect(await check({ extensions: [make.unknownExtension(false)] })).toBe('accepted')
  })

  test('a malformed one refuses it, critical or not', async () => {
    for (const type of ['2.5.29.32', '1.3.6.1.5.5.7.1.1', '2.5.29.17'])
      expect(await check({ extensions: [make.extension(type, Uint8Array.of(4, 0))] }), type).toBe(
        'ERR_X509_MALFORMED',
      )
  })

  test('of critical policies the qualifiers must be understood (RFC 5280 §4.2.1.4)', async () => {
    const qualifier = writeSequence(writeOid('1.2.3.4'), writeNull())
    const value = writeSequence(writeSequence(writeOid('1.2.3'), writeSequence(qualifier)))
    expect(await check({ extensions: [make.extension('2.5.29.32', value, true)] })).toBe(
      'ERR_X509_UNKNOWN_CRITICAL_EXTENSION',
    )
    expect(await check({ extensions: [make.extension('2.5.29.32', value)] })).toBe('accepted')
  })
})

describe.each(roles)('version and key of the %s', (_, check) => {
  test.each([1, 2])('version %i is refused', async (version) => {
    const without = ['2.5.29.14', '2.5.29.35', '2.5.29.19', '2.5.29.15', '2.5.29.37', '2.5.29.17']
    expect(await check({ version, without }, { profile: 'private' })).toBe('ERR_X509_UNSUPPORTED_VERSION')
  })

  test('a weak key is refused', async () => {
    expect(await check({ key: keyNamed('weak', 'rsa1024') })).toBe('ERR_X509_WEAK_KEY')
  })

  test('a key of unknown kind is refused', async () => {
    const kinds = await check({ key: keyNamed('unknown', 'secp256k1') })
    expect(kinds).toBe('ERR_X509_UNSUPPORTED_KEY')
  })
})

describe('authorities (RFC 5280 §6.1.4)', () => {
  const authorities = [
    ['intermediate', withAuthority],
    ['root', withRoot],
  ] as const

  describe.each(authorities)('%s', (_, check) => {
    test.each([
      ['without basicConstraints', { without: ['2.5.29.19'] }, 'ERR_X509_NOT_A_CA'],
      ['without the cA bit (k)', { extensions: [make.basicConstraints(false)] }, 'ERR_X509_NOT_A_CA'],
      ['without keyCertSign (n)', { extensions: [make.keyUsage(0, 6)] }, 'ERR_X509_KEY_USAGE'],
      ['without keyUsage', { without: ['2.5.29.15'] }, 'accepted'],
    ])('%s', async (__, options, expected) => {
      expect(await check(options)).toBe(expected)
      expect(await check(options, { profile: 'private' })).toBe(expected)
    })
  })

  test.each([
    [[server], 'accepted'],
    [[server, client], 'accepted'],
    [[any], 'accepted'],
    [[client], 'ERR_X509_EXTENDED_KEY_USAGE'],
    [[codeSigning], 'ERR_X509_EXTENDED_KEY_USAGE'],
  ])(
    'an intermediate for %j limits what stands below it (Baseline Requirements §7.1.2.10.6)',
    async (types, expected) => {
      expect(await withAuthority({ extensions: [make.extendedKeyUsage(...types)] })).toBe(expected)
    },
  )
})

test('a message is short, however many purposes the peer has put into its certificate', async () => {
  const purposes = Array.from({ length: 2000 }, (_, i) => `1.2.3.${i}`)
  const verdict = await verify(
    makeServer(authority, { extensions: [make.extendedKeyUsage(...purposes)] }),
    root,
  )
  expect(verdict).toMatchObject({
    ok: false,
    reason: 'ERR_X509_EXTENDED_KEY_USAGE',
    found: expect.stringMatching(/^1\.2\.3\.0, .* and 1990 more$/) as unknown,
  })
})

describe('the end entity', () => {
  test.each([
    [[server], 'server', 'accepted'],
    [[server, client], 'client', 'accepted'],
    [[client], 'server', 'ERR_X509_EXTENDED_KEY_USAGE'],
    [[server], 'client', 'ERR_X509_EXTENDED_KEY_USAGE'],
    [[codeSigning], 'server', 'ERR_X509_EXTENDED_KEY_USAGE'],
  ] as const)('for %j as %s: %s (RFC 5280 §4.2.1.12)', async (types, purpose, expected) => {
    expect(await withServer({ extensions: [make.extendedKeyUsage(...types)] }, { purpose })).toBe(expected)
  })

  test('without extendedKeyUsage is for anything', async () => {
    expect(await withServer({ without: ['2.5.29.37'] })).toBe('accepted')
    expect(await withServer({ without: ['2.5.29.37'] }, { purpose: 'client' })).toBe('accepted')
  })

  test('anyExtendedKeyUsage is for anything, but not on the web', async () => {
    const options = { extensions: [make.extendedKeyUsage(any)] }
    expect(await withServer(options, { profile: 'private' })).toBe('accepted')
    expect(await withServer(options)).toBe('ERR_X509_PROFILE')
  })

  test.each([
    [[0], undefined, 'accepted'],
    [[2], undefined, 'ERR_X509_KEY_USAGE'],
    [[4], undefined, 'ERR_X509_KEY_USAGE'],
    [[4], 'keyAgreement', 'accepted'],
    [[2], 'any', 'accepted'],
  ] as const)(
    'with key usages %j and option keyUsage %s: %s (RFC 9846 §4.5.1.2)',
    async (bits, keyUsage, expected) => {
      const options = keyUsage === undefined ? {} : { keyUsage }
      expect(await withServer({ extensions: [make.keyUsage(...bits)] }, options)).toBe(expected)
    },
  )

  test('may be an authority only where the profile is private', async () => {
    const options = { extensions: [make.basicConstraints(true), make.keyUsage(0, 5)] }
    expect(await withServer(options)).toBe('ERR_X509_CA_AS_END_ENTITY')
    expect(await withServer(options, { profile: 'private' })).toBe('accepted')
  })

  test('that is an anchor itself needs no path, but everything else', async () => {
    const extensions = [make.basicConstraints(true), make.keyUsage(0, 5)]
    const own = makeServer(undefined, { extensions })
    expect(await outcome(verify(own, own))).toBe('accepted')
    expect(await outcome(verify(own, own, { name: 'example.org' }))).toBe('ERR_X509_NAME_MISMATCH')
    expect(await outcome(verify(own, own, { time: new Date('2027-01-01') }))).toBe('ERR_X509_EXPIRED')
    expect(await outcome(verify(own, own, { purpose: 'client' }))).toBe('ERR_X509_EXTENDED_KEY_USAGE')
    const other = makeServer(undefined, { extensions, key: keyNamed('another') })
    expect(await outcome(verify(other, own))).not.toBe('accepted')
  })
})

test('the serial number is the profile’s affair', async () => {
  expect(await withServer({ serialNumber: writeInteger(-1) })).toBe('ERR_X509_PROFILE')
  expect(await withServer({ serialNumber: writeInteger(-1) }, { profile: 'private', time: now })).toBe(
    'accepted',
  )
})
