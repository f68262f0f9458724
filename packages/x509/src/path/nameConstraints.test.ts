import { describe, expect, test } from 'vitest'
import { parseCertificate } from '../certificate.ts'
import { makeAuthority, makeRoot, makeServer, type CertificateOptions } from '../fixtures/certificates.ts'
import { nameConstraints, registeredId } from '../fixtures/extensions.ts'
import { outcome, verify } from '../fixtures/verify.ts'
import { createBudget, defaultLimits } from './limits.ts'
import { checkNameConstraints } from './nameConstraints.ts'

const root = makeRoot()
type Names = readonly (string | Uint8Array)[]

/** A server of these names below an authority with these constraints. */
function check(
  lists: { readonly permitted?: Names; readonly excluded?: Names },
  names: Names,
  options: CertificateOptions = {},
): Promise<string> {
  const authority = makeAuthority(root, { extensions: [nameConstraints(lists)] })
  const server = makeServer(authority, { subject: '', names, ...options })
  return outcome(verify(server, root, { name: undefined, unsafeIgnoreName: true }))
}
const refused = 'ERR_X509_NAME_CONSTRAINTS'

describe('DNS names (RFC 5280 §4.2.1.10)', () => {
  test.each<[string, string, string]>([
    ['example.com', 'example.com', 'within'],
    ['example.com', 'EXAMPLE.com', 'within'],
    ['example.com', 'a.b.example.com', 'within'],
    ['example.com', '*.example.com', 'within'],
    ['dns:', 'example.com', 'within'],
    ['example.com', 'badexample.com', 'apart'],
    ['example.com', 'com', 'apart'],
    ['example.com', 'example.com.evil.org', 'apart'],
    ['www.example.com', 'example.com', 'apart'],
    ['www.example.com', '*.example.com', 'unclear'],
    ['a.www.example.com', '*.example.com', 'apart'],
    ['dns:.example.com', 'a.example.com', 'unclear'],
    ['dns:*.example.com', 'a.example.com', 'unclear'],
    ['example.com', 'dns:exa mple.com', 'unclear'],
    ['example.com', 'dns:', 'unclear'],
    ['example.com', 'a_b.example.com', 'within'],
  ])('of %s, %s is %s', async (base, name, relation) => {
    expect(await check({ permitted: [base] }, [name])).toBe(relation === 'within' ? 'accepted' : refused)
    expect(await check({ excluded: [base] }, [name])).toBe(relation === 'apart' ? 'accepted' : refused)
  })
})

describe('IP addresses', () => {
  test.each<[string, string, string]>([
    ['ip:192.0.2.0/255.255.255.0', '192.0.2.77', 'within'],
    ['ip:192.0.2.0/255.255.255.0', '192.0.3.77', 'apart'],
    ['ip:0.0.0.0/0.0.0.0', '192.0.3.77', 'within'],
    ['ip:2001:db8::/ffff:ffff::', '2001:db8:1::1', 'within'],
    ['ip:2001:db8::/ffff:ffff::', '2001:db9:1::1', 'apart'],
    ['ip:::/::', '192.0.2.1', 'apart'],
    ['ip:192.0.2.0/255.0.255.0', '192.0.2.1', 'unclear'],
    ['hex:c0000200', '192.0.2.1', 'unclear'],
    ['hex:c0000200ffffff', '192.0.2.1', 'unclear'],
  ])('of %s, %s is %s', async (base, name, relation) => {
    expect(await check({ permitted: [base] }, [name])).toBe(relation === 'within' ? 'accepted' : refused)
    expect(await check({ excluded: [base] }, [name])).toBe(relation === 'apart' ? 'accepted' : refused)
  })
})

