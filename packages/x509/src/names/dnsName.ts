/** DNS names in their preferred syntax (RFC 5280 §4.2.1.6, RFC 1034 §3.5, RFC 1123 §2.1), A-labels for IDNA. */

const maxLength = 253
const strictLabel = /^[a-z\d]([a-z\d-]{0,61}[a-z\d])?$/i
/** Underscores are no host names' part, but private networks have them. */
const looseLabel = /^[a-z\d_]([a-z\d_-]{0,61}[a-z\d_])?$/i

/** The labels in lower case; `undefined` if it is no DNS name. The last label is not all digits, so that no IP address passes. */
export function parseDnsName(name: string, underscores: boolean): readonly string[] | undefined {
  if (name.length > maxLength) return undefined
  const labels = name.split('.')
  const pattern = underscores ? looseLabel : strictLabel
  if (!labels.every((label) => pattern.test(label)) || /^\d+$/.test(labels.at(-1) ?? '')) return undefined
  return labels.map((label) => label.toLowerCase()) // only now: other letters (U+212A) become ASCII by it
}

/** A name as certificates have them: the left-most label may be `*`, above at least two others. */
export function parsePresentedName(name: string, underscores: boolean): readonly string[] | undefined {
  if (!name.startsWith('*.')) return parseDnsName(name, underscores)
  const rest = parseDnsName(name.slice(2), underscores)
  return rest && rest.length > 1 ? ['*', ...rest] : undefined
}
