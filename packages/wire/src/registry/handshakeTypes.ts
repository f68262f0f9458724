/** The code points of `handshakeType.ts`, a constant each, so that a bundler puts in the number and leaves out the name. */

export const hello_request_RESERVED = 0
export const client_hello = 1
export const server_hello = 2
export const hello_verify_request_RESERVED = 3
export const new_session_ticket = 4
export const end_of_early_data = 5
export const hello_retry_request_RESERVED = 6
export const encrypted_extensions = 8
export const certificate = 11
export const server_key_exchange_RESERVED = 12
export const certificate_request = 13
export const server_hello_done_RESERVED = 14
export const certificate_verify = 15
export const client_key_exchange_RESERVED = 16
export const client_certificate_request = 17
export const finished = 20
export const certificate_url_RESERVED = 21
export const certificate_status_RESERVED = 22
export const supplemental_data_RESERVED = 23
export const key_update = 24
export const compressed_certificate = 25
export const message_hash = 254
