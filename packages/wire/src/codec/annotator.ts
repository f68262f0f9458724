import type { ExtensionMessage } from '../extensions/message.ts'
import { names } from '../registry/names.ts'
import type { Form, Observer, Value } from './observer.ts'
import { pathText } from './path.ts'
import { asciiText, bytesText } from './text.ts'

/** A stretch of bytes and what it means. The leaves of a tree cover its input, each byte once and in order. */
export interface Annotation {
  /** Field name in camelCase, index of an element, or `length` and `data` for the parts of a vector. */
  readonly name: string
  /** In bytes, from the start of the input. */
  readonly offset: number
  /** In bytes. */
  readonly length: number
  /** The value for people; empty where the children say it all. */
  readonly text: string
  readonly children: readonly Annotation[]
}

interface Growing extends Annotation {
  length: number
  text: string
  readonly children: Annotation[]
}

/** Shows the inside of an extension; `undefined` to leave it raw. Offsets are from the start of `data`. */
export type ExtensionAnnotator = (
  message: ExtensionMessage,
  extensionType: number,
  data: Uint8Array,
) => Pick<Annotation, 'text' | 'children'> | undefined

/** Grows the tree while a Reader reads. */
export class Annotator implements Observer {
  readonly root: Growing
  readonly #annotateExtension: ExtensionAnnotator | undefined
  readonly #open: Growing[] = []
  readonly #path: (string | number)[]

  constructor(name: string, annotateExtension?: ExtensionAnnotator) {
    this.root = { name, offset: 0, length: 0, text: '', children: [] }
    this.#annotateExtension = annotateExtension
    this.#path = [name]
  }

  /** Where the reader stands. */
  get path(): string {
    return pathText(this.#path)
  }

  enter(name: string | number, offset: number): void {
    const node: Growing = { name: String(name), offset, length: 0, text: '', children: [] }
    this.#current.children.push(node)
    this.#open.push(node)
    this.#path.push(name)
  }

  leave(offset: number): void {
    this.#current.length = offset - this.#current.offset
    this.#open.pop()
    this.#path.pop()
  }

  describe<T extends Value>(value: T, form?: Form<T>): void {
    this.#current.text = textOf(value, form)
  }

  part<T extends Value>(name: string, offset: number, length: number, value: T, form?: Form<T>): void {
    this.#current.children.push({ name, offset, length, text: textOf(value, form), children: [] })
  }

  extensionData(message: ExtensionMessage, extensionType: number, offset: number, data: Uint8Array): void {
    const inside = this.#annotateExtension?.(message, extensionType, data)
    this.#current.children.push({
      name: 'data',
      offset,
      length: data.length,
      text: inside?.text ?? bytesText(data),
      children: inside?.children.map((child) => shifted(child, offset)) ?? [],
    })
  }

  get #current(): Growing {
    return this.#open.at(-1) ?? this.root
  }
}

function textOf<T extends Value>(value: T, form?: Form<T>): string {
  if (typeof form === 'function') return form(value)
  if (value instanceof Uint8Array) return form === 'ascii' ? asciiText(value) : bytesText(value)
  if (typeof value !== 'number' || form === undefined || form === 'ascii') return String(value)
  return names[form](value)
}

/** An annotation of what stands at `by` in something longer. */
export function shifted(annotation: Annotation, by: number): Annotation {
  return {
    ...annotation,
    offset: annotation.offset + by,
    children: annotation.children.map((child) => shifted(child, by)),
  }
}
