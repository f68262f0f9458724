import { writeInteger, writeOctetString } from '@mortise/crypto/der'
import { describe, expect, test } from 'vitest'
import { makeAuthority, makeRoot, makeServer, now, type Issued } from '../fixtures/certificates.ts'
import { extension } from '../fixtures/extensions.ts'
import { keyNamed } from '../fixtures/keys.ts'
import { makeOcspResponse } from '../fixtures/revocation.ts'
import {
  certificateTimestamp,
  embedded,
  logKeys,
  precertificateTimestamp,
  timestampList,
  type TimestampOptions,
} from '../fixtures/timestamps.ts'
import { outcome, verify } from '../fixtures/verify.ts'
import { certificateTransparency, type CertificateTransparencyOptions } from './certificateTransparency.ts'

const root = makeRoot()
const authority = makeAuthority(root)
const server = makeServer(authority)
const missing = 'ERR_X509_TRANSPARENCY'
const [a, b, c] = logKeys
if (!a || !b || !c) throw new Error('three logs')
const logs = [a, b, c].map(({ spki }, i) => ({ key: spki, operator: `operator ${i}` }))

const check = (
  scts: Uint8Array | undefined,
  options: Partial<CertificateTransparencyOptions> = {},
  endEntity: Issued = server,
) => verify(endEntity, root, { scts, checks: [certificateTransparency({ logs, ...options })] })

/** Timestamps of two logs, the second one with these options. */
const presented = (options: TimestampOptions = {}, about = server) =>
  timestampList(certificateTimestamp(a, about), certificateTimestamp(b, about, options))

describe('timestamps that come with the certificate', () => {
  test.each<[string, Uint8Array | undefined, Partial<CertificateTransparencyOptions>, string]>([
    ['none', undefined, {}, missing],
    ['of two logs', presented(), {}, 'accepted'],
    ['of two logs, three wanted', presented(), { minimum: 3 }, missing],
    ['of one log, one wanted', timestampList(certificateTimestamp(a, server)), { minimum: 1 }, 'accepted'],
    [
      'of one log twice',
      timestampList(certificateTimestamp(a, server), certificateTimestamp(a, server)),
      {},
      missing,
    ],
    ['of an unknown log', presented(), { logs: [...logs.slice(0, 1), ...logs.slice(2)] }, missing],
    ['about another certificate', presented({}, makeServer(authority)), {}, missing],
    ['of this very moment', presented({ time: now }), {}, 'accepted'],
    ['of the future', presented({ time: new Date(now.getTime() + 1) }), {}, missing],
    ['of a version that nobody knows', presented({ version: 1 }), {}, missing],
    ['with extensions', presented({ extensions: Uint8Array.of(1, 2) }), {}, 'accepted'],
    ['of another hash', presented({ algorithm: [5, 3] }), {}, missing],
    ['of another kind of signature', presented({ algorithm: [4, 1] }), {}, missing],
    ['of an unknown kind of signature', presented({ algorithm: [4, 2] }), {}, missing],
    ['that are no list', Uint8Array.of(1, 2, 3), {}, missing],
    [
      'with one that is cut off',
      timestampList(certificateTimestamp(a, server), certificateTimestamp(b, server).subarray(1)),
      {},
      missing,
    ],
    ['of two operators', presented(), { minimumOperators: 2 }, 'accepted'],
    ['of three operators', presented(), { minimumOperators: 3 }, missing],
    [
      'of logs that do not say who runs them',
      presented(),
      { logs: logs.map(({ key }, i) => (i < 2 ? { key } : { key, operator: 'c' })), minimumOperators: 2 },
      missing,
    ],
  ])('%s', async (_, scts, options, expected) => {
    expect(await outcome(check(scts, options))).toBe(expected)
  })

  test('a log may sign with RSA', async () => {
    const rsa = keyNamed('log', 'rsa2048')
    const list = timestampList(certificateTimestamp(rsa, server))
    expect(await outcome(check(list, { logs: [{ key: rsa.spki }], minimum: 1 }))).toBe('accepted')
  })

  test('after a log is retired, its timestamps count no longer', async () => {
    const retiring = (retired: Date) => [...logs.slice(0, 1), { key: b.spki, retired }]
    const time = new Date('2026-06-01T00:00:00Z')
    const list = presented({ time })
    expect(await outcome(check(list, { logs: retiring(new Date('2026-06-02')) }))).toBe('accepted')
    expect(await outcome(check(list, { logs: retiring(time) }))).toBe(missing)
  })

  test('one changed byte is one timestamp less', async () => {
    const list = presented()
    for (let at = 6; at < list.length; at++) {
      const changed = list.slice()
      changed[at] = (changed[at] ?? 0) ^ 4
      expect(await outcome(check(changed)), `byte ${at}`).toBe(missing)
    }
  })
})

