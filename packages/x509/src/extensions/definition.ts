import { DerReader } from '../der.ts'
import type { Certificate, Extension } from '../certificate.ts'
import { parsing } from '../X509Error.ts'

/** One extension of certificates: its identifier, and how its value is decoded. */
export interface ExtensionDefinition<T> {
  /** Dotted object identifier. */
  readonly type: string
  /** As RFC 5280 spells it; nothing where errors are not told in words. */
  readonly name: string | false
  /** Reads the whole value; what is left over is an error. */
  readonly read: (reader: DerReader) => T
}

export function defineExtension<T>(
  type: string,
  name: string | false,
  read: (reader: DerReader) => T,
): ExtensionDefinition<T> {
  return { type, name, read }
}

/**
 * An extension's value; `undefined` if the certificate has none of it.
 * @throws X509Error `ERR_X509_MALFORMED`
 */
export function readExtension<T>(
  { extensions }: Pick<Certificate, 'extensions'>,
  definition: ExtensionDefinition<T>,
): T | undefined {
  const extension = extensions.get(definition.type)
  return extension && decodeExtension(extension, definition)
}

const decoded = /* @__PURE__ */ new WeakMap<
  Extension,
  { readonly definition: unknown; readonly value: unknown }
>()

/** Decodes an extension once, since each of many possible paths asks for it again. */
export function decodeExtension<T>(extension: Extension, definition: ExtensionDefinition<T>): T {
  const known = decoded.get(extension)
  if (known?.definition === definition) return known.value as T
  const value = parsing(definition.name, () => {
    const reader = new DerReader(extension.value)
    const result = definition.read(reader)
    reader.end()
    return result
  })
  decoded.set(extension, { definition, value })
  return value
}
