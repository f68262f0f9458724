import { useId } from 'preact/hooks'

interface SwitchProps {
  readonly label: string
  readonly hint: string
  readonly on: boolean
  readonly onChange: (on: boolean) => void
  readonly disabled?: boolean
  readonly name: string
}

/** On or off. The knob's place says which, not its colour alone. */
export function Switch({ label, hint, on, onChange, disabled = false, name }: SwitchProps) {
  const id = useId()
  return (
    <div class="switch">
      <input
        type="checkbox"
        role="switch"
        id={id}
        name={name}
        checked={on}
        disabled={disabled}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label for={id}>{label}</label>
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  )
}
