/** Byte strings (RFC 9846 §3.2, §3.4). Decoded ones are views of the input. */
import { inWords } from '#texts'
import type { Codec } from './codec.ts'
import { CodecFailure } from './failure.ts'

/** How a byte string reads in the annotated view; default: hexadecimal. */
type BytesForm = 'ascii' | ((bytes: Uint8Array) => string)

/** `opaque name[length]`: always `length` bytes. */
/* @__NO_SIDE_EFFECTS__ */
export function opaque(length: number): Codec<Uint8Array> {
  return {
    name: 'opaque',
    read(reader) {
      const value = reader.view(length)
      reader.observer?.describe(value)
      return value
    },
    write(writer, value) {
      if (value.length !== length)
        throw new CodecFailure(inWords && `${value.length} bytes, must be ${length}`)
      writer.bytes(value)
    },
  }
}

/* @__NO_SIDE_EFFECTS__ */
function opaqueVector(size: 1 | 2 | 3, min: number, max: number, form?: BytesForm): Codec<Uint8Array> {
  return {
    name: 'opaque',
    read(reader) {
      const value = reader.view(reader.length(size, min, max))
      reader.observer?.part('data', reader.offset - value.length, value.length, value, form)
      return value
    },
    write(writer, value) {
      const start = writer.reserve(size)
      writer.bytes(value)
      writer.close(start, size, min, max)
    },
  }
}

/** `opaque name<min..max>` with a length of one byte. */
/* @__NO_SIDE_EFFECTS__ */
export function opaque8(min: number, max: number, form?: BytesForm): Codec<Uint8Array> {
  return opaqueVector(1, min, max, form)
}

/** `opaque name<min..max>` with a length of two bytes. */
/* @__NO_SIDE_EFFECTS__ */
export function opaque16(min: number, max: number, form?: BytesForm): Codec<Uint8Array> {
  return opaqueVector(2, min, max, form)
}

/** `opaque name<min..max>` with a length of three bytes. */
/* @__NO_SIDE_EFFECTS__ */
export function opaque24(min: number, max: number, form?: BytesForm): Codec<Uint8Array> {
  return opaqueVector(3, min, max, form)
}

/** All that is left, without a length of its own: the message, record or extension around it says how much. */
export const rest: Codec<Uint8Array> = {
  name: 'opaque',
  read(reader) {
    const value = reader.view(reader.remaining)
    reader.observer?.describe(value)
    return value
  },
  write(writer, value) {
    writer.bytes(value)
  },
}
