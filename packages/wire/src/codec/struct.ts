/** Structs (RFC 9846 §3.6) and structs with variants (§3.8). */
import type { Codec, Infer } from './codec.ts'
import type { Reader } from './reader.ts'
import type { Writer } from './writer.ts'

/** The fields of a struct in the order of the wire. */
export interface Fields {
  readonly [name: string]: Codec<unknown>
}

/** Fields one after the other. Types are spelt out here, not named, so that declarations show the RFC's fields. */
/* @__NO_SIDE_EFFECTS__ */
export function struct<const F extends Fields>(
  name: string,
  fields: F,
): Codec<{ readonly [Name in keyof F]: Infer<F[Name]> }> {
  const entries = Object.entries(fields)
  return {
    name,
    read(reader) {
      const value: Values = {}
      readFields(reader, entries, value)
      // A loop over fields is beyond the type system
      return value as { readonly [Name in keyof F]: Infer<F[Name]> }
    },
    write: (writer, value) => writeFields(writer, entries, value),
  }
}

/** Keys are code points. */
export interface Cases {
  readonly [tag: number]: Fields
}

type Variant<Tag extends string, C extends Cases, Other extends Fields> =
  | { [T in keyof C & number]: Case<Tag, T, C[T]> }[keyof C & number]
  | Case<Tag, number, Other>

type Case<Tag extends string, T extends number, F extends Fields> = {
  readonly [Name in Tag | keyof F]: Name extends keyof F ? Infer<F[Name]> : T
}

/**
 * A tag, and behind it fields that depend on it. `other` is for tags that are not among the cases, so that
 * code points unknown to us don't make a message unreadable.
 */
/* @__NO_SIDE_EFFECTS__ */
export function variant<const Tag extends string, const C extends Cases, const Other extends Fields>(
  name: string,
  tag: Tag,
  tagCodec: Codec<number>,
  cases: C,
  other: Other,
): Codec<Variant<Tag, C, Other>> {
  const head: Entries = [[tag, tagCodec]]
  const behind = (value: Values): Entries => Object.entries(cases[Number(value[tag])] ?? other)
  return {
    name,
    read(reader) {
      const value: Values = {}
      readFields(reader, head, value)
      readFields(reader, behind(value), value)
      return value as Variant<Tag, C, Other>
    },
    write(writer, value) {
      writeFields(writer, head, value)
      writeFields(writer, behind(value), value)
    },
  }
}

type Entries = readonly (readonly [string, Codec<unknown>])[]
type Values = Record<string, unknown>

function readFields(reader: Reader, entries: Entries, value: Values): void {
  const { observer } = reader
  for (const [name, codec] of entries) {
    observer?.enter(name, reader.offset)
    value[name] = codec.read(reader)
    observer?.leave(reader.offset)
  }
}

function writeFields(writer: Writer, entries: Entries, value: Readonly<Values>): void {
  for (const [name, codec] of entries) {
    writer.path?.push(name)
    codec.write(writer, value[name])
    writer.path?.pop()
  }
}
