import type { Codec } from '../codec/codec.ts'
import { uint8 } from '../codec/numbers.ts'
import { opaque } from '../codec/opaque.ts'
import { struct } from '../codec/struct.ts'

// RFC 9846 §4.3.8.2
//   struct {
//       uint8 legacy_form = 4;
//       opaque X[coordinate_length];
//       opaque Y[coordinate_length];
//   } UncompressedPointRepresentation;
/**
 * `KeyShareEntry.key_exchange` of secp256r1, secp384r1 and secp521r1.
 * @param coordinateLength in bytes: 32, 48 or 66
 */
/* @__NO_SIDE_EFFECTS__ */
export function UncompressedPointRepresentation(
  coordinateLength: number,
): Codec<UncompressedPointRepresentation> {
  return struct('UncompressedPointRepresentation', {
    legacyForm: uint8,
    x: opaque(coordinateLength),
    y: opaque(coordinateLength),
  })
}
/** A point of a NIST curve; `x` and `y` in big-endian bytes (RFC 9846 §4.3.8.2). */
export interface UncompressedPointRepresentation {
  readonly legacyForm: number
  readonly x: Uint8Array
  readonly y: Uint8Array
}
