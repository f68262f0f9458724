/** Vectors of elements: `Element name<min..max>` (RFC 9846 §3.4). Bounds are in bytes, as in the RFC. */
import type { Codec } from './codec.ts'
import type { Reader } from './reader.ts'

/* @__NO_SIDE_EFFECTS__ */
function vector<T>(size: 1 | 2 | 3, element: Codec<T>, min: number, max: number): Codec<readonly T[]> {
  return {
    name: `${element.name}[]`,
    read(reader) {
      const length = reader.length(size, min, max)
      return readElements(reader, element, length)
    },
    write(writer, value) {
      const start = writer.reserve(size)
      for (const [i, item] of value.entries()) {
        writer.path?.push(i)
        element.write(writer, item)
        writer.path?.pop()
      }
      writer.close(start, size, min, max)
    },
  }
}

/** Reads elements until `length` bytes are used up; none may reach beyond. Elements are never empty, so this ends. */
function readElements<T>(reader: Reader, element: Codec<T>, length: number): readonly T[] {
  const { observer, end: outerEnd } = reader
  const end = reader.offset + length
  const items: T[] = []
  reader.end = end
  while (reader.offset < end) {
    observer?.enter(items.length, reader.offset)
    items.push(element.read(reader))
    observer?.leave(reader.offset)
  }
  reader.end = outerEnd
  return items
}

/** Length of one byte. */
/* @__NO_SIDE_EFFECTS__ */
export function vector8<T>(element: Codec<T>, min: number, max: number): Codec<readonly T[]> {
  return vector(1, element, min, max)
}

/** Length of two bytes. */
/* @__NO_SIDE_EFFECTS__ */
export function vector16<T>(element: Codec<T>, min: number, max: number): Codec<readonly T[]> {
  return vector(2, element, min, max)
}

/** Length of three bytes. */
/* @__NO_SIDE_EFFECTS__ */
export function vector24<T>(element: Codec<T>, min: number, max: number): Codec<readonly T[]> {
  return vector(3, element, min, max)
}
