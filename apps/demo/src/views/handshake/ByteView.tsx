/** Bytes beside the fields that they are: whatever one points at on the one side is lit on the other. */
import { useComputed, useSignal, useSignalEffect, type ReadonlySignal } from '@preact/signals'
import { hex, type Annotation } from '@mortise/wire'
import { useMemo, useRef } from 'preact/hooks'
import { fieldAt, fieldsOf, type Field } from '../../engine/annotations.ts'
import { texts } from '../../texts/index.ts'

const bytesPerRow = 16

interface ByteViewProps {
  readonly bytes: Uint8Array
  readonly annotation: Annotation | undefined
}

export function ByteView({ bytes, annotation }: ByteViewProps) {
  const fields = useMemo(() => (annotation ? fieldsOf(annotation) : []), [annotation])
  const pointed = useSignal<Field | undefined>(undefined)
  const focused = useSignal<Field | undefined>(undefined)
  const light: Light = {
    lit: useComputed(() => pointed.value ?? focused.value),
    point: (field) => {
      pointed.value = field
    },
    focus: (field) => {
      focused.value = field
      pointed.value = undefined // the keyboard has the last word, wherever the pointer was left
    },
  }
  return (
    <div class="byteview">
      <Bytes bytes={bytes} fields={fields} light={light} />
      {fields.length > 0 ? (
        <Fields fields={fields} light={light} />
      ) : (
        <p class="quiet">{texts.value.inspector.opaque}</p>
      )}
    </div>
  )
}

interface Light {
  readonly lit: ReadonlySignal<Field | undefined>
  /** By pointer. */
  readonly point: (field: Field | undefined) => void
  /** By keyboard. */
  readonly focus: (field: Field | undefined) => void
}

interface Lit {
  readonly fields: readonly Field[]
  readonly light: Light
}

function Bytes({ bytes, fields, light }: Lit & { readonly bytes: Uint8Array }) {
  const { lit } = light
  const grid = useRef<HTMLDivElement>(null)
  const cursor = useSignal(0)
  const moveTo = (offset: number): void => {
    cursor.value = offset
    light.focus(fieldAt(fields, offset))
  }
  // Thousands of bytes: their classes are changed one by one, and nothing is drawn anew
  useSignalEffect(() => {
    const field = lit.value
    const cells = grid.current?.querySelectorAll<HTMLElement>('[data-offset]') ?? []
    cells.forEach((cell, offset) => {
      const inside = field !== undefined && offset >= field.offset && offset < field.offset + field.length
      cell.classList.toggle('lit', inside)
    })
    if (field && !grid.current?.matches(':hover, :focus')) reveal(grid.current, cells[field.offset])
  })
  useSignalEffect(() => {
    const at = cursor.value
    grid.current?.querySelectorAll('[data-offset]').forEach((cell, offset) => {
      cell.classList.toggle('cursor', offset === at)
    })
  })
  const move = (event: KeyboardEvent): void => {
    const by = steps[event.key]
    if (by === undefined) return
    event.preventDefault()
    moveTo(Math.max(0, Math.min(bytes.length - 1, cursor.value + by)))
    reveal(grid.current, grid.current?.querySelector<HTMLElement>(`[data-offset="${cursor.value}"]`))
  }
  const at = cursor.value
  const spoken = lit.value
  return (
    <div class="hex-frame">
      <div
        ref={grid}
        class="hex"
        role="slider"
        tabIndex={0}
        aria-label={texts.value.inspector.hex}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, bytes.length - 1)}
        aria-valuenow={at}
        aria-valuetext={`${at}: ${hex(bytes.subarray(at, at + 1))}${spoken ? `, ${spoken.name} ${spoken.text}` : ''}`}
        onKeyDown={move}
        onFocus={() => moveTo(cursor.value)}
        onBlur={() => light.focus(undefined)}
        onPointerOver={({ target }) => {
          const offset = target instanceof HTMLElement ? target.dataset['offset'] : undefined
          if (offset !== undefined) light.point(fieldAt(fields, Number(offset)))
        }}
        onPointerLeave={() => light.point(undefined)}
      >
        <Rows bytes={bytes} />
      </div>
    </div>
  )
}

const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -bytesPerRow,
  ArrowDown: bytesPerRow,
  Home: -1e9,
  End: 1e9,
}

function Rows({ bytes }: { readonly bytes: Uint8Array }) {
  return useMemo(() => {
    const rows = []
    for (let start = 0; start < bytes.length; start += bytesPerRow)
      rows.push(
        <div class="row" key={start}>
          <span class="offset">{start.toString(16).padStart(4, '0')}</span>
          {[...bytes.subarray(start, start + bytesPerRow)].map((byte, index) => (
            <span key={index} class="byte" data-offset={start + index}>
              {byte.toString(16).padStart(2, '0')}
            </span>
          ))}
        </div>,
      )
    return <>{rows}</>
  }, [bytes])
}

function Fields({ fields, light }: Lit) {
  const { lit } = light
  const list = useRef<HTMLUListElement>(null)
  useSignalEffect(() => {
    const path = lit.value?.path
    for (const item of list.current?.querySelectorAll<HTMLElement>('[data-path]') ?? []) {
      const inside = path !== undefined && item.dataset['path'] === path
      item.classList.toggle('lit', inside)
      if (inside && !list.current?.matches(':hover, :focus-within')) reveal(list.current, item)
    }
  })
  return (
    <ul
      ref={list}
      class="fields"
      aria-label={texts.value.inspector.fields}
      onPointerLeave={() => light.point(undefined)}
    >
      {fields.map((field) => (
        <li key={field.path}>
          <button
            type="button"
            class={`field depth-${Math.min(field.depth, 8)}`}
            data-path={field.path}
            onPointerEnter={() => light.point(field)}
            onFocus={() => light.focus(field)}
            onBlur={() => light.focus(undefined)}
          >
            <span class="name">{/^\d+$/.test(field.name) ? `[${field.name}]` : field.name}</span>
            <span class="text">{field.text}</span>
            <span class="place">
              {field.offset.toString(16).padStart(4, '0')}
              <span class="times">×</span>
              {field.length}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** Scrolls `item` into the middle of its own box, and nothing else on the page. */
function reveal(box: HTMLElement | null, item: HTMLElement | null | undefined): void {
  if (!box || !item) return
  const [outer, inner] = [box.getBoundingClientRect(), item.getBoundingClientRect()]
  if (inner.top >= outer.top && inner.bottom <= outer.bottom) return
  box.scrollTop += inner.top - outer.top - outer.height / 2
}
