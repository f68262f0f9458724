import {
  constructed,
  primitive,
  writeBoolean,
  writeConstructed,
  writeElement,
  writeSequence,
} from '@mortise/crypto/der'
import { describe, expect, test } from 'vitest'
import { makeAuthority, makeRoot, makeServer, now } from '../fixtures/certificates.ts'
import * as make from '../fixtures/extensions.ts'
import { keyNamed, signers } from '../fixtures/keys.ts'
import { crlNumber, issuingPoint, makeRevocationList, type ListOptions } from '../fixtures/revocation.ts'
import { outcome, verify } from '../fixtures/verify.ts'
import { isX509Error } from '../X509Error.ts'
import { revocationLists, type RevocationListsOptions } from './revocationLists.ts'

const root = makeRoot()
const authority = makeAuthority(root)
const server = makeServer(authority)
const [bad, revoked, unknown] = ['ERR_X509_BAD_CRL', 'ERR_X509_REVOKED', 'ERR_X509_REVOCATION_UNKNOWN']

const withLists = (lists: readonly Uint8Array[], options?: RevocationListsOptions, endEntity = server) =>
  verify(endEntity, root, { checks: [revocationLists(lists, options)] })
const check = (
  options: ListOptions,
  endEntity = server,
  require: RevocationListsOptions['require'] = 'endEntity',
) => outcome(withLists([makeRevocationList(authority, options)], { require }, endEntity))

describe('certificates', () => {
  test('not on the list', async () => {
    expect(await check({})).toBe('accepted')
    expect(await check({ revoked: [makeServer(authority)] })).toBe('accepted')
  })

  test('on the list', async () => {
    const list = makeRevocationList(authority, { revoked: [makeServer(authority), server] })
    expect(await withLists([list])).toMatchObject({
      reason: revoked,
      position: 0,
      found: 'revoked on 2026-03-04T05:06:07Z',
    })
  })

  test('of authorities, on the list of their issuer', async () => {
    const list = makeRevocationList(root, { revoked: [authority] })
    expect(await withLists([list])).toMatchObject({ reason: revoked, position: 1 })
  })

  test('on a list of another issuer, which means nothing', async () => {
    expect(await outcome(withLists([makeRevocationList(root, { revoked: [server] })]))).toBe('accepted')
  })

  test('on one of several lists', async () => {
    const lists = [makeRevocationList(authority), makeRevocationList(authority, { revoked: [server] })]
    expect(await outcome(withLists(lists))).toBe(revoked)
    expect(await outcome(withLists(lists.toReversed()))).toBe(revoked)
  })
})

describe('require', () => {
  test.each([
    ['nothing', [], 'accepted'],
    ['endEntity', [], unknown],
    ['endEntity', [makeRevocationList(authority)], 'accepted'],
    ['endEntity', [makeRevocationList(root)], unknown],
    ['path', [makeRevocationList(authority)], unknown],
    ['path', [makeRevocationList(authority), makeRevocationList(root)], 'accepted'],
  ] as const)('%s, case %#', async (require, lists, expected) => {
    expect(await outcome(withLists(lists, { require }))).toBe(expected)
  })

  test('an anchor needs no list', async () => {
    const own = makeServer(undefined)
    expect(await outcome(verify(own, own, { checks: [revocationLists([], { require: 'path' })] }))).toBe(
      'accepted',
    )
  })

  test('options that can not be honoured throw', () => {
    expect(() => revocationLists([], { require: 'all' } as never)).toThrow(/revocationLists: all/)
    expect(() => revocationLists([], { fetch: true } as never)).toThrow(/revocationLists: fetch/)
  })
})

describe('a list', () => {
  const at = (seconds: number): Date => new Date(now.getTime() + seconds * 1000)
  const delta = make.extension('2.5.29.27', crlNumber().value, true)
  const impostor = { ...authority, key: keyNamed('impostor') }

  test.each<[string, ListOptions, string]>([
    ['that ends now', { nextUpdate: at(0) }, 'accepted'],
    ['that is over', { nextUpdate: at(-1) }, bad],
    ['that is over, but revokes', { nextUpdate: at(-1), revoked: [server] }, revoked],
    ['without nextUpdate (RFC 5280 §5.1.2.5)', { nextUpdate: null }, bad],
    ['within what clocks differ', { thisUpdate: at(300) }, 'accepted'],
    ['of the future', { thisUpdate: at(301) }, bad],
    ['that somebody else signed', { signer: impostor, revoked: [server] }, bad],
    ['without cRLNumber (RFC 5280 §5.2.3)', { extensions: [] }, bad],
    ['with a critical cRLNumber', { extensions: [crlNumber(true)] }, bad],
    ['with an unknown critical extension', { extensions: [crlNumber(), make.unknownExtension(true)] }, bad],
    ['with an unknown extension', { extensions: [crlNumber(), make.unknownExtension(false)] }, 'accepted'],
    ['that is a delta (RFC 5280 §5.2.4)', { extensions: [crlNumber(), delta] }, bad],
    [
      'that is a delta and does not say so critically',
      { extensions: [crlNumber(), { ...delta, critical: false }] },
      bad,
    ],
    [
      'with a critical extension of an entry (RFC 5280 §5.3)',
      { revoked: [makeServer(authority)], entryExtensions: [make.unknownExtension(true)] },
      bad,
    ],
    ['with a reason', { revoked: [server], entryExtensions: [make.unknownExtension(false)] }, revoked],
    [
      'that names the issuer’s key',
      { extensions: [crlNumber(), make.authorityKeyIdentifier(authority.keyIdentifier)] },
      'accepted',
    ],
    [
      'that names another key of that name',
      { extensions: [crlNumber(), make.authorityKeyIdentifier(new Uint8Array(20))] },
      unknown,
    ],
    [
      'with a malformed key identifier',
      { extensions: [crlNumber(), make.extension('2.5.29.35', Uint8Array.of(1, 0))] },
      bad,
    ],
  ])('%s', async (_, options, expected) => {
    expect(await check(options)).toBe(expected)
  })

  test('of no use does no harm where another one is good', async () => {
    const old = makeRevocationList(authority, { nextUpdate: at(-1) })
    expect(await outcome(withLists([old, makeRevocationList(authority)]))).toBe('accepted')
  })

  test('that can not be understood may say what a good one does not', async () => {
    for (const extensions of [
      [crlNumber(), delta],
      [crlNumber(), make.unknownExtension(true)],
    ]) {
      const other = makeRevocationList(authority, { extensions })
      expect(await outcome(withLists([makeRevocationList(authority), other]))).toBe(bad)
      expect(await outcome(withLists([other, makeRevocationList(authority)]))).toBe(bad)
    }
  })

  test('that says nothing of the certificate costs no signature check', async () => {
    const forAuthorities = issuingPoint(writeElement(primitive(2), writeBoolean(true).subarray(2)))
    const shards = Array.from({ length: 100 }, () =>
      makeRevocationList(authority, { extensions: [crlNumber(), forAuthorities] }),
    )
    expect(await outcome(withLists([...shards, makeRevocationList(authority)]))).toBe('accepted')
  })

  test('needs an issuer who may sign lists (RFC 5280 §6.3.3 (f))', async () => {
    for (const [extensions, without, expected] of [
      [[make.keyUsage(5)], [], bad],
      [[], ['2.5.29.15'], 'accepted'],
    ] as const) {
      const own = makeAuthority(root, { subject: 'Own', extensions, without })
      expect(await outcome(withLists([makeRevocationList(own)], {}, makeServer(own)))).toBe(expected)
    }
  })

  test('of a weak signature is of no use', async () => {
    const weak = { ...authority, key: { ...authority.key, signer: signers.ecdsaSha1 } }
    expect(await check({ signer: weak })).toBe(bad)
  })
})

