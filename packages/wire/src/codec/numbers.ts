/** Unsigned integers in network byte order (RFC 9846 §3.3), and code points of registries. */
import type { Codec } from './codec.ts'
import { CodecFailure } from './failure.ts'

/* @__NO_SIDE_EFFECTS__ */
function uint(size: 1 | 2 | 3 | 4, nameOf: (value: number) => string = String): Codec<number> {
  return {
    name: `uint${8 * size}`,
    read(reader) {
      const value = reader.uint(size)
      reader.observer?.describe(nameOf(value))
      return value
    },
    write(writer, value) {
      writer.uint(size, value)
    },
  }
}

export const uint8: Codec<number> = /* @__PURE__ */ uint(1)
export const uint16: Codec<number> = /* @__PURE__ */ uint(2)
export const uint24: Codec<number> = /* @__PURE__ */ uint(3)
export const uint32: Codec<number> = /* @__PURE__ */ uint(4)

/** A bigint, because a number is exact only up to 2^53. */
export const uint64: Codec<bigint> = {
  name: 'uint64',
  read(reader) {
    const value = (BigInt(reader.uint(4)) << 32n) | BigInt(reader.uint(4))
    reader.observer?.describe(String(value))
    return value
  },
  write(writer, value) {
    if (value < 0n || value >= 1n << 64n) throw new CodecFailure(`${value} is no uint64`)
    writer.uint(4, Number(value >> 32n))
    writer.uint(4, Number(value & 0xffff_ffffn))
  },
}

/** A one-byte code point. Values that no registry knows are let through (RFC 9846 §9.3). @param nameOf its name, for the annotated view */
/* @__NO_SIDE_EFFECTS__ */
export function code8(nameOf: (value: number) => string): Codec<number> {
  return uint(1, nameOf)
}

/** A two-byte code point. Values that no registry knows are let through (RFC 9846 §9.3). @param nameOf its name, for the annotated view */
/* @__NO_SIDE_EFFECTS__ */
export function code16(nameOf: (value: number) => string): Codec<number> {
  return uint(2, nameOf)
}
