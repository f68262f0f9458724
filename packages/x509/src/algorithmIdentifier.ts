import { DerReader, Tag } from './der.ts'

/** RFC 5280 §4.1.1.2 */
export interface AlgorithmIdentifier {
  /** Dotted object identifier. */
  readonly algorithm: string
  /** DER of the parameters; `undefined` if absent. */
  readonly parameters: Uint8Array | undefined
  /** DER of the whole. */
  readonly der: Uint8Array
}

/** The next element as an AlgorithmIdentifier. */
export function readAlgorithmIdentifier(reader: DerReader): AlgorithmIdentifier {
  const { content, encoded } = reader.element(Tag.sequence)
  const fields = new DerReader(content)
  const algorithm = fields.oid()
  const parameters = fields.atEnd ? undefined : fields.any().encoded
  fields.end()
  return { algorithm, parameters, der: encoded }
}

/** DER of NULL. */
export function isNull(parameters: Uint8Array | undefined): boolean {
  return parameters?.length === 2 && parameters[0] === Tag.null && parameters[1] === 0
}
