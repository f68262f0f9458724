/**
 * A codec is the one declaration of a wire format: its type, encoder, decoder, error path and annotated view
 * all come from it. Codecs are made with the combinators of this folder.
 */
import type { Reader } from './reader.ts'
import type { Writer } from './writer.ts'

/** The declaration of one wire format: `T` is its type, `encode`, `decode` and `annotate` use it. */
// Methods, not properties: so a Codec<T> passes where a Codec<unknown> is asked for.
export interface Codec<T> {
  /** As in the RFC: `KeyShareEntry`, `uint16`, `opaque`. */
  readonly name: string
  /** @throws CodecFailure */
  read(reader: Reader): T
  /** @throws CodecFailure */
  write(writer: Writer, value: T): void
}

/** The type of a codec's values. */
export type Infer<C> = C extends Codec<infer T> ? T : never
