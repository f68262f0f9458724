import { useEffect, useRef } from 'preact/hooks'
import { view, views, type View } from '../state/route.ts'
import { theme, themes, type Theme } from '../state/theme.ts'
import { language, languages, texts, type Language } from '../texts/index.ts'
import { Choice } from '../ui/Choice.tsx'
import { Mark } from '../ui/Icons.tsx'
import { BackendsView } from './backends/BackendsView.tsx'
import { HandshakeView } from './handshake/HandshakeView.tsx'
import { ServerView } from './server/ServerView.tsx'

const shown: Readonly<Record<View, () => preact.JSX.Element>> = {
  handshake: HandshakeView,
  server: ServerView,
  backends: BackendsView,
}

export function App() {
  const View = shown[view.value]
  const main = useRef<HTMLElement>(null)
  const first = useRef(true)
  // Whoever changes the view by keyboard or screen reader goes on at its beginning
  useEffect(() => {
    if (!first.current) main.current?.focus({ preventScroll: true })
    first.current = false
  }, [view.value])
  const t = texts.value
  return (
    <>
      <a class="skip" href={`#${view.value}`} onClick={() => main.current?.focus()}>
        {t.skip}
      </a>
      <Header />
      <main ref={main} tabIndex={-1}>
        <View />
      </main>
      <footer class="footer">
        <p>{t.footer.local}</p>
        <p>{t.footer.keys}</p>
      </footer>
    </>
  )
}

function Header() {
  const t = texts.value
  return (
    <header class="header">
      <a class="brand" href="#handshake">
        <Mark />
        <span>Mortise</span>
      </a>
      <nav class="views" aria-label={t.nav.label}>
        {views.map((name) => (
          <a key={name} href={`#${name}`} aria-current={view.value === name ? 'page' : undefined}>
            {t.nav[name]}
          </a>
        ))}
      </nav>
      <div class="preferences">
        <Choice<Theme>
          label={t.theme.label}
          options={themes.map((name) => [name, t.theme[name]])}
          value={theme.value}
          onChange={(value) => {
            theme.value = value
          }}
          bare
        />
        <Choice<Language>
          label={t.language}
          options={Object.entries(languages) as [Language, string][]}
          value={language.value}
          onChange={(value) => {
            language.value = value
          }}
          bare
        />
      </div>
    </header>
  )
}
