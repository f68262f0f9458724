import { equalBytes, fromHex } from '../bytes.ts'
import type { Infer } from '../codec/codec.ts'
import { code16, uint8 } from '../codec/numbers.ts'
import { opaque, opaque8 } from '../codec/opaque.ts'
import { struct } from '../codec/struct.ts'
import { helloExtensionList } from '../extensions/Extension.ts'

// RFC 9846 §4.2.3
//   struct {
//       ProtocolVersion legacy_version = 0x0303;    /* TLS v1.2 */
//       Random random;
//       opaque legacy_session_id_echo<0..32>;
//       CipherSuite cipher_suite;
//       uint8 legacy_compression_method = 0;
//       Extension extensions<6..2^16-1>;
//   } ServerHello;
/** A HelloRetryRequest too: see `isHelloRetryRequest`. */
export const ServerHello = /* @__PURE__ */ struct('ServerHello', {
  legacyVersion: code16('ProtocolVersion'),
  random: opaque(32),
  legacySessionIdEcho: opaque8(0, 32),
  cipherSuite: code16('CipherSuite'),
  legacyCompressionMethod: uint8,
  extensions: helloExtensionList('serverHello', 6),
})
export type ServerHello = Infer<typeof ServerHello>

/** The random of a HelloRetryRequest: SHA-256 of "HelloRetryRequest" (RFC 9846 §4.2.3). Not to be written to. */
export const helloRetryRequestRandom: Uint8Array = /* @__PURE__ */ fromHex(
  'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c',
)

/** Whether this ServerHello is a HelloRetryRequest, which its random tells (RFC 9846 §4.2.3). */
export function isHelloRetryRequest({ random }: Pick<ServerHello, 'random'>): boolean {
  return equalBytes(random, helloRetryRequestRandom)
}

/** Whether this body of a ServerHello, decoded or not, is a HelloRetryRequest. */
export function hasRetryRandom(body: Uint8Array): boolean {
  return equalBytes(body.subarray(2, 34), helloRetryRequestRandom)
}

/** How the random of a TLS 1.3 server ends when it negotiates TLS 1.2 (RFC 9846 §4.2.3). Not to be written to. */
export const downgradeToTls12: Uint8Array = /* @__PURE__ */ fromHex('444f574e47524401')

/** As `downgradeToTls12`, for TLS 1.1 and below. */
export const downgradeToTls11: Uint8Array = /* @__PURE__ */ fromHex('444f574e47524400')
