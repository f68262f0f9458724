/** Private keys: import from PKCS #8, the schemes they offer, and what they sign. */
import type { SigningProvider, SignatureAlgorithm, SigningKey } from '@mortise/crypto'
import { fromHex } from '@mortise/wire'
import { fixedKey, type FixedKeyName } from '../keys/fixedKeys.ts'
import { cryptoErrorCode, expectBytes, expectCryptoError, expectEqual, expectTrue } from './checks.ts'
import { conformanceCase, fail, skip, type ConformanceCase } from './conformanceCase.ts'
import { message } from './signatureCases.ts'
import { unusablePrivateKeys } from './vectors/signatureVectors.ts'

/** The schemes of TLS 1.3 that a key of that kind makes; PKCS #1 v1.5 is for certificates only (RFC 9846 §4.3.3). */
export const schemesOfKeys: readonly (readonly [key: FixedKeyName, schemes: readonly string[]])[] = [
  ['p256', ['ecdsa_secp256r1_sha256']],
  ['p384', ['ecdsa_secp384r1_sha384']],
  ['p521', ['ecdsa_secp521r1_sha512']],
  ['rsa', ['rsa_pss_rsae_sha256', 'rsa_pss_rsae_sha384', 'rsa_pss_rsae_sha512']],
  ['rsaPss', ['rsa_pss_pss_sha256', 'rsa_pss_pss_sha384', 'rsa_pss_pss_sha512']],
  ['rsaPssSha256', ['rsa_pss_pss_sha256']],
  ['ed25519', ['ed25519']],
  ['ed448', ['ed448']],
]

export function privateKeyCases(provider: SigningProvider): readonly ConformanceCase[] {
  const perKey = schemesOfKeys.flatMap(([name, schemes]) => {
    const check = (what: string, run: () => Promise<void>): ConformanceCase =>
      conformanceCase(`private key ${name}`, what, run)
    return [
      check('has the schemes and the public key that belong to it', () =>
        describesItself(provider, name, schemes),
      ),
      check('signs what its algorithms verify', () => signs(provider, name)),
      check('signs with no other scheme', () => refusesSchemes(provider, name)),
      check('may be overwritten once it is imported', () => borrowsKey(provider, name)),
    ]
  })
  return [
    ...perKey,
    ...unusablePrivateKeys.map(({ what, pkcs8 }) =>
      conformanceCase('private key', `refuses ${what}`, () =>
        expectCryptoError(['ERR_CRYPTO_INVALID_KEY', 'ERR_CRYPTO_UNSUPPORTED'], what, () =>
          provider.importPrivateKey({ pkcs8: fromHex(pkcs8) }),
        ),
      ),
    ),
    conformanceCase('private key', 'refuses malformed PKCS #8 (ERR_CRYPTO_INVALID_KEY)', () =>
      refusesMalformed(provider),
    ),
  ]
}

/** Skips the case if the provider can't do any of the key's schemes. */
async function imported({ importPrivateKey }: SigningProvider, name: FixedKeyName): Promise<SigningKey> {
  try {
    return await importPrivateKey({ pkcs8: fixedKey(name).pkcs8 })
  } catch (error) {
    if (cryptoErrorCode(error) === 'ERR_CRYPTO_UNSUPPORTED') skip(`keys like ${name} are not supported`)
    throw error
  }
}

async function describesItself(
  provider: SigningProvider,
  name: FixedKeyName,
  names: readonly string[],
): Promise<void> {
  const { schemes, publicKey } = await imported(provider, name)
  const expected = provider.signatures.filter((algorithm) => names.includes(algorithm.name))
  const found = [...schemes].toSorted((a, b) => a - b)
  const wanted = expected.flatMap(({ scheme }) => scheme ?? []).toSorted((a, b) => a - b)
  expectEqual(found.join(' '), wanted.join(' '), 'schemes')
  expectBytes(publicKey, fixedKey(name).spki, 'public key')
}

async function signs(provider: SigningProvider, name: FixedKeyName): Promise<void> {
  const key = await imported(provider, name)
  for (const scheme of key.schemes) {
    const algorithm = algorithmOf(provider, scheme)
    for (const text of [message, new Uint8Array(0), new Uint8Array(5000).fill(7)]) {
      const signature = await key.sign(scheme, text)
      expectEqual(
        await algorithm.verify(key.publicKey, text, signature),
        true,
        `${algorithm.name} verifies its own`,
      )
      expectEqual(
        await algorithm.verify(key.publicKey, text.length > 0 ? text.slice(1) : message, signature),
        false,
        `${algorithm.name} verifies another message`,
      )
    }
  }
}

async function refusesSchemes(provider: SigningProvider, name: FixedKeyName): Promise<void> {
  const key = await imported(provider, name)
  const others = provider.signatures
    .flatMap(({ scheme }) => scheme ?? [])
    .filter((scheme) => !key.schemes.includes(scheme))
  for (const scheme of [...others, 0x0203, 0xfafa])
    await expectCryptoError(['ERR_CRYPTO_UNSUPPORTED'], `scheme 0x${scheme.toString(16)}`, () =>
      key.sign(scheme, message),
    )
}

async function borrowsKey(provider: SigningProvider, name: FixedKeyName): Promise<void> {
  await imported(provider, name)
  const pkcs8 = fixedKey(name).pkcs8
  const key = await provider.importPrivateKey({ pkcs8 })
  pkcs8.fill(0)
  const scheme = key.schemes[0] ?? fail('the key has no scheme')
  const verified = await algorithmOf(provider, scheme).verify(
    fixedKey(name).spki,
    message,
    await key.sign(scheme, message),
  )
  expectEqual(verified, true, 'a signature after the PKCS #8 was overwritten verifies')
}

async function refusesMalformed({ importPrivateKey }: SigningProvider): Promise<void> {
  const { pkcs8 } = fixedKey('p256')
  const malformed: readonly (readonly [what: string, bytes: Uint8Array])[] = [
    ['no bytes at all', new Uint8Array(0)],
    ['one zero', Uint8Array.of(0)],
    ['zeros', new Uint8Array(100)],
    ['only the header', pkcs8.slice(0, 10)],
    ['the last byte missing', pkcs8.slice(0, -1)],
    ['the first byte missing', pkcs8.slice(1)],
    ['a set in place of the sequence', pkcs8.map((byte, i) => (i === 0 ? 0x31 : byte))],
  ]
  for (const [what, bytes] of malformed)
    await expectCryptoError(['ERR_CRYPTO_INVALID_KEY'], what, () => importPrivateKey({ pkcs8: bytes }))
}

function algorithmOf({ signatures }: SigningProvider, scheme: number): SignatureAlgorithm {
  const algorithm = signatures.find((item) => item.scheme === scheme)
  expectTrue(algorithm !== undefined, `no algorithm for scheme 0x${scheme.toString(16)}, which a key offers`)
  return algorithm ?? fail('unreachable')
}