describe('timestamps in the certificate (RFC 6962 §3.3)', () => {
  const serialNumber = writeInteger(4711)
  const withTimestamps = (make: (precertificate: Issued) => Uint8Array): Issued => {
    const precertificate = makeServer(authority, { serialNumber })
    return makeServer(authority, { serialNumber, extensions: [embedded(make(precertificate))] })
  }

  test('are about what it was before', async () => {
    const own = withTimestamps((before) =>
      timestampList(precertificateTimestamp(a, before), precertificateTimestamp(b, before)),
    )
    expect(await outcome(check(undefined, {}, own))).toBe('accepted')
  })

  test('count together with others, but a log only once', async () => {
    const own = withTimestamps((before) => timestampList(precertificateTimestamp(a, before)))
    expect(await outcome(check(timestampList(certificateTimestamp(b, own)), {}, own))).toBe('accepted')
    expect(await outcome(check(timestampList(certificateTimestamp(a, own)), {}, own))).toBe(missing)
  })

  test('are about this issuer', async () => {
    const own = withTimestamps((before) => {
      const elsewhere = { ...before, issuer: root }
      return timestampList(precertificateTimestamp(a, elsewhere), precertificateTimestamp(b, elsewhere))
    })
    expect(await outcome(check(undefined, {}, own))).toBe(missing)
  })

  test('where they are malformed there are none', async () => {
    const own = makeServer(authority, {
      extensions: [extension('1.3.6.1.4.1.11129.2.4.2', Uint8Array.of(4, 0))],
    })
    expect(await outcome(check(undefined, {}, own))).toBe(missing)
    expect(await outcome(check(presented({}, own), {}, own))).toBe('accepted')
  })

  test('the only extension goes with them', async () => {
    const bare = { serialNumber, names: [], without: ['2.5.29.14', '2.5.29.35', '2.5.29.15', '2.5.29.37'] }
    const before = makeServer(root, bare)
    const list = timestampList(precertificateTimestamp(a, before), precertificateTimestamp(b, before))
    const own = makeServer(root, { ...bare, extensions: [embedded(list)] })
    const checks = [certificateTransparency({ logs })]
    const options = { checks, profile: 'private', name: undefined, unsafeIgnoreName: true } as const
    expect(await outcome(verify(own, root, options))).toBe('accepted')
  })

  test('of an end entity that is an anchor can not be looked at', async () => {
    const own = withTimestamps((before) => timestampList(precertificateTimestamp(a, before)))
    const checks = [certificateTransparency({ logs, minimum: 1 })]
    expect(await outcome(verify(own, own, { checks }))).toBe(missing)
  })
})

describe('timestamps in a stapled OCSP response (RFC 6962 §3.3)', () => {
  const stapled = (list: Uint8Array) =>
    makeOcspResponse(server, {
      singleExtensions: [extension('1.3.6.1.4.1.11129.2.4.5', writeOctetString(list))],
    })
  const checkStapled = (ocspResponse: Uint8Array) =>
    outcome(verify(server, root, { ocspResponse, checks: [certificateTransparency({ logs })] }))

  test('count', async () => {
    expect(await checkStapled(stapled(presented()))).toBe('accepted')
  })

  test('count only for this certificate', async () => {
    expect(await checkStapled(stapled(presented({}, makeServer(authority))))).toBe(missing)
  })

  test('where they or the response are malformed there are none', async () => {
    expect(await checkStapled(stapled(Uint8Array.of(0)))).toBe(missing)
    expect(await checkStapled(makeOcspResponse(server))).toBe(missing)
    expect(await checkStapled(Uint8Array.of(0))).toBe(missing)
  })
})

test('the verdict says how many there are', async () => {
  expect(await check(timestampList(certificateTimestamp(a, server)))).toMatchObject({
    reason: missing,
    expected: 'timestamps of 2 logs of 1 operators',
    found: '1 of 1',
  })
})

test('signatures count into the budget', async () => {
  const checks = [certificateTransparency({ logs })]
  const limits = { maxSignatureChecks: 3 }
  expect(await outcome(verify(server, root, { checks, scts: presented(), limits }))).toBe(
    'ERR_X509_TOO_MANY_SIGNATURES',
  )
})

describe('options', () => {
  test('that can not be honoured throw', () => {
    expect(() => certificateTransparency({ logs: [{ key: Uint8Array.of(1) }] })).toThrow(/key of a log/)
    for (const minimum of [0, 1.5, 4])
      expect(() => certificateTransparency({ logs, minimum })).toThrow(/minimum/)
    const doubled = [...logs.slice(0, 1), ...logs.slice(0, 1)]
    expect(() => certificateTransparency({ logs: doubled })).toThrow(/minimum/)
    const silent = logs.map(({ key }) => ({ key }))
    expect(() => certificateTransparency({ logs: silent, minimumOperators: 2 })).toThrow(/minimumOperators/)
    const retired = new Date(Number.NaN)
    expect(() => certificateTransparency({ logs: [...logs, { key: a.spki, retired }] })).toThrow(/retired/)
    expect(() => certificateTransparency({ logs, strict: true } as never)).toThrow(/strict/)
  })

  test('identity tells them apart, and timestamps are wanted', () => {
    const identities = [{ logs }, { logs, minimum: 3 }, { logs: logs.slice(1) }].map(
      (options) => certificateTransparency(options).identity,
    )
    expect(new Set(identities).size).toBe(3)
    expect(certificateTransparency({ logs }).wants).toEqual({ signedCertificateTimestamps: true })
  })
})
