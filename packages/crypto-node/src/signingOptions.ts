/** How node:crypto is told what a signature algorithm is. */
import { constants, type SigningOptions } from 'node:crypto'
import type { SignatureDescriptor } from '@mortise/crypto'

/** ECDSA signatures are DER, the salt of PSS has the length of the hash (RFC 9846 §4.3.3). */
export function signingOptions({ key, padding }: SignatureDescriptor): SigningOptions {
  if (key.type === 'ec') return { dsaEncoding: 'der' }
  if (padding === undefined) return {}
  return padding === 'pkcs1'
    ? { padding: constants.RSA_PKCS1_PADDING }
    : { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
}
