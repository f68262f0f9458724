/** Light, dark, or as the system has it. */
import { effect, signal } from '@preact/signals'

export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const kept = localStorage.getItem('theme')
export const theme = signal<Theme>(themes.find((name) => name === kept) ?? 'auto')

/** Keeps the document as the choices are, and the choices for the next visit. */
export function applyTheme(): void {
  effect(() => {
    const { documentElement: root } = document
    if (theme.value === 'auto') delete root.dataset['theme']
    else root.dataset['theme'] = theme.value
    localStorage.setItem('theme', theme.value)
  })
}
