/** Unsigned integers in network byte order (RFC 9846 §3.3), and code points of registries. */
import { inWords } from '#texts'
import type { RegistryName } from '../registry/names.ts'
import type { Codec } from './codec.ts'
import { CodecFailure } from './failure.ts'

/** How a code point reads in the annotated view: by a registry of this package, or by a function of one's own. */
type CodeForm = RegistryName | ((value: number) => string)

/* @__NO_SIDE_EFFECTS__ */
function uint(size: 1 | 2 | 3 | 4, form?: CodeForm): Codec<number> {
  return {
    name: `uint${8 * size}`,
    read(reader) {
      const value = reader.uint(size)
      reader.observer?.describe(value, form)
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
    reader.observer?.describe(value)
    return value
  },
  write(writer, value) {
    if (value < 0n || value >= 1n << 64n) throw new CodecFailure(inWords && `${value} is no uint64`)
    writer.uint(4, Number(value >> 32n))
    writer.uint(4, Number(value & 0xffff_ffffn))
  },
}

/** A one-byte code point. Values that no registry knows are let through (RFC 9846 §9.3). @param form the registry of its name, for the annotated view: `NamedGroup`; or a function that names it */
/* @__NO_SIDE_EFFECTS__ */
export function code8(form: CodeForm): Codec<number> {
  return uint(1, form)
}

/** A two-byte code point. Values that no registry knows are let through (RFC 9846 §9.3). @param form the registry of its name, for the annotated view: `NamedGroup`; or a function that names it */
/* @__NO_SIDE_EFFECTS__ */
export function code16(form: CodeForm): Codec<number> {
  return uint(2, form)
}
