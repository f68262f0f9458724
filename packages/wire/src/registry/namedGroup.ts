import { isGrease } from '../grease.ts'
import { nameOf, type CodePoint } from './nameOf.ts'

/** RFC 9846 §4.3.7; Brainpool of RFC 8734, ML-KEM and hybrids of draft-ietf-tls-mlkem and draft-ietf-tls-ecdhe-mlkem. */
export const NamedGroup = {
  secp256r1: 0x0017,
  secp384r1: 0x0018,
  secp521r1: 0x0019,
  x25519: 0x001d,
  x448: 0x001e,
  brainpoolP256r1tls13: 0x001f,
  brainpoolP384r1tls13: 0x0020,
  brainpoolP512r1tls13: 0x0021,
  ffdhe2048: 0x0100,
  ffdhe3072: 0x0101,
  ffdhe4096: 0x0102,
  ffdhe6144: 0x0103,
  ffdhe8192: 0x0104,
  MLKEM512: 0x0200,
  MLKEM768: 0x0201,
  MLKEM1024: 0x0202,
  SecP256r1MLKEM768: 0x11eb,
  X25519MLKEM768: 0x11ec,
  SecP384r1MLKEM1024: 0x11ed,
} as const

export type NamedGroup = CodePoint<typeof NamedGroup>

/** `secp256r1`, or the number in hexadecimal. */
export const namedGroupName: (value: number) => string = /* @__PURE__ */ nameOf(NamedGroup, 4, isGrease)