describe('email addresses', () => {
  test.each<[string, string, string]>([
    ['email:a@example.com', 'email:a@EXAMPLE.com', 'within'],
    ['email:a@example.com', 'email:A@example.com', 'apart'],
    ['email:example.com', 'email:b@example.com', 'within'],
    ['email:example.com', 'email:b@www.example.com', 'apart'],
    ['email:.example.com', 'email:b@www.example.com', 'within'],
    ['email:.example.com', 'email:b@example.com', 'apart'],
    ['email:example.com', 'email:"b@evil.org"@example.com', 'unclear'],
    ['email:example.com', 'email:example.com', 'unclear'],
    ['email:example.com', 'email:@example.com', 'unclear'],
    ['email:a@b@example.com', 'email:a@example.com', 'unclear'],
    ['email:ex ample', 'email:a@example.com', 'unclear'],
  ])('of %s, %s is %s', async (base, name, relation) => {
    expect(await check({ permitted: [base] }, [name])).toBe(relation === 'within' ? 'accepted' : refused)
    expect(await check({ excluded: [base] }, [name])).toBe(relation === 'apart' ? 'accepted' : refused)
  })

  test('one in the subject counts, unless subjectAltName has some', async () => {
    const subject = 'emailAddress=a@evil.org'
    expect(await check({ excluded: ['email:evil.org'] }, [], { subject })).toBe(refused)
    expect(await check({ permitted: ['email:example.com'] }, ['a.example'], { subject })).toBe(refused)
    expect(await check({ excluded: ['email:evil.org'] }, ['email:a@example.com'], { subject })).toBe(
      'accepted',
    )
  })
})

describe('URIs', () => {
  test.each<[string, string, string]>([
    ['uri:example.com', 'uri:https://example.com/x', 'within'],
    ['uri:example.com', 'uri:HTTPS://user@EXAMPLE.com:8443?q', 'within'],
    ['uri:example.com', 'uri:https://www.example.com', 'apart'],
    ['uri:.example.com', 'uri:https://www.example.com', 'within'],
    ['uri:.example.com', 'uri:https://example.com', 'apart'],
    ['uri:example.com', 'uri:https://evil.org/@example.com', 'apart'],
    ['uri:example.com', 'uri:https://evil.org#@example.com', 'apart'],
    ['uri:example.com', 'uri:https://192.0.2.1/', 'unclear'],
    ['uri:example.com', 'uri:https://[::1]/', 'unclear'],
    ['uri:example.com', 'uri:urn:example.com', 'unclear'],
    ['uri:example.com', 'uri:https://a@b@example.com/', 'unclear'],
    ['uri:exa mple', 'uri:https://example.com', 'unclear'],
  ])('of %s, %s is %s', async (base, name, relation) => {
    expect(await check({ permitted: [base] }, [name])).toBe(relation === 'within' ? 'accepted' : refused)
    expect(await check({ excluded: [base] }, [name])).toBe(relation === 'apart' ? 'accepted' : refused)
  })
})

describe('directory names', () => {
  test.each<[string, string, string]>([
    ['directory:O=Example', 'O=Example/CN=a', 'within'],
    ['directory:O=Example', 'O=EXAMPLE', 'within'],
    ['directory:', 'O=Example', 'within'],
    ['directory:O=Example/CN=a', 'O=Example', 'apart'],
    ['directory:O=Example', 'O=Other/CN=a', 'apart'],
    ['directory:CN=a', 'O=Example/CN=a', 'apart'],
  ])('of %s, subject and alternative name %s is %s', async (base, name, relation) => {
    for (const [names, subject] of [
      [['a.example'], name],
      [[`directory:${name}`], ''],
    ] as const) {
      expect(await check({ permitted: [base] }, names, { subject })).toBe(
        relation === 'within' ? 'accepted' : refused,
      )
      expect(await check({ excluded: [base] }, names, { subject })).toBe(
        relation === 'apart' ? 'accepted' : refused,
      )
    }
  })

  test('an empty subject is no name', async () => {
    expect(await check({ permitted: ['directory:O=Example'] }, ['a.example'])).toBe('accepted')
  })
})

test('kinds of names that nobody defined constraints for are refused where they are constrained', async () => {
  expect(await check({ permitted: [registeredId] }, [registeredId])).toBe(refused)
  expect(await check({ excluded: [registeredId] }, [registeredId])).toBe(refused)
  expect(await check({ excluded: [registeredId] }, ['a.example'])).toBe('accepted')
})

