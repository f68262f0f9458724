import { useEffect } from 'preact/hooks'
import { providerNames, type ProviderName } from '../../engine/settings.ts'
import {
  call,
  connecting,
  findTargets,
  provider,
  resumable,
  target,
  targetName,
  targets,
} from '../../state/server.ts'
import { texts } from '../../texts/index.ts'
import { Choice } from '../../ui/Choice.tsx'
import { PageSide } from './PageSide.tsx'
import { RelaySide } from './RelaySide.tsx'

export function ServerView() {
  const t = texts.value.server
  useEffect(() => void findTargets(), [])
  return (
    <div class="page server">
      <div class="intro">
        <h1>{t.heading}</h1>
        <p class="lead">{t.lead}</p>
      </div>
      {targets.value?.length === 0 ? <p class="panel">{t.unavailable}</p> : <Controls />}
      <div class="two">
        <PageSide />
        <RelaySide />
      </div>
    </div>
  )
}

function Controls() {
  const { server: t, providers } = texts.value
  const chosen = target.value
  return (
    <form
      class="panel row-form"
      onSubmit={(event) => {
        event.preventDefault()
        void call()
      }}
    >
      <Choice<string>
        name="target"
        label={t.target}
        options={(targets.value ?? []).map(({ name }) => [name, t.targets[name] ?? name])}
        value={chosen?.name ?? ''}
        onChange={(name) => {
          targetName.value = name
        }}
      />
      <Choice<ProviderName>
        name="pageProvider"
        label={t.provider}
        options={providerNames.map((name) => [name, providers[name]])}
        value={provider.value}
        onChange={(name) => {
          provider.value = name
        }}
      />
      <button type="submit" class="primary" disabled={connecting.value || !chosen}>
        {connecting.value ? t.connecting : chosen && resumable.value.has(chosen.name) ? t.again : t.connect}
      </button>
    </form>
  )
}
