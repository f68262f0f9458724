/** Messages as annotated trees: what each byte means. */
import type { TraceEvent } from '@mortise/tls'
import {
  Alert,
  annotate,
  annotateHandshake,
  formatAnnotation,
  handshakeTypeName,
  type Annotation,
} from '@mortise/wire'

export interface TracedMessage {
  readonly direction: 'sent' | 'received'
  readonly level: string
  readonly kind: TraceEvent['kind']
  /** `client_hello`, `alert`, … */
  readonly name: string
  /** In bytes. */
  readonly length: number
  /** `undefined` for what has no inner structure. */
  readonly tree: Annotation | undefined
  /** The tree as lines; empty without one. */
  readonly text: string
}

export function describeMessage({ direction, kind, level, bytes }: TraceEvent): TracedMessage {
  const tree = treeOf(kind, bytes)
  return {
    direction,
    level,
    kind,
    name: kind === 'handshake' ? handshakeTypeName(bytes[0] ?? 0) : names[kind],
    length: bytes.length,
    tree,
    text: tree ? formatAnnotation(tree) : '',
  }
}

const names = {
  alert: 'alert',
  changeCipherSpec: 'change_cipher_spec',
  applicationData: 'application_data',
} as const

function treeOf(kind: TraceEvent['kind'], bytes: Uint8Array): Annotation | undefined {
  if (kind === 'handshake') return annotateHandshake(bytes)
  return kind === 'alert' ? annotate(Alert, bytes) : undefined
}
