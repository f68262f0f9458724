/** The frame of handshake messages (RFC 9846 §4). */
import * as faults from '../errors/faults.ts'
import { inWords } from '#texts'
import type { Codec } from '../codec/codec.ts'
import { encode } from '../codec/encode.ts'
import * as codeText from '../errors/codeText.ts'
import { TlsError } from '../errors/TlsError.ts'

/** Of the header before a message's body, in bytes. */
export const handshakeHeaderLength = 4

/** A whole handshake message, its body not decoded. Both byte strings are views. */
export interface HandshakeMessage {
  /** HandshakeType. */
  readonly type: number
  readonly body: Uint8Array
  /** Header included: what goes into the transcript. */
  readonly raw: Uint8Array
}

// RFC 9846 §4
//   struct {
//       HandshakeType msg_type;    /* handshake type */
//       uint24 length;             /* remaining bytes in message */
//       select (Handshake.msg_type) { … };
//   } Handshake;
/**
 * @param raw exactly one message
 * @throws TlsError `ERR_TLS_DECODE` if the header's length is not that of the body
 */
export function decodeHandshakeHeader(raw: Uint8Array): HandshakeMessage {
  const [type = 0, high = 0, middle = 0, low = 0] = raw
  const length = (high << 16) | (middle << 8) | low
  if (raw.length !== handshakeHeaderLength + length)
    throw new TlsError(faults.ERR_TLS_DECODE, {
      detail: inWords && `Handshake: ${codeText.handshakeType(type)} of ${length} bytes in ${raw.length}`,
    })
  return { type, body: raw.subarray(handshakeHeaderLength), raw }
}

/**
 * A whole handshake message: header and body.
 * @throws TlsError `ERR_TLS_INTERNAL` if a value is out of its bounds
 */
export function encodeHandshake<T>(type: number, codec: Codec<T>, value: T): Uint8Array {
  const body = encode(codec, value)
  if (body.length > 0xffffff)
    throw new TlsError(faults.ERR_TLS_INTERNAL, {
      detail: inWords && `${codec.name} has ${body.length} bytes, at most 2^24 - 1`,
    })
  const message = new Uint8Array(handshakeHeaderLength + body.length)
  message.set([type, body.length >> 16, (body.length >> 8) & 0xff, body.length & 0xff])
  message.set(body, handshakeHeaderLength)
  return message
}
