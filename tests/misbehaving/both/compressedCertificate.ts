/** Peers of either role whose CompressedCertificate is wrong (RFC 8879). */
import { deflateSync } from 'node:zlib'
import { editFields, editMessageBytes, rawMessage, type Edit } from '@mortise/testing'
import { compressedCertificates, zlib, type ServerOptions } from '@mortise/tls'
import {
  Certificate,
  CertificateCompressionAlgorithm,
  CompressedCertificate,
  encode,
  HandshakeType as H,
} from '@mortise/wire'
import { edited, type Case } from '../cases.ts'
import {
  badCompression,
  certificateRequired,
  illegal,
  malformed,
  messageTooLong,
  noCertificate,
  unexpected,
  type Refusal,
} from '../refusals.ts'
import type { Wrong } from '../scenario.ts'

/** Options of both ends: for each of them, whether it compresses, and takes what is compressed. */
type With<T extends Wrong> = (
  ours: Pick<ServerOptions, 'certificateCompression'>,
  peers: Pick<ServerOptions, 'certificateCompression'>,
) => T

const compressing = { certificateCompression: compressedCertificates([zlib()]) }
const plain = {}

const compressed = (body: CompressedCertificate): Uint8Array =>
  rawMessage(H.compressed_certificate, encode(CompressedCertificate, body))

/** A CompressedCertificate of these bytes in place of whatever would come. */
function standingFor(certificate: Uint8Array, change: Partial<CompressedCertificate> = {}): Edit {
  return editMessageBytes(H.compressed_certificate, () =>
    compressed({
      algorithm: CertificateCompressionAlgorithm.zlib,
      uncompressedLength: certificate.length,
      compressedCertificateMessage: new Uint8Array(deflateSync(certificate)),
      ...change,
    }),
  )
}

const fields = (change: (body: CompressedCertificate) => Partial<CompressedCertificate>): Edit =>
  editFields(H.compressed_certificate, CompressedCertificate, (body) => ({ ...body, ...change(body) }))

/** Of a megabyte of zeros a kilobyte is left. */
const bomb = new Uint8Array(1 << 20)

const rows: readonly (readonly [id: string, what: string, refusal: Refusal, edit: Edit])[] = [
  [
    'CT-23',
    'an algorithm that was not offered',
    illegal,
    fields(() => ({ algorithm: CertificateCompressionAlgorithm.brotli })),
  ],
  ['CT-23', 'an unknown algorithm', illegal, fields(() => ({ algorithm: 0x7777 }))],
  [
    'CT-24',
    'more bytes than announced',
    badCompression,
    fields((body) => ({ uncompressedLength: body.uncompressedLength - 1 })),
  ],
  [
    'CT-24',
    'fewer bytes than announced',
    badCompression,
    fields((body) => ({ uncompressedLength: body.uncompressedLength + 1 })),
  ],
  ['CT-24', 'no bytes announced', badCompression, fields(() => ({ uncompressedLength: 0 }))],
  [
    'CT-24',
    'what does not decompress',
    badCompression,
    fields(() => ({ compressedCertificateMessage: new Uint8Array(20).fill(7) })),
  ],
  [
    'CT-24',
    'what ends too early',
    badCompression,
    fields((body) => ({ compressedCertificateMessage: body.compressedCertificateMessage.subarray(0, -8) })),
  ],
  [
    'CT-24',
    'a byte behind what is compressed',
    badCompression,
    fields((body) => ({
      compressedCertificateMessage: Uint8Array.of(...body.compressedCertificateMessage, 0),
    })),
  ],
  ['CT-25', 'a length above the limit', badCompression, fields(() => ({ uncompressedLength: 102_401 }))],
  ['CT-25', 'a length of 2^24 - 1', badCompression, fields(() => ({ uncompressedLength: 0xffffff }))],
  ['CT-25', 'a bomb that announces itself', badCompression, standingFor(bomb)],
  ['CT-25', 'a bomb that does not', badCompression, standingFor(bomb, { uncompressedLength: 400 })],
  ['MSG-05', 'a Certificate that ends too early', malformed, standingFor(Uint8Array.of(0, 0, 0, 5, 0, 0, 1))],
  [
    'MSG-06',
    'a byte behind the last field of the Certificate',
    malformed,
    standingFor(Uint8Array.of(0, 0, 0, 0, 0)),
  ],
  [
    'MSG-05',
    'nothing at all',
    malformed,
    editMessageBytes(H.compressed_certificate, () =>
      rawMessage(H.compressed_certificate, Uint8Array.of(0, 1, 0, 0, 4, 0, 0, 0)),
    ),
  ],
  [
    'CT-25',
    'a message that is too long',
    messageTooLong,
    editMessageBytes(H.compressed_certificate, () =>
      rawMessage(H.compressed_certificate, new Uint8Array(102_401)),
    ),
  ],
]

const refusalOf: Readonly<Record<'client' | 'server', Refusal>> = {
  client: noCertificate,
  server: certificateRequired,
}
const listOfNone = encode(Certificate, { certificateRequestContext: new Uint8Array(0), certificateList: [] })

/** @param role ours */
export function compressedCertificate<T extends Wrong>(
  settings: With<T>,
  role: 'client' | 'server',
): readonly Case<T>[] {
  return [
    ...rows.map(
      ([id, what, refusal, edit]) =>
        edited(id, 'RFC 8879 4', what, ...refusal, edit, settings(compressing, compressing)) as Case<T>,
    ),
    edited(
      'CT-22',
      'RFC 8879 4',
      'a CompressedCertificate that nobody asked for',
      ...unexpected,
      editMessageBytes(H.certificate, (message) =>
        compressed({
          algorithm: CertificateCompressionAlgorithm.zlib,
          uncompressedLength: message.length - 4,
          compressedCertificateMessage: new Uint8Array(deflateSync(message.subarray(4))),
        }),
      ),
      settings(plain, plain),
    ) as Case<T>,
    edited(
      role === 'client' ? 'CT-01' : 'CT-02',
      '4.5.1.3',
      'an empty Certificate, compressed',
      ...refusalOf[role],
      standingFor(listOfNone),
      settings(compressing, compressing),
    ) as Case<T>,
  ]
}
