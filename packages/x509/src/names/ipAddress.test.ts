import { describe, expect, test } from 'vitest'
import { formatIpAddress, parseIpAddress } from './ipAddress.ts'

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))

test.each([
  ['192.0.2.1', 'c0000201'],
  ['0.0.0.0', '00000000'],
  ['255.255.255.255', 'ffffffff'],
  ['::', '00'.repeat(16)],
  ['::1', `${'00'.repeat(15)}01`],
  ['2001:db8::1', `20010db8${'00'.repeat(11)}01`],
  ['2001:DB8:0:0:0:0:0:1', `20010db8${'00'.repeat(11)}01`],
  ['1:2:3:4:5:6:7::', '00010002000300040005000600070000'],
  ['::ffff:192.0.2.1', `${'00'.repeat(10)}ffffc0000201`],
])('%s is an address', (text, hex) => {
  expect(parseIpAddress(text)).toEqual(bytes(hex))
})

test.each([
  '',
  '1',
  '1.2.3',
  '1.2.3.4.5',
  '256.1.1.1',
  '01.2.3.4',
  '0x7f.0.0.1',
  '1.2.3.4 ',
  '1.2.3.',
  '127.1',
  ':',
  ':::',
  '1::2::3',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '1:2:3:4:5:6:7:8::',
  '::12345',
  '::g',
  'fe80::1%eth0',
  '[::1]',
  '::1.2.3',
  '1.2.3.4::',
  ':1:2:3:4:5:6:7:8',
  '1:',
  '::1:',
])('%j is none', (text) => {
  expect(parseIpAddress(text)).toBeUndefined()
})

describe('as text (RFC 5952 §4)', () => {
  test.each([
    ['c0000201', '192.0.2.1'],
    ['00'.repeat(16), '::'],
    [`${'00'.repeat(15)}01`, '::1'],
    [`20010db8${'00'.repeat(12)}`, '2001:db8::'],
    ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
    ['20010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1'],
    ['00010000000000020000000000000003', '1:0:0:2::3'],
  ])('%s is %s', (hex, text) => {
    expect(formatIpAddress(bytes(hex))).toBe(text)
    expect(parseIpAddress(text)).toEqual(bytes(hex))
  })
})
