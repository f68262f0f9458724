import { problem, recording, running } from '../../state/handshake.ts'
import { texts } from '../../texts/index.ts'
import { Inspector } from './Inspector.tsx'
import { KeySchedule } from './KeySchedule.tsx'
import { Ladder } from './Ladder.tsx'
import { SettingsPanel } from './SettingsPanel.tsx'
import { Verdict } from './Verdict.tsx'

export function HandshakeView() {
  const t = texts.value.handshake
  const made = recording.value
  return (
    <div class="page handshake">
      <div class="intro">
        <h1>{t.heading}</h1>
        <p class="lead">{t.lead}</p>
      </div>
      <SettingsPanel />
      <div class="stage" aria-busy={running.value}>
        {problem.value !== undefined && <p role="alert">{problem.value}</p>}
        {!made && problem.value === undefined && <p class="quiet">{t.running}</p>}
        {made && <Verdict recording={made} />}
        {made && <Ladder recording={made} />}
      </div>
      {made && <Inspector recording={made} />}
      {made && <KeySchedule recording={made} />}
    </div>
  )
}
