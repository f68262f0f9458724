/** The handshake as the RFC draws it: two columns, and messages between them. */
import type { Message, Recording } from '../../engine/recording.ts'
import { position, select, selectedId } from '../../state/handshake.ts'
import { texts } from '../../texts/index.ts'
import { Fragment } from 'preact'
import { Icon } from '../../ui/Icons.tsx'
import { goToInspector } from './narrow.ts'
import { Stepper } from './Stepper.tsx'

export function Ladder({ recording }: { readonly recording: Recording }) {
  const { handshake: t, sides, providers } = texts.value
  const { settings, messages } = recording
  const flights = flightsOf(messages.slice(0, position.value))
  return (
    <section class="ladder" id="ladder" aria-label={t.ladder}>
      <div class="ends" aria-hidden="true">
        <div class="end">
          <strong>{sides.client}</strong>
          <span>{providers[settings.clientProvider]}</span>
        </div>
        <div class="end right">
          <strong>{sides.server}</strong>
          <span>{providers[settings.serverProvider]}</span>
        </div>
      </div>
      <ol class="flights">
        {flights.map((flight) => (
          <li key={flight[0]?.flight} class="flight">
            <ol>
              {flight.map((message) => (
                <li key={message.id}>
                  <Rung message={message} recording={recording} />
                </li>
              ))}
            </ol>
          </li>
        ))}
      </ol>
      <Stepper />
    </section>
  )
}

function flightsOf(messages: readonly Message[]): readonly (readonly Message[])[] {
  const flights = new Map<number, Message[]>()
  for (const message of messages) {
    const flight = flights.get(message.flight)
    if (flight) flight.push(message)
    else flights.set(message.flight, [message])
  }
  return [...flights.values()]
}

/** One message: an arrow from end to end, what it is, and the state into which it brings its receiver. */
function Rung({ message, recording }: { readonly message: Message; readonly recording: Recording }) {
  const { handshake: t, sides, levels } = texts.value
  const { id, from, name, level, bytes, fate, sentAt } = message
  const chosen = selectedId.value === id
  const size = t.bytesShort(bytes.length)
  const touched = touchOf(message, recording)
  const changed = message.arrived !== undefined || touched === 'flipped'
  const note = fate === 'taken' ? (changed ? t.fates.changed : undefined) : t.fates[fate]
  return (
    <button
      type="button"
      class={`rung from-${from} level-${level} fate-${fate}`}
      aria-pressed={chosen}
      data-message={name}
      onClick={() => {
        select(id)
        goToInspector()
      }}
    >
      <span class="state at-client">
        <StateName text={stateAt(message, 'client')} />
      </span>
      <span class="line at-client" />
      <span class="message">
        <span class="what">
          <Icon name={level === 'initial' ? 'open' : 'lock'} />
          <span class="unseen">{t.sends(sides[from])} </span>
          <b>{name}</b>
          {note && <span class="fate">{note}</span>}
        </span>
        <span class="arrow" />
        <span class="figures">
          <span class="level">{levels[level]}</span>
          <span>{size}</span>
          <span>{t.milliseconds(sentAt)}</span>
        </span>
      </span>
      <span class="line at-server" />
      <span class="state at-server">
        <StateName text={stateAt(message, 'server')} />
      </span>
    </button>
  )
}

/** May be broken between its words. */
function StateName({ text }: { readonly text: string }) {
  return text.split(/(?=[A-Z])/).map((word, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {word}
    </Fragment>
  ))
}

/** The state that a message brings an end to, if it is another one than before. */
function stateAt(message: Message, side: 'client' | 'server'): string {
  if (message.from === side) return ''
  if (message.fate === 'refused') return `✕ ${message.stateBefore ?? ''}`
  return message.stateAfter !== undefined && message.stateAfter !== message.stateBefore
    ? message.stateAfter
    : ''
}

function touchOf({ flight, record }: Message, { records }: Recording) {
  return records.find((piece) => piece.flight === flight && piece.record === record)?.touched
}
