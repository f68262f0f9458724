import { effect } from '@preact/signals'
import { render } from 'preact'
import './styles/base.css'
import './styles/layout.css'
import './styles/controls.css'
import './styles/verdict.css'
import './styles/ladder.css'
import './styles/stepper.css'
import './styles/inspector.css'
import './styles/schedule.css'
import './styles/server.css'
import './styles/backends.css'
import { followSettings } from './state/handshake.ts'
import { followAddress } from './state/route.ts'
import { applyTheme } from './state/theme.ts'
import { language, texts } from './texts/index.ts'
import { App } from './views/App.tsx'

applyTheme()
followAddress()
followSettings()
effect(() => {
  document.documentElement.lang = language.value
  document.title = texts.value.title
  localStorage.setItem('language', language.value)
})
const root = document.getElementById('app')
if (root) render(<App />, root)
