import { describe, expect, test } from 'vitest'
import { parseCertificate } from '../certificate.ts'
import { makeRoot, makeServer } from '../fixtures/certificates.ts'
import { subjectAltName } from '../fixtures/extensions.ts'
import { verifyServerName, type NameOptions } from './serverName.ts'

const root = makeRoot()

function outcome(name: string, names: readonly string[], options?: NameOptions): string {
  const certificate = parseCertificate(makeServer(root, { names, subject: 'example.com' }).der)
  const result = verifyServerName(certificate, name, options)
  return result.ok ? 'accepted' : result.reason
}
const mismatch = 'ERR_X509_NAME_MISMATCH'
const badReference = 'ERR_X509_BAD_REFERENCE_NAME'

test.each([
  ['example.com', ['example.com']],
  ['EXAMPLE.com', ['example.COM']],
  ['example.com.', ['example.com']], // the trailing dot of an absolute name
  ['b.example.com', ['a.example.com', 'b.example.com']],
  ['www.example.com', ['*.example.com']],
  ['xn--bcher-kva.example.com', ['*.example.com']],
  ['xn--bcher-kva.example.com', ['XN--BCHER-KVA.example.com']],
  ['localhost', ['localhost']],
  ['192.0.2.1', ['ip:192.0.2.1']],
  ['2001:db8::1', ['ip:2001:db8:0:0::1']],
])('%s is among %j', (name, names) => {
  expect(outcome(name, names)).toBe('accepted')
})

test.each([
  ['example.com', ['example.org'], mismatch],
  ['example.com', ['www.example.com'], mismatch],
  ['www.example.com', ['example.com'], mismatch],
  ['example.com', ['*.example.com'], mismatch],
  ['a.b.example.com', ['*.example.com'], mismatch],
  ['www.example.com', ['w*.example.com'], mismatch],
  ['www.example.com', ['*w.example.com'], mismatch],
  ['www.example.com', ['www.*.com'], mismatch],
  ['example.com', ['*.com'], mismatch],
  ['com', ['*'], mismatch],
  ['example.com', ['*'], mismatch],
  ['example.com', ['dns:example.com.'], mismatch], // certificates don't write absolute names
  ['example.com', ['dns:'], mismatch],
  ['example.com', ['dns: example.com'], mismatch],
  ['example.com', ['dns:example.com\u0000.evil.org'], mismatch],
  ['example.com', ['uri:https://example.com', 'email:a@example.com'], mismatch],
  ['192.0.2.1', ['dns:192.0.2.1'], mismatch], // an address in a dNSName is none (RFC 9525 §6.5)
  ['192.0.2.1', ['*.0.2.1'], mismatch],
  ['192.0.2.1', ['ip:::ffff:192.0.2.1'], mismatch],
  ['192.0.2.2', ['ip:192.0.2.1'], mismatch],
  ['::1', ['ip:127.0.0.1'], mismatch],
  ['bücher.example.com', ['xn--bcher-kva.example.com'], badReference], // U-labels are the caller's to convert
  ['*.example.com', ['*.example.com'], badReference],
  ['', ['example.com'], badReference],
  ['.', ['example.com'], badReference],
  ['example.com..', ['example.com'], badReference],
  ['exa mple.com', ['example.com'], badReference],
  ['a_b.example.com', ['a_b.example.com'], badReference],
  ['999.999.999.999', ['*.999.999.999'], badReference],
  ['a'.repeat(300), ['example.com'], badReference],
])('%s is not among %j', (name, names, reason) => {
  expect(outcome(name, names)).toBe(reason)
})

test('a common name is nobody (RFC 9525 §2)', () => {
  expect(outcome('example.com', [])).toBe(mismatch)
})

describe('options', () => {
  test('underscores match for who allows them', () => {
    expect(outcome('a_b.example.com', ['a_b.example.com'], { underscores: true })).toBe('accepted')
    expect(outcome('a_b.example.com', ['*.example.com'], { underscores: true })).toBe('accepted')
  })

  test('a wildcard right below a public suffix matches nothing', () => {
    const options = { isPublicSuffix: (domain: string) => domain === 'co.uk' }
    expect(outcome('example.co.uk', ['*.co.uk'], options)).toBe(mismatch)
    expect(outcome('example.co.uk', ['example.co.uk'], options)).toBe('accepted')
    expect(outcome('www.example.co.uk', ['*.example.co.uk'], options)).toBe('accepted')
  })
})

test('the verdict says what was expected and what is there', () => {
  const names = Array.from({ length: 12 }, (_, i) => `host${i}.example.com`)
  const certificate = parseCertificate(
    makeServer(root, { names: ['ip:192.0.2.1', 'directory:x', ...names] }).der,
  )
  const result = verifyServerName(certificate, 'example.org')
  expect(result).toMatchObject({
    reason: 'ERR_X509_NAME_MISMATCH',
    expected: '"example.org"',
    found: expect.stringMatching(/^192\.0\.2\.1, CN=x, "host0\.example\.com", .* and 4 more$/) as string,
    position: 0,
  })
})

test('a malformed subjectAltName is a verdict', () => {
  const value = { ...subjectAltName(['a']), value: Uint8Array.of(0x30, 0x80) }
  const certificate = parseCertificate(makeServer(root, { extensions: [value] }).der)
  expect(verifyServerName(certificate, 'example.com')).toMatchObject({ reason: 'ERR_X509_MALFORMED' })
})
