import type { Codec } from '../codec/codec.ts'
import { HandshakeType } from '../registry/handshakeType.ts'
import { Certificate } from './certificate.ts'
import { CertificateRequest } from './certificateRequest.ts'
import { CertificateVerify } from './certificateVerify.ts'
import { ClientHello } from './clientHello.ts'
import { CompressedCertificate } from './compressedCertificate.ts'
import { EncryptedExtensions } from './encryptedExtensions.ts'
import { EndOfEarlyData } from './endOfEarlyData.ts'
import { Finished } from './finished.ts'
import { KeyUpdate } from './keyUpdate.ts'
import { MessageHash } from './messageHash.ts'
import { NewSessionTicket } from './newSessionTicket.ts'
import { ServerHello } from './serverHello.ts'

/** The codec of a handshake message's body; `undefined` for types that TLS 1.3 has not. For traces: it knows all of them. */
export function handshakeMessageCodec(type: number): Codec<unknown> | undefined {
  return codecs[type]
}

const codecs: Readonly<Record<number, Codec<unknown>>> = {
  [HandshakeType.client_hello]: ClientHello,
  [HandshakeType.server_hello]: ServerHello,
  [HandshakeType.new_session_ticket]: NewSessionTicket,
  [HandshakeType.end_of_early_data]: EndOfEarlyData,
  [HandshakeType.encrypted_extensions]: EncryptedExtensions,
  [HandshakeType.certificate]: Certificate,
  [HandshakeType.certificate_request]: CertificateRequest,
  [HandshakeType.certificate_verify]: CertificateVerify,
  [HandshakeType.finished]: Finished,
  [HandshakeType.key_update]: KeyUpdate,
  [HandshakeType.compressed_certificate]: CompressedCertificate,
  [HandshakeType.message_hash]: MessageHash,
}