describe('a part of a list (issuingDistributionPoint, RFC 5280 §5.2.5)', () => {
  const uri = (text: string) => make.writeGeneralName(`uri:${text}`)
  const place = (text: string) => writeConstructed(0, writeElement(constructed(0), uri(text)))
  const flag = (number: number) => writeElement(primitive(number), writeBoolean(true).subarray(2))
  const points = (...fields: readonly Uint8Array[]) =>
    make.extension('2.5.29.31', writeSequence(writeSequence(...fields)))
  const sharded = makeServer(authority, { extensions: [points(place('http://c.example/1'))] })
  const relative = writeConstructed(0, writeConstructed(1))

  test.each<[string, readonly Uint8Array[], string]>([
    ['for end entities', [flag(1)], 'accepted'],
    ['for authorities', [flag(2)], unknown],
    ['for attribute certificates', [flag(5)], bad],
    ['made by somebody else', [flag(4)], bad],
    ['for some reasons', [writeElement(primitive(3), Uint8Array.of(7, 0x80))], bad],
    ['at the place that the certificate names', [place('http://c.example/1')], 'accepted'],
    ['at another place', [place('http://c.example/2')], unknown],
    ['at a place relative to the issuer', [relative], bad],
    ['that is malformed', [flag(7)], bad],
  ])('%s', async (_, fields, expected) => {
    expect(await check({ extensions: [crlNumber(), issuingPoint(...fields)] }, sharded)).toBe(expected)
  })

  test('of a certificate that names no place, or a restricted one, it says nothing', async () => {
    const extensions = [crlNumber(), issuingPoint(place('http://c.example/1'))]
    const restricted = makeServer(authority, {
      extensions: [points(place('http://c.example/1'), writeElement(primitive(1), Uint8Array.of(7, 0x80)))],
    })
    const other = makeServer(authority, { extensions: [points(relative)] })
    const malformed = makeServer(authority, { extensions: [make.extension('2.5.29.31', Uint8Array.of(1))] })
    for (const endEntity of [server, restricted, other, malformed])
      expect(await check({ extensions }, endEntity)).toBe(unknown)
  })

  test('revokes all the same', async () => {
    expect(await check({ revoked: [server], extensions: [crlNumber(), issuingPoint(flag(2))] })).toBe(revoked)
  })
})

test('lists that do not parse throw when they are given', () => {
  const good = makeRevocationList(authority)
  const broken = [
    new Uint8Array(0),
    good.slice(0, -1),
    Buffer.concat([good, Buffer.of(0)]),
    makeRevocationList(authority, { version: 1, extensions: [] }),
    makeRevocationList(authority, { version: 3 }),
  ]
  for (const list of broken) expect(() => revocationLists([list])).toThrow(/malformed: revocation list/)
})

/** What comes of a list that may not even parse. */
async function outcomeWith(list: Uint8Array): Promise<string> {
  try {
    return await outcome(withLists([list], { require: 'endEntity' }))
  } catch (error) {
    if (isX509Error(error)) return error.code
    throw error
  }
}

test('no byte of a list can be changed so that a revoked certificate is good', async () => {
  const list = makeRevocationList(authority, { revoked: [server] })
  for (let at = 0; at < list.length; at++) {
    const changed = list.slice()
    changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8))
    expect(await outcomeWith(changed), `byte ${at}`).toMatch(/^ERR_X509_/)
  }
})

test('identity tells lists apart', () => {
  const [a, b] = [makeRevocationList(authority), makeRevocationList(root)]
  expect(revocationLists([a, b]).identity).toBe(revocationLists([b, a]).identity)
  expect(revocationLists([a]).identity).not.toBe(revocationLists([b]).identity)
})
