/** The signature algorithms of certificates, and what each asks of the signer's key (RFC 4055, 5758, 8410). */
import { readPssParameters, type HashName, type SignatureKeyType } from '@mortise/crypto'
import { inWords } from '@mortise/wire'
import { isNull, type AlgorithmIdentifier } from './algorithmIdentifier.ts'
import { malformed } from './X509Error.ts'

export interface SignatureRequirements {
  readonly keyTypes: readonly SignatureKeyType['type'][]
  /** `undefined` for EdDSA. */
  readonly hash: HashName | undefined
  readonly padding: 'pkcs1' | 'pss' | undefined
}

const pkcs1 = (hash: HashName): SignatureRequirements => ({ keyTypes: ['rsa'], hash, padding: 'pkcs1' })
const ecdsa = (hash: HashName): SignatureRequirements => ({ keyTypes: ['ec'], hash, padding: undefined })
const eddsa = (type: 'ed25519' | 'ed448'): SignatureRequirements => ({
  keyTypes: [type],
  hash: undefined,
  padding: undefined,
})

const algorithms: Readonly<Record<string, SignatureRequirements>> = {
  '1.2.840.113549.1.1.11': pkcs1('sha256'),
  '1.2.840.113549.1.1.12': pkcs1('sha384'),
  '1.2.840.113549.1.1.13': pkcs1('sha512'),
  '1.2.840.10045.4.3.2': ecdsa('sha256'),
  '1.2.840.10045.4.3.3': ecdsa('sha384'),
  '1.2.840.10045.4.3.4': ecdsa('sha512'),
  '1.3.101.112': eddsa('ed25519'),
  '1.3.101.113': eddsa('ed448'),
}

/** With MD2, MD4, MD5, SHA-1, SHA-224 and any DSA: named so that a message can say so, never verified. */
export const weakAlgorithms: Readonly<Record<string, string | false>> = {
  '1.2.840.113549.1.1.2': inWords && 'RSA with MD2',
  '1.2.840.113549.1.1.3': inWords && 'RSA with MD4',
  '1.2.840.113549.1.1.4': inWords && 'RSA with MD5',
  '1.2.840.113549.1.1.5': inWords && 'RSA with SHA-1',
  '1.3.14.3.2.29': inWords && 'RSA with SHA-1',
  '1.2.840.113549.1.1.14': inWords && 'RSA with SHA-224',
  '1.2.840.10045.4.1': inWords && 'ECDSA with SHA-1',
  '1.2.840.10045.4.3.1': inWords && 'ECDSA with SHA-224',
  '1.2.840.10040.4.3': inWords && 'DSA with SHA-1',
}

/**
 * `undefined` for an algorithm that Mortise doesn't have.
 * @throws X509Error `ERR_X509_MALFORMED` for parameters that must not be there or are not as they must be
 */
export function signatureRequirements({
  algorithm,
  parameters,
}: AlgorithmIdentifier): SignatureRequirements | undefined {
  if (algorithm === '1.2.840.113549.1.1.10') return pssRequirements(parameters)
  const known = algorithms[algorithm]
  // RFC 4055 §5: NULL, or absent from those who don't keep to it. RFC 5758 §3.2, RFC 8410 §3: absent
  if (known && parameters && !(known.padding === 'pkcs1' && isNull(parameters)))
    throw malformed(inWords && 'parameters of a signature algorithm that has none')
  return known
}

/** One hash throughout, and a salt of its length: what TLS has, and what the Baseline Requirements allow (§7.1.3.2.1). */
function pssRequirements(der: Uint8Array | undefined): SignatureRequirements | undefined {
  if (!der) throw malformed(inWords && 'RSASSA-PSS without parameters')
  const { hash, maskHash, saltLength } = readPssParameters(der, malformed)
  return hash && hash === maskHash && saltLength === hashLength(hash)
    ? { keyTypes: ['rsa', 'rsa-pss'], hash, padding: 'pss' }
    : undefined
}

/** In bytes. */
export const hashLength = (hash: HashName): number => Number(hash.slice(3)) / 8
