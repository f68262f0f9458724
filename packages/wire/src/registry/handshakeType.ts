import { nameOf, type CodePoint } from './nameOf.ts'

/** RFC 9846 §B.3; `client_certificate_request` of RFC 9261, `compressed_certificate` of RFC 8879. What ends in `_RESERVED` belongs to older versions. */
export const HandshakeType = {
  hello_request_RESERVED: 0,
  client_hello: 1,
  server_hello: 2,
  hello_verify_request_RESERVED: 3,
  new_session_ticket: 4,
  end_of_early_data: 5,
  hello_retry_request_RESERVED: 6,
  encrypted_extensions: 8,
  certificate: 11,
  server_key_exchange_RESERVED: 12,
  certificate_request: 13,
  server_hello_done_RESERVED: 14,
  certificate_verify: 15,
  client_key_exchange_RESERVED: 16,
  client_certificate_request: 17,
  finished: 20,
  certificate_url_RESERVED: 21,
  certificate_status_RESERVED: 22,
  supplemental_data_RESERVED: 23,
  key_update: 24,
  compressed_certificate: 25,
  message_hash: 254,
} as const

export type HandshakeType = CodePoint<typeof HandshakeType>

/** `hello_request_RESERVED`, or the number in hexadecimal. */
export const handshakeTypeName: (value: number) => string = /* @__PURE__ */ nameOf(HandshakeType, 2)
