/**
 * Compressed certificates (RFC 8879). The algorithms are values that the owner brings; what is here are the rules:
 * only what was offered, and never more memory than a Certificate message may take.
 */
import type { MaybePromise } from '@mortise/crypto'
import {
  Certificate,
  codeText,
  compressCertificate,
  CompressedCertificate,
  decode,
  encodeHandshake,
  HandshakeType,
  TlsError,
  writeExtension,
  type Extension,
} from '@mortise/wire'

/** An algorithm that certificates are compressed with. */
export interface CertificateCompression {
  /** CertificateCompressionAlgorithm code point. */
  readonly algorithm: number
  /** Of our own Certificate message, without its header; `undefined` if it is better sent as it is, since it would grow. */
  readonly compress: (bytes: Uint8Array) => MaybePromise<Uint8Array | undefined>
  /**
   * The bytes are the peer's, and may be made to explode: stop at `length`.
   * @param length bytes that must come out; whatever is thrown because they don't is bad_certificate to the peer
   */
  readonly decompress: (bytes: Uint8Array, length: number) => MaybePromise<Uint8Array>
}

/** What a handshake may compress and decompress with. */
export interface CompressionConfig {
  /** In order of preference. */
  readonly certificateCompression: readonly CertificateCompression[]
  /** Bytes of a Certificate message, without its header. */
  readonly maxCertificateLength: number
}

/** compress_certificate for a ClientHello or a CertificateRequest; nothing if there is no algorithm (RFC 8879 §3). */
export function compressionOffer(
  { certificateCompression }: CompressionConfig,
  message: 'clientHello' | 'certificateRequest',
): readonly Extension[] {
  const algorithms = certificateCompression.map(({ algorithm }) => algorithm)
  return algorithms.length > 0 ? [writeExtension(compressCertificate, message, { algorithms })] : []
}

/**
 * The first of ours that the peer offers.
 * @param offered code points; `undefined` if the peer sent no compress_certificate
 */
export function chooseCompression(
  { certificateCompression }: CompressionConfig,
  offered: readonly number[] | undefined,
): CertificateCompression | undefined {
  return certificateCompression.find(({ algorithm }) => offered?.includes(algorithm))
}

/**
 * RFC 8879 §3: a list of algorithms, each once.
 * @throws TlsError `ERR_TLS_ILLEGAL_PARAMETER`
 */
export function checkCompressionOffer(algorithms: readonly number[] | undefined): void {
  if (algorithms && new Set(algorithms).size !== algorithms.length)
    throw new TlsError('ERR_TLS_ILLEGAL_PARAMETER', { detail: 'compress_certificate has an algorithm twice' })
}

/**
 * @param message Certificate, header included
 * @returns CompressedCertificate, or the message itself if the algorithm does not want it
 */
export async function compressMessage(
  message: Uint8Array,
  { algorithm, compress }: CertificateCompression,
): Promise<Uint8Array> {
  const certificate = message.subarray(4)
  const compressedCertificateMessage = await compress(certificate)
  if (!compressedCertificateMessage) return message
  return encodeHandshake(HandshakeType.compressed_certificate, CompressedCertificate, {
    algorithm,
    uncompressedLength: certificate.length,
    compressedCertificateMessage,
  })
}

/**
 * @throws TlsError for an algorithm that was not offered, too much or too little that comes out, or what is no Certificate
 */
export async function decompressCertificate(
  { algorithm, uncompressedLength, compressedCertificateMessage }: CompressedCertificate,
  { certificateCompression, maxCertificateLength }: CompressionConfig,
): Promise<Certificate> {
  const used = certificateCompression.find((item) => item.algorithm === algorithm)
  // RFC 8879 §4
  if (!used)
    throw new TlsError('ERR_TLS_ILLEGAL_PARAMETER', {
      detail: `certificate compression ${codeText.certificateCompressionAlgorithm(algorithm)} was not offered`,
    })
  if (uncompressedLength > maxCertificateLength)
    throw new TlsError('ERR_TLS_CERTIFICATE_DECOMPRESSION', {
      detail: `${uncompressedLength} bytes announced, at most ${maxCertificateLength}`,
    })
  const certificate = await decompress(used, compressedCertificateMessage, uncompressedLength)
  if (certificate.length !== uncompressedLength)
    throw new TlsError('ERR_TLS_CERTIFICATE_DECOMPRESSION', {
      detail: `${uncompressedLength} bytes announced, ${certificate.length} came out`,
    })
  return decode(Certificate, certificate)
}

async function decompress(
  { decompress: run }: CertificateCompression,
  bytes: Uint8Array,
  length: number,
): Promise<Uint8Array> {
  try {
    return await run(bytes, length)
  } catch (cause) {
    throw new TlsError('ERR_TLS_CERTIFICATE_DECOMPRESSION', { cause })
  }
}
