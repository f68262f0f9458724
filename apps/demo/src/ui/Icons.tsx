/** Drawn here, so that nothing has to be loaded; for the eye alone, since each stands beside its words. */

const drawn = { viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': true, class: 'icon' } as const

/** A lock's keyhole: the body into which any cylinder fits. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" class="mark">
      <rect width="32" height="32" rx="8" />
      <path d="M16 7a5.5 5.5 0 0 0-2.6 10.3L12 25h8l-1.4-7.7A5.5 5.5 0 0 0 16 7z" />
    </svg>
  )
}

export const iconPaths = {
  first: 'M4 3v10M12.5 3.5 6.5 8l6 4.5z',
  back: 'M11 3.5 5 8l6 4.5z',
  forward: 'M5 3.5 11 8l-6 4.5z',
  last: 'M12 3v10M3.5 3.5 9.5 8l-6 4.5z',
  play: 'M5 3l8 5-8 5z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  again: 'M13 8a5 5 0 1 1-1.6-3.7M13 2.5v2.7h-2.7',
  lock: 'M4.5 7.5h7v5h-7zM6 7.5V5.7a2 2 0 0 1 4 0v1.8',
  open: 'M4.5 7.5h7v5h-7zM6 7.5V5.2a2 2 0 0 1 3.8-.8',
  check: 'M3.5 8.5l3 3 6-7',
  cross: 'M4 4l8 8M12 4l-8 8',
  out: 'M6 4H4v8h8v-2M8.5 3.5h4v4M12.5 3.5l-5 5',
  warn: 'M8 2.5 14 13H2zM8 6.5v3M8 11.2v.3',
} as const

export function Icon({ name }: { readonly name: keyof typeof iconPaths }) {
  return (
    <svg {...drawn}>
      <path d={iconPaths[name]} />
    </svg>
  )
}
