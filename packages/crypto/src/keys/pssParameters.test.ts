import { writeConstructed, writeInteger, writeNull, writeOid, writeSequence } from '../der/index.ts'
import { expect, test } from 'vitest'
import { readPssParameters } from './pssParameters.ts'

const sha256Oid = '2.16.840.1.101.3.4.2.1'
const sha384Oid = '2.16.840.1.101.3.4.2.2'
const hash = (oid: string, ...parameters: readonly Uint8Array[]): Uint8Array =>
  writeSequence(writeOid(oid), ...parameters)
const mask = (...parameters: readonly Uint8Array[]): Uint8Array =>
  writeConstructed(1, writeSequence(writeOid('1.2.840.113549.1.1.8'), ...parameters))

test.each([
  ['all defaults: SHA-1 and a salt of 20', writeSequence(), [undefined, undefined, 20]],
  [
    'SHA-256 throughout',
    writeSequence(
      writeConstructed(0, hash(sha256Oid, writeNull())),
      mask(hash(sha256Oid, writeNull())),
      writeConstructed(2, writeInteger(32)),
    ),
    ['sha256', 'sha256', 32],
  ],
  [
    'absent parameters of the hash (RFC 4055 §2.1)',
    writeSequence(writeConstructed(0, hash(sha256Oid)), mask(hash(sha256Oid))),
    ['sha256', 'sha256', 20],
  ],
  [
    'two hashes',
    writeSequence(writeConstructed(0, hash(sha384Oid, writeNull())), mask(hash(sha256Oid, writeNull()))),
    ['sha384', 'sha256', 20],
  ],
  [
    'another mask generation function',
    writeSequence(writeConstructed(0, hash(sha256Oid)), writeConstructed(1, hash('1.2.3', hash(sha256Oid)))),
    ['sha256', undefined, 20],
  ],
  ['an unknown hash', writeSequence(writeConstructed(0, hash('1.2.3'))), [undefined, undefined, 20]],
  [
    'a salt that is far too long',
    writeSequence(writeConstructed(2, writeInteger(2n ** 70n))),
    [undefined, undefined, 2 ** 32],
  ],
] as const)('%s', (_, der, [own, ofMask, saltLength]) => {
  expect(readPssParameters(der)).toEqual({ hash: own, maskHash: ofMask, saltLength })
})

test.each([
  ['a trailer field', writeSequence(writeConstructed(3, writeInteger(1)))],
  ['a negative salt length', writeSequence(writeConstructed(2, writeInteger(-1)))],
  [
    'fields in another order',
    writeSequence(writeConstructed(2, writeInteger(32)), writeConstructed(0, hash(sha256Oid))),
  ],
  [
    'parameters of a hash other than NULL',
    writeSequence(writeConstructed(0, hash(sha256Oid, writeInteger(1)))),
  ],
  ['a mask generation function without a hash', writeSequence(mask())],
  ['no sequence', writeInteger(1)],
  ['more behind it', Buffer.concat([writeSequence(), writeSequence()])],
])('%s: malformed', (_, der) => {
  expect(() => readPssParameters(der)).toThrow(expect.objectContaining({ code: 'ERR_CRYPTO_MALFORMED' }))
})
