import type { ExtensionMessage } from '../extensions/message.ts'
import type { RegistryName } from '../registry/names.ts'

/** What a codec has read. Bytes are a view. */
export type Value = number | bigint | string | Uint8Array

/**
 * How a value reads for people: by the names of a registry, as ASCII, or as somebody's function says. Only the kind is
 * told, so that whoever reads without an annotated view carries no names.
 */
export type Form<T extends Value> = RegistryName | 'ascii' | ((value: T) => string)

/**
 * Watches a Reader: how the same declaration gives the annotated view and the path of an error. Without one,
 * reading keeps no record of where it is.
 */
export interface Observer {
  /** A field or element begins at `offset`. */
  readonly enter: (name: string | number, offset: number) => void
  /** The one entered last ends at `offset`. */
  readonly leave: (offset: number) => void
  /** The value of the one entered last. Default of `form`: numbers in decimal, bytes in hexadecimal. */
  readonly describe: <T extends Value>(value: T, form?: Form<T>) => void
  /** A part without a name of its own in the RFC: a length, the bytes after it. */
  readonly part: <T extends Value>(
    name: string,
    offset: number,
    length: number,
    value: T,
    form?: Form<T>,
  ) => void
  /** The body of an extension, which the codec itself leaves raw. */
  readonly extensionData: (
    message: ExtensionMessage,
    extensionType: number,
    offset: number,
    data: Uint8Array,
  ) => void
}
