import type { Annotation } from './annotator.ts'

/**
 * A tree as lines of text: offset (hexadecimal) and length of each value, indented name, value. Lengths of
 * vectors are left out; the bytes they stand in are still counted in the vector's own length.
 */
export function formatAnnotation(annotation: Annotation): string {
  return linesOf(annotation, '').join('\n')
}

function linesOf(annotation: Annotation, indent: string): string[] {
  const shown = annotation.children.filter(({ name }) => name !== 'length')
  // `keyExchange: { length, data: … }` reads better as `keyExchange: …`
  const only = shown.length === 1 && shown[0]?.name === 'data' ? shown[0] : undefined
  const text = only?.text ?? annotation.text
  const position = `${annotation.offset.toString(16).padStart(4, '0')} ${String(annotation.length).padStart(5)}`
  const name = /^\d+$/.test(annotation.name) ? `[${annotation.name}]` : annotation.name
  const head = `${position}  ${indent}${name}${text === '' ? '' : `: ${text}`}`
  return [head, ...(only?.children ?? shown).flatMap((child) => linesOf(child, `${indent}  `))]
}
