import { Icon, type iconPaths } from './Icons.tsx'

interface IconButtonProps {
  readonly icon: keyof typeof iconPaths
  readonly label: string
  readonly onClick: () => void
  readonly disabled?: boolean
}

export function IconButton({ icon, label, onClick, disabled = false }: IconButtonProps) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  )
}
