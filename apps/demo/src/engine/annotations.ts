/** What each byte means, by the descriptors that encode and decode it. */
import {
  Alert,
  annotate,
  annotateHandshake,
  isTlsError,
  RecordHeader,
  recordHeaderLength,
  type Annotation,
} from '@mortise/wire'
import type { Message } from './recording.ts'

/** A field with its place in the tree: `0.3.1` is the second child of the fourth of the first. */
export interface Field extends Omit<Annotation, 'children'> {
  readonly path: string
  readonly depth: number
}

/** `undefined` for what has no inner structure. */
export function annotationOf({ kind }: Pick<Message, 'kind'>, bytes: Uint8Array): Annotation | undefined {
  try {
    if (kind === 'handshake') return annotateHandshake(bytes)
    if (kind === 'applicationData') return annotateText(bytes)
    return kind === 'alert' ? annotate(Alert, bytes) : undefined
  } catch (error) {
    if (!isTlsError(error)) throw error
    return undefined // changed so that not even its header is whole
  }
}

/** What the two ends of this page say to each other is text. */
function annotateText(bytes: Uint8Array): Annotation {
  const { length } = bytes
  const text = { name: 'data', offset: 0, length, text: `“${new TextDecoder().decode(bytes)}”`, children: [] }
  return { name: 'application_data', offset: 0, length, text: '', children: [text] }
}

/** Header and content; the content of a protected record is nobody's to read who has no keys. */
export function annotateRecord(bytes: Uint8Array, content: string): Annotation {
  const header = annotate(RecordHeader, bytes.subarray(0, recordHeaderLength))
  const length = bytes.length - recordHeaderLength
  return {
    name: 'record',
    offset: 0,
    length: bytes.length,
    text: '',
    children: [
      ...header.children,
      { name: 'fragment', offset: recordHeaderLength, length, text: content, children: [] },
    ],
  }
}

/** The tree as a list, parents before their children; the root itself is the message and left out. */
export function fieldsOf(root: Annotation): readonly Field[] {
  return root.children.flatMap((child, index) => flatten(child, String(index), 0))
}

function flatten({ children, ...own }: Annotation, path: string, depth: number): readonly Field[] {
  // `keyExchange: { length, data }` reads better as `keyExchange`, its length still shown
  const inner = children.flatMap((child, index) => flatten(child, `${path}.${index}`, depth + 1))
  return [{ ...own, path, depth }, ...inner]
}

/** The smallest field that has this byte in it. */
export function fieldAt(fields: readonly Field[], offset: number): Field | undefined {
  return fields.findLast((field) => field.offset <= offset && offset < field.offset + field.length)
}
