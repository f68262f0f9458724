import { describe, expect, expectTypeOf, test } from 'vitest'
import { checkOf, x509Reasons, type X509Reason } from './reasons.ts'
import * as codes from './texts/codes.ts'
import * as words from './texts/words.ts'
import { X509Error } from './X509Error.ts'

const reasons = Object.keys(x509Reasons) as readonly X509Reason[]

test.each([
  ['ERR_X509_EXPIRED', 'validity'],
  ['ERR_X509_REVOKED', 'revocation'],
  ['ERR_X509_TRANSPARENCY', 'certificate transparency'],
  ['ERR_X509_NAME_MISMATCH', 'subjectAltName'],
  ['ERR_X509_NAME_CONSTRAINTS', 'nameConstraints'],
  ['ERR_X509_PATH_LENGTH', 'pathLenConstraint'],
] as const)('%s says that it was about %s', (reason, check) => {
  expect(checkOf(reason)).toBe(check)
})

describe('what messages say of them', () => {
  test('is a sentence', () => {
    expect(reasons.map(words.sentenceOf)).toEqual(reasons.map((reason) => x509Reasons[reason][1]))
    expect(new X509Error('ERR_X509_MALFORMED', 'tbsCertificate: empty').message).toBe(
      'is malformed: tbsCertificate: empty',
    )
  })

  test('is the code with the condition `production`', () => {
    expectTypeOf<typeof codes>().toEqualTypeOf<typeof words>()
    expect(Object.keys(codes).toSorted()).toEqual(Object.keys(words).toSorted())
    expect(reasons.map(codes.sentenceOf)).toEqual(reasons)
  })
})
