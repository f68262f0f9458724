import { useId } from 'preact/hooks'

interface ChoiceProps<Value extends string> {
  readonly label: string
  readonly options: readonly (readonly [value: Value, text: string, disabled?: boolean])[]
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly hint?: string | undefined
  /** The label is for screen readers alone. */
  readonly bare?: boolean
  readonly name?: string
}

/** One of several, by the select of the platform: it knows keyboards, phones and screen readers. */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { label, options, value, onChange, hint, bare = false, name } = props
  const id = useId()
  return (
    <div class={bare ? 'choice bare' : 'choice'}>
      <label class={bare ? 'unseen' : undefined} for={id}>
        {label}
      </label>
      <div class="select">
        <select
          id={id}
          name={name}
          value={value}
          aria-describedby={hint ? `${id}-hint` : undefined}
          onChange={(event) => onChange(event.currentTarget.value as Value)}
        >
          {options.map(([option, text, disabled = false]) => (
            <option key={option} value={option} disabled={disabled} selected={option === value}>
              {text}
            </option>
          ))}
        </select>
      </div>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}