describe('several', () => {
  test('constraints of one kind say nothing of other kinds', async () => {
    expect(await check({ permitted: ['example.com'] }, ['ip:192.0.2.1'])).toBe('accepted')
  })

  test('one permitted subtree is enough, one excluded is too much', async () => {
    expect(await check({ permitted: ['a.example', 'b.example'] }, ['x.b.example'])).toBe('accepted')
    expect(await check({ permitted: ['example.com'], excluded: ['b.example.com'] }, ['b.example.com'])).toBe(
      refused,
    )
  })

  test('each name counts', async () => {
    expect(await check({ permitted: ['a.example'] }, ['a.example', 'b.example'])).toBe(refused)
  })

  test('all authorities count, none can widen what stands above (RFC 5280 §6.1.4 (g))', async () => {
    const top = makeAuthority(root, {
      subject: 'Top',
      extensions: [nameConstraints({ permitted: ['a.example'] })],
    })
    const below = makeAuthority(top, {
      subject: 'Below',
      extensions: [nameConstraints({ permitted: ['b.example'] })],
    })
    const path = (names: Names) =>
      outcome(verify(makeServer(below, { names }), root, { name: undefined, unsafeIgnoreName: true }))
    expect(await path(['b.example'])).toBe(refused)
    expect(await path(['a.example'])).toBe(refused)
  })

  test('the verdict names certificate, name and what was expected', async () => {
    const authority = makeAuthority(root, { extensions: [nameConstraints({ permitted: ['a.example'] })] })
    expect(await verify(makeServer(authority), root)).toMatchObject({
      reason: refused,
      position: 0,
      subject: 'CN=example.com',
      expected: 'a name that is permitted',
      found: '"example.com"',
    })
  })
})

describe('who is checked', () => {
  test('authorities below, too', async () => {
    const top = makeAuthority(root, {
      subject: 'Top',
      extensions: [nameConstraints({ excluded: ['directory:O=Evil'] })],
    })
    const below = makeAuthority(top, { subject: 'O=Evil/CN=Below' })
    expect(await verify(makeServer(below), root)).toMatchObject({ reason: refused, position: 1 })
  })

  test('self-issued ones are free of them, unless they are the end entity (RFC 5280 §6.1.3 (b))', async () => {
    const lists = nameConstraints({ permitted: ['directory:O=Example'] })
    const top = makeAuthority(root, { subject: 'Top', extensions: [lists] })
    const next = makeAuthority(top, { subject: 'top' })
    const server = makeServer(next, { subject: 'O=Example/CN=x' })
    expect(await outcome(verify(server, root))).toBe('accepted')
    expect(await outcome(verify(makeServer(next, { subject: 'top' }), root))).toBe(refused)
  })

  test('constraints of the anchor count: of its certificate, and those that the caller gives', async () => {
    const lists = nameConstraints({ permitted: ['a.example'] })
    const constrained = makeRoot({ extensions: [lists] })
    expect(await outcome(verify(makeServer(constrained), constrained))).toBe(refused)
    const anchor = { subject: root.subject, spki: root.key.spki }
    const server = makeServer(root)
    expect(await outcome(verify(server, root, { anchors: [anchor] }))).toBe('accepted')
    expect(
      await outcome(verify(server, root, { anchors: [{ ...anchor, nameConstraints: lists.value }] })),
    ).toBe(refused)
  })
})

test.each([
  ['dns', 'example.org'],
  ['email', 'a@example.org'],
  ['email', '.example.org'],
  ['uri', 'example.org'],
] as const)('a constraint of kind %s is read once, however often it is compared', (kind, value) => {
  let read = 0
  const base = {
    kind,
    get value() {
      read++
      return value
    },
  }
  const names = ['example.com', 'email:a@example.com', 'uri:https://example.com/']
  const certificate = parseCertificate(makeServer(root, { names }).der)
  for (let times = 0; times < 100; times++)
    checkNameConstraints(certificate, { permitted: [], excluded: [base] }, createBudget(defaultLimits))
  expect(read).toBeLessThanOrEqual(2)
})
