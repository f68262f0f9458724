import { expect, test } from 'vitest'
import { parseDnsName, parsePresentedName } from './dnsName.ts'

test.each([
  ['example.com', ['example', 'com']],
  ['EXAMPLE.Com', ['example', 'com']],
  ['localhost', ['localhost']],
  ['xn--bcher-kva.example', ['xn--bcher-kva', 'example']],
  ['3com.com', ['3com', 'com']],
  ['1.2.3.4a', ['1', '2', '3', '4a']],
  [`${'a'.repeat(63)}.com`, ['a'.repeat(63), 'com']],
])('%s is a name', (name, labels) => {
  expect(parseDnsName(name, false)).toEqual(labels)
})

test.each([
  '',
  '.',
  '.com',
  'example..com',
  'example.com.',
  '-a.com',
  'a-.com',
  'a b.com',
  'bücher.example',
  'a_b.com',
  `${'a'.repeat(64)}.com`,
  `${'a.'.repeat(126)}abc`,
  '1.2.3.4',
  '127',
  'example.1',
  'a\u0000.com',
  '*.example.com',
  'a/b.com',
  'exam\u212Aple.com', // Kelvin sign: lower-cases to k
])('%j is none', (name) => {
  expect(parseDnsName(name, false)).toBeUndefined()
})

test('253 characters are allowed, 254 are not (RFC 1035 §2.3.4)', () => {
  const name = `${'a.'.repeat(125)}abc`
  expect(name).toHaveLength(253)
  expect(parseDnsName(name, false)).toHaveLength(126)
})

test('underscores only for who asks', () => {
  expect(parseDnsName('_a.b_c.example', true)).toEqual(['_a', 'b_c', 'example'])
})

test.each([
  ['*.example.com', ['*', 'example', 'com']],
  ['example.com', ['example', 'com']],
  ['*.com', undefined],
  ['*', undefined],
  ['*.', undefined],
  ['f*.example.com', undefined],
  ['*o.example.com', undefined],
  ['a.*.example.com', undefined],
  ['*.*.example.com', undefined],
  ['xn--*-1b3c148a.example.com', undefined],
])('presented as %s (RFC 9525 §6.3)', (name, labels) => {
  expect(parsePresentedName(name, false)).toEqual(labels)
})
