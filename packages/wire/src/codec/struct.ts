/** Structs (RFC 9846 §3.6) and structs with variants (§3.8). */
import type { Codec, Infer } from './codec.ts'
import type { Reader } from './reader.ts'
import type { Writer } from './writer.ts'

export interface Fields {
  readonly [name: string]: Codec<unknown>
}

export type Struct<F extends Fields> = { readonly [Name in keyof F]: Infer<F[Name]> }

/** Fields one after the other. */
/* @__NO_SIDE_EFFECTS__ */
export function struct<const F extends Fields>(name: string, fields: F): Codec<Struct<F>> {
  const entries = Object.entries(fields)
  return {
    name,
    read(reader) {
      const value: Record<string, unknown> = {}
      readFields(reader, entries, value)
      return value as Struct<F>
    },
    write(writer, value) {
      writeFields(writer, entries, value as Record<string, unknown>)
    },
  }
}

/** Keys are code points. */
export interface Cases {
  readonly [tag: number]: Fields
}

/** A variant that the cases name, or any other. */
export type Variant<Tag extends string, C extends Cases, Other extends Fields> =
  | { [T in keyof C & number]: { readonly [Name in Tag]: T } & Struct<C[T]> }[keyof C & number]
  | ({ readonly [Name in Tag]: number } & Struct<Other>)

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
  const fieldsOf = (value: Record<string, unknown>): Entries =>
    Object.entries(cases[value[tag] as number] ?? other)
  return {
    name,
    read(reader) {
      const value: Record<string, unknown> = {}
      readFields(reader, head, value)
      readFields(reader, fieldsOf(value), value)
      return value as Variant<Tag, C, Other>
    },
    write(writer, value) {
      const fields = value as Record<string, unknown>
      writeFields(writer, head, fields)
      writeFields(writer, fieldsOf(fields), fields)
    },
  }
}

type Entries = readonly (readonly [string, Codec<unknown>])[]

function readFields(reader: Reader, entries: Entries, value: Record<string, unknown>): void {
  const { observer } = reader
  for (const [name, codec] of entries) {
    observer?.enter(name, reader.offset)
    value[name] = codec.read(reader)
    observer?.leave(reader.offset)
  }
}

function writeFields(writer: Writer, entries: Entries, value: Record<string, unknown>): void {
  for (const [name, codec] of entries) {
    writer.path?.push(name)
    codec.write(writer, value[name])
    writer.path?.pop()
  }
}
