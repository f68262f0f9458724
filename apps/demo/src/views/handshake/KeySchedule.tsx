/** The key schedule as a tree: RFC 9846 §7.1 draws it like that, and here it is with its values. */
import type { Recording, Side } from '../../engine/recording.ts'
import { keyScheduleSection } from '../../engine/rfc.ts'
import { scheduleOf, type ScheduleNode } from '../../engine/schedule.ts'
import { position, scheduleSide, selected } from '../../state/handshake.ts'
import { texts } from '../../texts/index.ts'
import { Choice } from '../../ui/Choice.tsx'
import { Icon } from '../../ui/Icons.tsx'
import { RfcLink } from '../../ui/RfcLink.tsx'
import { derivationName } from './derivationName.ts'

export function KeySchedule({ recording }: { readonly recording: Recording }) {
  const { schedule: t, sides } = texts.value
  const roots = scheduleOf(recording, scheduleSide.value)
  return (
    <section class="panel schedule" aria-labelledby="schedule-heading">
      <div class="heading">
        <h2 id="schedule-heading">{t.heading}</h2>
        <p>
          {t.lead} <RfcLink section={keyScheduleSection} />
        </p>
      </div>
      <Choice<Side>
        name="scheduleSide"
        label={t.side}
        options={[
          ['client', sides.client],
          ['server', sides.server],
        ]}
        value={scheduleSide.value}
        onChange={(side) => {
          scheduleSide.value = side
        }}
      />
      <div class="tree-frame">
        {roots.map((root) => (
          <ul class="tree" key={root.derivation.id}>
            <Branch node={root} />
          </ul>
        ))}
      </div>
    </section>
  )
}

function Branch({ node }: { readonly node: ScheduleNode }) {
  const { derivation, children, stage, shared, input } = node
  const t = texts.value.schedule
  const { messageId, kind, value, label } = derivation
  const due = messageId < position.value
  const marked = selected.value?.id === messageId
  const name = derivationName(derivation, stage)
  return (
    <li class={`${due ? 'due' : 'later'} ${marked ? 'marked' : ''} kind-${kind}`}>
      <div class="node">
        <span class="name">
          {name}
          {(kind === 'expand' || kind === 'output') && label !== name && <span class="label">“{label}”</span>}
        </span>
        {kind === 'extract' && (
          <span class="input">
            {t.input}: {input ? derivationName(input) : t.zero}
          </span>
        )}
        <code class="value" title={value} aria-label={t.value(name)}>
          {due ? value : '·'.repeat(8)}
        </code>
        {due && shared && (
          <span class="same" title={t.same}>
            <Icon name="check" />
            <span class="unseen">{t.same}</span>
          </span>
        )}
      </div>
      {children.length > 0 && (
        <ul>
          {children.map((child) => (
            <Branch key={child.derivation.id} node={child} />
          ))}
        </ul>
      )}
    </li>
  )
}
