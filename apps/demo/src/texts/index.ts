/** The language of the page. */
import { computed, signal } from '@preact/signals'
import { en, type Texts } from './en.ts'
import { zh } from './zh.ts'

export const languages = { en: 'English', zh: '中文' } as const
export type Language = keyof typeof languages

const all: Readonly<Record<Language, Texts>> = { en, zh }

export const language = signal<Language>(initialLanguage())
export const texts = computed<Texts>(() => all[language.value])

function initialLanguage(): Language {
  const kept = localStorage.getItem('language')
  if (kept === 'en' || kept === 'zh') return kept
  return navigator.language.startsWith('zh') ? 'zh' : 'en'
}
