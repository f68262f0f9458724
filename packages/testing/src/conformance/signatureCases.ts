/** Verification by scheme: what is accepted, what is refused, and with which error (RFC 9846 §4.3.3). */
import type { CryptoProvider, MaybePromise, SignatureAlgorithm, SignatureKeyType } from '@mortise/crypto'
import { concat, fromHex } from '@mortise/wire'
import { fixedKey, type FixedKeyName } from '../keys/fixedKeys.ts'
import { expectCryptoError, expectEqual, expectRefusedSignature } from './checks.ts'
import { conformanceCase, fail, skip, type ConformanceCase } from './conformanceCase.ts'
import { malformedEcdsaSignatures } from './ecdsaSignatures.ts'
import { malformedPublicKeys } from './publicKeys.ts'
import {
  otherPublicKeys,
  refusedRsaSignatures,
  signatureVectors,
  signedMessage,
} from './vectors/signatureVectors.ts'

/** What a case about one algorithm works with: its known answer. */
interface Known {
  readonly algorithm: SignatureAlgorithm
  readonly key: FixedKeyName
  readonly spki: Uint8Array
  readonly message: Uint8Array
  readonly signature: Uint8Array
  readonly verify: (message: Uint8Array, signature: Uint8Array) => MaybePromise<boolean>
}

export const message: Uint8Array = Uint8Array.from(signedMessage, (character) => character.charCodeAt(0))

const keys: readonly FixedKeyName[] = ['p256', 'p384', 'p521', 'rsa', 'rsaPss', 'ed25519', 'ed448']

/** Order of edwards25519 and of edwards448 (RFC 8032 §5.1, §5.2). */
const edwardsOrders = {
  ed25519: 2n ** 252n + 27742317777372353535851937790883648493n,
  ed448: 2n ** 446n - 13818066809895115352007386748515426880336692474882178609894547503885n,
} as const

export function signatureCases({ signatures }: CryptoProvider): readonly ConformanceCase[] {
  return signatures.flatMap((algorithm) => {
    const known = knownOf(algorithm)
    const check = (name: string, run: (known: Known) => void | Promise<void>): ConformanceCase =>
      conformanceCase(`signature ${algorithm.name}`, name, () =>
        known ? run(known) : skip(`no known answer of ${algorithm.name} in the suite`),
      )
    return [
      check('known answer', verifiesKnown),
      check('refuses a changed message', refusesMessages),
      check('refuses a signature with any one byte changed', refusesChanges),
      check('refuses signatures of every wrong length', refusesLengths),
      check("refuses another key's signature", refusesOtherKeys),
      check('refuses keys of another type (ERR_CRYPTO_INVALID_KEY)', refusesKeyTypes),
      check('refuses malformed public keys (ERR_CRYPTO_INVALID_KEY)', refusesMalformedKeys),
      check('gives the same answer twice, and leaves its inputs as they were', keepsInputs),
      ...(algorithm.key.type === 'ec'
        ? [check('refuses ECDSA signatures that are not strict DER', refusesBadDer)]
        : []),
      ...(algorithm.padding
        ? [
            check('refuses other paddings, salts and hashes', refusesPaddings),
            check('refuses s + n', refusesUnreducedRsa),
          ]
        : []),
      ...(algorithm.key.type === 'rsa-pss'
        ? [check("a key's parameters restrict its hash (RFC 4055 §3.1)", obeysParameters)]
        : []),
      ...(algorithm.key.type in edwardsOrders
        ? [check('refuses S + L (RFC 8032 §5.1.7)', refusesMalleable)]
        : []),
    ]
  })
}

function knownOf(algorithm: SignatureAlgorithm): Known | undefined {
  const vector = signatureVectors.find(({ name }) => name === algorithm.name)
  if (!vector) return undefined
  const { key } = vector
  const { spki } = fixedKey(key)
  const signature = fromHex(vector.signature)
  return {
    algorithm,
    key,
    spki,
    message,
    signature,
    verify: (text, sig) => algorithm.verify(spki, text, sig),
  }
}

async function verifiesKnown({ verify, signature }: Known): Promise<void> {
  expectEqual(await verify(message, signature), true, 'verification of the known answer')
}

async function refusesMessages({ verify, signature }: Known): Promise<void> {
  const others = [
    message.slice(1),
    message.slice(0, -1),
    concat(message, Uint8Array.of(0)),
    new Uint8Array(0),
  ]
  for (const other of [...others, changed(message, 0), changed(message, message.length - 1)])
    await expectRefusedSignature('another message', () => verify(other, signature))
}

async function refusesChanges({ verify, signature }: Known): Promise<void> {
  for (let at = 0; at < signature.length; at++)
    await expectRefusedSignature(`byte ${at} changed`, () => verify(message, changed(signature, at)))
}

