/** Compressed certificates (RFC 8879) as a handshake sees them: a value of the config, see `compressedCertificates`. */
import { inWords, TlsError, type Certificate, type Extension } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'

/** Compression of certificates of either side. Made by `compressedCertificates`; without it none are compressed. */
export interface CompressedCertificates {
  /** compress_certificate for a ClientHello or a CertificateRequest; nothing if there is no algorithm (RFC 8879 §3). */
  readonly offer: (message: 'clientHello' | 'certificateRequest') => readonly Extension[]
  /**
   * How our own certificate is compressed; `undefined`: not at all.
   * @param offered by the peer: code points; `undefined` if it sent no compress_certificate
   */
  readonly choose: (offered: readonly number[] | undefined) => CertificateCompressor | undefined
  /**
   * @param body of a CompressedCertificate message
   * @param maxLength bytes that may come out
   * @throws TlsError
   */
  readonly decompress: (body: Uint8Array, maxLength: number) => Promise<Certificate>
}

/** Takes a Certificate message, answers with the one to send in its place; both with their header. */
export type CertificateCompressor = (message: Uint8Array) => Promise<Uint8Array>

/** What a handshake may compress and decompress with. */
export interface CompressionConfig {
  readonly certificateCompression: CompressedCertificates | undefined
  /** Bytes of a Certificate message, without its header. */
  readonly maxCertificateLength: number
}

/**
 * RFC 8879 §3: a list of algorithms, each once.
 * @throws TlsError `ERR_TLS_ILLEGAL_PARAMETER`
 */
export function checkCompressionOffer(algorithms: readonly number[] | undefined): void {
  if (algorithms && new Set(algorithms).size !== algorithms.length)
    throw new TlsError(faults.ERR_TLS_ILLEGAL_PARAMETER, {
      detail: inWords && 'compress_certificate has an algorithm twice',
    })
}

/**
 * @param body of a CompressedCertificate message, which is only let in if compress_certificate was offered
 * @throws TlsError
 */
export async function decompressCertificate(
  body: Uint8Array,
  { certificateCompression, maxCertificateLength }: CompressionConfig,
): Promise<Certificate> {
  if (!certificateCompression)
    throw new TlsError(faults.ERR_TLS_INTERNAL, {
      detail: inWords && 'compress_certificate was offered by nobody',
    })
  return certificateCompression.decompress(body, maxCertificateLength)
}
