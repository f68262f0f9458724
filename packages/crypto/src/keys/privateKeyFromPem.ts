/** Private keys from PEM: PKCS #8, and the older forms turned into it. */
import { inWords } from '@mortise/wire'
import { Tag, readOnly } from '../der/index.ts'
import type { PrivateKeyInput } from '../signature.ts'
import { writeCurveAlgorithm, writeRsaEncryption } from './algorithm.ts'
import { invalidKey, unsupportedKey } from './invalidKey.ts'
import { readPem, type PemBlock } from './pem.ts'
import {
  readEcPrivateKey,
  readRsaPrivateNumbers,
  writeEcPrivateKey,
  writePrivateKeyInfo,
} from './privateKey.ts'

const readers: Readonly<Record<string, (der: Uint8Array) => Uint8Array>> = {
  'PRIVATE KEY': (der) => {
    readOnly(der, Tag.sequence, invalidKey)
    return der
  },
  'EC PRIVATE KEY': pkcs8OfSec1,
  'RSA PRIVATE KEY': pkcs8OfPkcs1,
}

/**
 * The one private key of a PEM text: `PRIVATE KEY` (PKCS #8), `EC PRIVATE KEY` (SEC 1, RFC 5915) or
 * `RSA PRIVATE KEY` (PKCS #1). Other blocks, certificates say, may stand beside it.
 * @throws CryptoError `ERR_CRYPTO_INVALID_KEY` for no key, for several, and for a malformed one;
 * `ERR_CRYPTO_MALFORMED` for what is no PEM; `ERR_CRYPTO_UNSUPPORTED` for a key that is encrypted, or of another kind
 */
export function privateKeyFromPem(pem: string): PrivateKeyInput {
  const [block, ...others] = readPem(pem).filter(({ label }) => label.endsWith('PRIVATE KEY'))
  if (!block) throw invalidKey(inWords && 'there is no private key in this PEM')
  if (others.length > 0)
    throw invalidKey(inWords && `there are ${others.length + 1} private keys in this PEM`)
  return { pkcs8: pkcs8Of(block) }
}

function pkcs8Of({ label, bytes, encrypted }: PemBlock): Uint8Array {
  if (encrypted || label === 'ENCRYPTED PRIVATE KEY')
    throw unsupportedKey(
      inWords && 'the private key is encrypted; decrypt it first (openssl pkey -in key.pem)',
    )
  const read = readers[label]
  if (!read) throw unsupportedKey(inWords && `a private key in the form ${label}`)
  return read(bytes)
}

/** In PKCS #8 the curve stands outside (RFC 5915 §1). */
function pkcs8OfSec1(der: Uint8Array): Uint8Array {
  const { curveOid, ...key } = readEcPrivateKey(der)
  if (curveOid === undefined) throw invalidKey(inWords && 'an EC PRIVATE KEY that names no curve')
  return writePrivateKeyInfo(writeCurveAlgorithm(curveOid), writeEcPrivateKey(key))
}

function pkcs8OfPkcs1(der: Uint8Array): Uint8Array {
  readRsaPrivateNumbers(der)
  return writePrivateKeyInfo(writeRsaEncryption(), der)
}
