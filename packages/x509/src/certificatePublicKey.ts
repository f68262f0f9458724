/** What a handshake needs of a certificate before, or without, its verification. */
import { parseCertificate } from './certificate.ts'
import { readExtension } from './extensions/definition.ts'
import { keyUsage, type KeyUsage } from './extensions/keyUsage.ts'

/**
 * DER of the SubjectPublicKeyInfo; a copy.
 * @throws X509Error `ERR_X509_MALFORMED`
 */
export function certificatePublicKey(der: Uint8Array): Uint8Array {
  return parseCertificate(der).publicKey.spki.slice()
}

/**
 * What the key may be used for; `undefined` for anything (RFC 5280 §4.2.1.3). RFC 9846 §4.5.1.2 wants
 * `digitalSignature` in it, if it is there.
 * @throws X509Error `ERR_X509_MALFORMED`
 */
export function certificateKeyUsage(der: Uint8Array): ReadonlySet<KeyUsage> | undefined {
  return readExtension(parseCertificate(der), keyUsage)
}
