import { failureSection } from '../../engine/rfc.ts'
import type { Failure, Recording } from '../../engine/recording.ts'
import { texts } from '../../texts/index.ts'
import { Icon } from '../../ui/Icons.tsx'
import { RfcLink } from '../../ui/RfcLink.tsx'

/** What came of it, in a sentence: first thing to read, and what screen readers are told after each change. */
export function Verdict({ recording }: { readonly recording: Recording }) {
  const t = texts.value.handshake
  const [first, second] = recording.failures
  return (
    <section class={`verdict ${first ? 'bad' : recording.stalled ? 'mute' : 'good'}`} aria-live="polite">
      {first ? (
        <Refusal recording={recording} failure={first} heard={second} />
      ) : recording.stalled ? (
        <>
          <h2>
            <Icon name="warn" /> {t.stalled}
          </h2>
          <p>{t.stalledText(recording.client.state, recording.server.state)}</p>
        </>
      ) : (
        <Success recording={recording} />
      )}
      {recording.faultMissed && <p class="note">{t.missed}</p>}
    </section>
  )
}

function Success({ recording }: { readonly recording: Recording }) {
  const { handshake: t, facts } = texts.value
  const bytes = recording.records.reduce((sum, record) => sum + record.bytes.length, 0)
  return (
    <>
      <h2>
        <Icon name="check" /> {t.connected}
        <span class="aside">
          {t.connectedText(recording.messages.length, t.bytes(bytes), t.milliseconds(recording.duration))}
        </span>
      </h2>
      <dl class="facts">
        {recording.client.facts.map(([name, value]) => (
          <div key={name}>
            <dt>{facts[name]}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

interface RefusalProps {
  readonly recording: Recording
  readonly failure: Failure
  readonly heard: Failure | undefined
}

function Refusal({ recording, failure, heard }: RefusalProps) {
  const { handshake: t, sides } = texts.value
  const message = failure.messageId === undefined ? undefined : recording.messages[failure.messageId]
  const { side, state, alert } = failure
  const heading = message
    ? t.refusedHeading(sides[side].toLowerCase(), message.name)
    : t.failedHeading(sides[side].toLowerCase())
  return (
    <>
      <h2>
        <Icon name="cross" /> {heading}
      </h2>
      <p>
        {t.inState} <code>{state}</code>
        {alert !== undefined && (
          <>
            , {t.sendsAlert} <code class="alert-name">{alert}</code>
          </>
        )}
      </p>
      <p class="reason">
        {failure.message} <code class="code">{failure.code}</code>
      </p>
      <p>
        {t.why}: <RfcLink section={failureSection(failure)} />
      </p>
      {heard && (
        <p class="note">
          {heard.code === 'ERR_TLS_ALERT_RECEIVED'
            ? t.receivedAlert(sides[heard.side].toLowerCase(), heard.alert ?? '')
            : t.alsoFails(sides[heard.side].toLowerCase(), heard.code)}
        </p>
      )}
    </>
  )
}