/** RSA: exactly the modulus' length (RFC 8017 §8.1.2); a zero in front does not change the number. */
async function refusesLengths({ verify, signature }: Known): Promise<void> {
  const zero = Uint8Array.of(0)
  for (const [what, bytes] of [
    ['empty', new Uint8Array(0)],
    ['one byte', zero],
    ['the last byte missing', signature.slice(0, -1)],
    ['the first byte missing', signature.slice(1)],
    ['a zero behind', concat(signature, zero)],
    ['a zero in front', concat(zero, signature)],
    ['half', signature.slice(0, signature.length >> 1)],
    ['twice', concat(signature, signature)],
    ['all zeros', new Uint8Array(signature.length)],
    ['all ones', new Uint8Array(signature.length).fill(0xff)],
  ] as const)
    await expectRefusedSignature(what, () => verify(message, bytes))
}

async function refusesOtherKeys({ algorithm, key, signature }: Known): Promise<void> {
  const spki = fromHex(otherPublicKeys[key] ?? fail(`no other key like ${key}`))
  await expectRefusedSignature('another key', () => algorithm.verify(spki, message, signature))
}

async function refusesKeyTypes({ algorithm, signature }: Known): Promise<void> {
  for (const name of keys.filter((key) => !fits(algorithm.key, key)))
    await expectCryptoError(['ERR_CRYPTO_INVALID_KEY'], `the fixed key ${name}`, () =>
      algorithm.verify(fixedKey(name).spki, message, signature),
    )
}

async function refusesMalformedKeys({ algorithm, spki, signature }: Known): Promise<void> {
  for (const { what, bytes } of malformedPublicKeys(algorithm.key, spki))
    await expectCryptoError(['ERR_CRYPTO_INVALID_KEY'], what, () =>
      algorithm.verify(bytes, message, signature),
    )
}

async function keepsInputs({ algorithm, spki, signature }: Known): Promise<void> {
  const inputs = [spki.slice(), message.slice(), signature.slice()] as const
  expectEqual(await algorithm.verify(...inputs), true, 'the first verification')
  expectEqual(await algorithm.verify(...inputs), true, 'the second verification with the same buffers')
}

async function refusesBadDer({ verify, signature }: Known): Promise<void> {
  for (const { what, bytes } of malformedEcdsaSignatures(signature))
    await expectRefusedSignature(what, () => verify(message, bytes))
}

async function refusesPaddings({ algorithm, verify }: Known): Promise<void> {
  const vectors = refusedRsaSignatures.filter(
    ({ hash, padding }) => hash === algorithm.hash && padding === algorithm.padding,
  )
  if (vectors.length === 0) fail(`no refused signatures for ${algorithm.name}`)
  for (const { why, signature } of vectors)
    await expectRefusedSignature(why, () => verify(message, fromHex(signature)))
}

/** The signature as a number must be less than the modulus (RFC 8017 §5.2.2). */
async function refusesUnreducedRsa({ verify, signature }: Known): Promise<void> {
  const digits = (bytes: Uint8Array): bigint =>
    BigInt(`0x${bytes.reduce((text, byte) => text + twoDigits(byte), '')}`)
  const sum = digits(signature) + digits(rsaModulus())
  const text = sum.toString(16)
  const bytes = fromHex(text.padStart(text.length + (text.length % 2), '0'))
  await expectRefusedSignature('s + n', () => verify(message, bytes))
}

/** Behind the 33 bytes that begin the SubjectPublicKeyInfo of a 2048-bit key. */
function rsaModulus(): Uint8Array {
  return fixedKey('rsa').spki.slice(33, 33 + 256)
}

async function obeysParameters({ algorithm, signature }: Known): Promise<void> {
  const { spki } = fixedKey('rsaPssSha256')
  if (algorithm.hash === 'sha256')
    expectEqual(await algorithm.verify(spki, message, signature), true, 'the hash that the key allows')
  else
    await expectRefusedSignature('a hash that the key forbids', () =>
      algorithm.verify(spki, message, signature),
    )
}

async function refusesMalleable({ algorithm, verify, signature }: Known): Promise<void> {
  const order = edwardsOrders[algorithm.key.type as keyof typeof edwardsOrders]
  const half = signature.length >> 1
  const s =
    BigInt(`0x${signature.slice(half).reduceRight((text, byte) => text + twoDigits(byte), '')}`) + order
  const digits = s.toString(16).padStart(2 * half, '0')
  if (digits.length > 2 * half) skip('S + L does not fit')
  const forged = concat(signature.slice(0, half), fromHex(digits).toReversed())
  await expectRefusedSignature('S + L', () => verify(message, forged))
}

function fits(wanted: SignatureKeyType, name: FixedKeyName): boolean {
  switch (wanted.type) {
    case 'ec':
      return name === { 'P-256': 'p256', 'P-384': 'p384', 'P-521': 'p521' }[wanted.curve]
    case 'rsa-pss':
      return name === 'rsaPss'
    default:
      return name === wanted.type
  }
}

function changed(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice()
  copy[at] = (copy[at] ?? 0) ^ (1 << (at & 7))
  return copy
}

function twoDigits(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}
