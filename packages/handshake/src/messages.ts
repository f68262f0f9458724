/** The messages that tables of states speak of. A HelloRetryRequest is one of its own, though ServerHello on the wire. */
import {
  Certificate,
  CertificateRequest,
  CertificateVerify,
  ClientHello,
  decode,
  EncryptedExtensions,
  EndOfEarlyData,
  Finished,
  HandshakeType,
  helloRetryRequestRandom,
  KeyUpdate,
  NewSessionTicket,
  rest,
  ServerHello,
  type Codec,
} from '@mortise/wire'

export interface Messages {
  readonly ClientHello: ClientHello
  readonly ServerHello: ServerHello
  readonly HelloRetryRequest: ServerHello
  readonly EncryptedExtensions: EncryptedExtensions
  readonly CertificateRequest: CertificateRequest
  readonly Certificate: Certificate
  /** For who takes such to read: see `CompressedCertificates`. */
  readonly CompressedCertificate: Uint8Array
  readonly CertificateVerify: CertificateVerify
  readonly Finished: Finished
  readonly EndOfEarlyData: EndOfEarlyData
  readonly NewSessionTicket: NewSessionTicket
  readonly KeyUpdate: KeyUpdate
}

export type MessageName = keyof Messages

const codecs: { readonly [Name in MessageName]: Codec<Messages[Name]> } = {
  ClientHello,
  ServerHello,
  HelloRetryRequest: ServerHello,
  EncryptedExtensions,
  CertificateRequest,
  Certificate,
  CompressedCertificate: rest,
  CertificateVerify,
  Finished,
  EndOfEarlyData,
  NewSessionTicket,
  KeyUpdate,
}

const names: Readonly<Record<number, MessageName>> = {
  [HandshakeType.client_hello]: 'ClientHello',
  [HandshakeType.server_hello]: 'ServerHello',
  [HandshakeType.encrypted_extensions]: 'EncryptedExtensions',
  [HandshakeType.certificate_request]: 'CertificateRequest',
  [HandshakeType.certificate]: 'Certificate',
  [HandshakeType.compressed_certificate]: 'CompressedCertificate',
  [HandshakeType.certificate_verify]: 'CertificateVerify',
  [HandshakeType.finished]: 'Finished',
  [HandshakeType.end_of_early_data]: 'EndOfEarlyData',
  [HandshakeType.new_session_ticket]: 'NewSessionTicket',
  [HandshakeType.key_update]: 'KeyUpdate',
}

/** `undefined` for types that TLS 1.3 never puts on the wire. `body` tells a HelloRetryRequest by its random (RFC 9846 §4.2.4). */
export function messageName(type: number, body: Uint8Array): MessageName | undefined {
  const name = names[type]
  return name === 'ServerHello' && hasRetryRandom(body) ? 'HelloRetryRequest' : name
}

function hasRetryRandom(serverHello: Uint8Array): boolean {
  return helloRetryRequestRandom.every((byte, i) => serverHello[2 + i] === byte)
}

export function readMessage<Name extends MessageName>(name: Name, body: Uint8Array): Messages[Name] {
  return decode(codecs[name], body)
}
