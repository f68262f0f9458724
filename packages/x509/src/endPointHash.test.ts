import { writeNull, writeOid, writeSequence } from '@mortise/crypto/der'
import { expect, test } from 'vitest'
import { parseCertificate, type Certificate } from './certificate.ts'
import { endPointHash } from './endPointHash.ts'
import { makeRoot } from './fixtures/certificates.ts'

const certificate = parseCertificate(makeRoot().der)
const signedWith = (algorithm: string, parameters?: Uint8Array): Certificate => ({
  ...certificate,
  signatureAlgorithm: { algorithm, parameters, der: writeSequence(writeOid(algorithm)) },
})

test.each([
  ['ECDSA with SHA-384', '1.2.840.10045.4.3.3', 'sha384'],
  ['RSA with SHA-512', '1.2.840.113549.1.1.13', 'sha512'],
  ['RSA with MD5', '1.2.840.113549.1.1.4', 'sha256'],
  ['ECDSA with SHA-1', '1.2.840.10045.4.1', 'sha256'],
  ['RSA with SHA-224', '1.2.840.113549.1.1.14', undefined],
  ['Ed25519', '1.3.101.112', undefined],
])('RFC 5929 §4.1: %s', (_, algorithm, hash) => {
  expect(endPointHash(signedWith(algorithm))).toBe(hash)
})

test('parameters that must not be there are malformed', () => {
  expect(() => endPointHash(signedWith('1.2.840.10045.4.3.3', writeNull()))).toThrow(
    expect.objectContaining({ code: 'ERR_X509_MALFORMED' }),
  )
})
