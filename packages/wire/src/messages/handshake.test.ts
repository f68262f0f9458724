import { describe, expect, test } from 'vitest'
import { hex } from '../bytes.ts'
import { rest } from '../codec/opaque.ts'
import { TlsError } from '../errors/TlsError.ts'
import { HandshakeType } from '../registry/handshakeType.ts'
import { decodeHandshakeHeader, encodeHandshake } from './handshake.ts'
import { handshakeMessageCodec } from './handshakeMessageCodec.ts'
import { KeyUpdate } from './keyUpdate.ts'

describe('RFC 9846 §4: the frame of handshake messages', () => {
  test('type, length in three bytes, body', () => {
    const raw = encodeHandshake(HandshakeType.key_update, KeyUpdate, { requestUpdate: 1 })
    expect(hex(raw)).toBe('1800000101')
    expect(decodeHandshakeHeader(raw)).toEqual({ type: 24, body: Uint8Array.of(1), raw })
  })

  test('a body is a view of the message', () => {
    const raw = encodeHandshake(HandshakeType.finished, rest, new Uint8Array(0x12345))
    const { body } = decodeHandshakeHeader(raw)
    expect(hex(raw.subarray(0, 4))).toBe('14012345')
    expect(body.buffer).toBe(raw.buffer)
    expect(body).toHaveLength(0x12345)
  })

  test.each([[[]], [[1]], [[1, 0, 0]], [[1, 0, 0, 1]], [[1, 0, 0, 0, 0]], [[1, 1, 0, 0]]])(
    'a length that is not the body’s is a decode_error: %j',
    (bytes) => {
      expect(() => decodeHandshakeHeader(Uint8Array.from(bytes))).toThrow(TlsError)
    },
  )

  test('a body of 2^24 bytes cannot be sent', () => {
    expect(() => encodeHandshake(HandshakeType.finished, rest, new Uint8Array(0x1000000))).toThrow(
      'at most 2^24 - 1',
    )
  })

  test('types that TLS 1.3 does not have are unknown', () => {
    expect(handshakeMessageCodec(HandshakeType.server_hello_done_RESERVED)).toBeUndefined()
    expect(handshakeMessageCodec(99)).toBeUndefined()
    expect(handshakeMessageCodec(HandshakeType.key_update)).toBe(KeyUpdate)
  })
})
