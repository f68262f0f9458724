import { useId, useRef } from 'preact/hooks'
import type { ComponentChildren } from 'preact'

interface TabsProps<Name extends string> {
  readonly label: string
  readonly tabs: readonly (readonly [name: Name, text: string])[]
  readonly current: Name
  readonly onChange: (name: Name) => void
  readonly children: ComponentChildren
}

/** Tabs as WAI-ARIA has them: one stop for the keyboard, arrows between them. */
export function Tabs<Name extends string>({ label, tabs, current, onChange, children }: TabsProps<Name>) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const move = (by: number): void => {
    const at = tabs.findIndex(([name]) => name === current)
    const next = tabs[(at + by + tabs.length) % tabs.length]
    if (!next) return
    onChange(next[0])
    list.current?.querySelector<HTMLElement>(`#${CSS.escape(`${id}-${next[0]}`)}`)?.focus()
  }
  return (
    <div class="tabs">
      <div
        ref={list}
        class="tablist"
        role="tablist"
        aria-label={label}
        onKeyDown={({ key }) => {
          if (key === 'ArrowRight') move(1)
          if (key === 'ArrowLeft') move(-1)
        }}
      >
        {tabs.map(([name, text]) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}`}
            aria-selected={name === current}
            aria-controls={`${id}-panel`}
            tabIndex={name === current ? 0 : -1}
            onClick={() => onChange(name)}
          >
            {text}
          </button>
        ))}
      </div>
      <div class="tabpanel" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${current}`}>
        {children}
      </div>
    </div>
  )
}
