/** Certificates as people keep them (RFC 7468). */
import { readPem, type PemBlock } from '@mortise/crypto'
import { inWords } from '@mortise/wire'
import { malformed } from './X509Error.ts'

/**
 * DER of each CERTIFICATE of a PEM text, in order: of chains and of anchors. What else is in it is left alone.
 * @throws X509Error `ERR_X509_MALFORMED` if there is none, or the text is malformed
 */
export function certificatesFromPem(pem: string): readonly Uint8Array[] {
  const certificates = readBlocks(pem).filter(({ label }) => label === 'CERTIFICATE')
  if (certificates.length === 0) throw malformed(inWords && 'there is no CERTIFICATE in this PEM')
  return certificates.map(({ bytes }) => bytes)
}

function readBlocks(pem: string): readonly PemBlock[] {
  try {
    return readPem(pem)
  } catch (cause) {
    throw malformed(inWords && (cause instanceof Error ? cause.message : 'PEM'))
  }
}
