import type { ExtensionMessage } from '../extensions/message.ts'

/**
 * Watches a Reader: how the same declaration gives the annotated view and the path of an error. Without one,
 * reading keeps no record of where it is.
 */
export interface Observer {
  /** A field or element begins at `offset`. */
  readonly enter: (name: string | number, offset: number) => void
  /** The one entered last ends at `offset`. */
  readonly leave: (offset: number) => void
  /** What the one entered last means. */
  readonly describe: (text: string) => void
  /** A part without a name of its own in the RFC: a length, the bytes after it. */
  readonly part: (name: string, offset: number, length: number, text: string) => void
  /** The body of an extension, which the codec itself leaves raw. */
  readonly extensionData: (
    message: ExtensionMessage,
    extensionType: number,
    offset: number,
    data: Uint8Array,
  ) => void
}
