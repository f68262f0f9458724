/**
 * The rules of compressed certificates (RFC 8879): only what was offered, and never more memory than a Certificate message
 * may take. The algorithms are values that the owner brings.
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
  inWords,
  TlsError,
  writeExtension,
} from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import type { CompressedCertificates } from './compression.ts'

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

/**
 * For the option `certificateCompression` (RFC 8879).
 * @param algorithms in order of preference
 */
export function compressedCertificates(
  algorithms: readonly CertificateCompression[],
): CompressedCertificates {
  return {
    offer: (message) => {
      const codePoints = algorithms.map(({ algorithm }) => algorithm)
      return codePoints.length > 0
        ? [writeExtension(compressCertificate, message, { algorithms: codePoints })]
        : []
    },
    choose: (offered) => {
      const chosen = algorithms.find(({ algorithm }) => offered?.includes(algorithm))
      return chosen && ((message) => compressMessage(message, chosen))
    },
    decompress: (body, maxLength) => decompress(decode(CompressedCertificate, body), algorithms, maxLength),
  }
}

/**
 * @param message Certificate, header included
 * @returns CompressedCertificate, or the message itself if the algorithm does not want it
 */
async function compressMessage(
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
async function decompress(
  { algorithm, uncompressedLength, compressedCertificateMessage }: CompressedCertificate,
  algorithms: readonly CertificateCompression[],
  maxLength: number,
): Promise<Certificate> {
  const used = algorithms.find((item) => item.algorithm === algorithm)
  // RFC 8879 §4
  if (!used)
    throw new TlsError(faults.ERR_TLS_ILLEGAL_PARAMETER, {
      detail:
        inWords &&
        `certificate compression ${codeText.certificateCompressionAlgorithm(algorithm)} was not offered`,
    })
  if (uncompressedLength > maxLength)
    throw new TlsError(faults.ERR_TLS_CERTIFICATE_DECOMPRESSION, {
      detail: inWords && `${uncompressedLength} bytes announced, at most ${maxLength}`,
    })
  const certificate = await run(used, compressedCertificateMessage, uncompressedLength)
  if (certificate.length !== uncompressedLength)
    throw new TlsError(faults.ERR_TLS_CERTIFICATE_DECOMPRESSION, {
      detail: inWords && `${uncompressedLength} bytes announced, ${certificate.length} came out`,
    })
  return decode(Certificate, certificate)
}

async function run(
  { decompress: decompressing }: CertificateCompression,
  bytes: Uint8Array,
  length: number,
): Promise<Uint8Array> {
  try {
    return await decompressing(bytes, length)
  } catch (cause) {
    throw new TlsError(faults.ERR_TLS_CERTIFICATE_DECOMPRESSION, { cause })
  }
}
