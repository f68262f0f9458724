import { failure, messages, result } from '../../state/server.ts'
import { texts } from '../../texts/index.ts'
import { Icon } from '../../ui/Icons.tsx'

/** What the page knows: every message in the clear, and what was said. */
export function PageSide() {
  const { server: t, handshake, levels } = texts.value
  return (
    <section class="panel side" aria-labelledby="page-side">
      <div class="heading">
        <h2 id="page-side">
          <Icon name="open" /> {t.page}
        </h2>
        <p>{t.pageLead}</p>
      </div>
      <div aria-live="polite">
        {failure.value !== undefined && (
          <p class="note bad">
            {t.failed}: {failure.value}
          </p>
        )}
        {result.value && <Result />}
      </div>
      {messages.value.length === 0 && failure.value === undefined && <p class="quiet">{t.nothing}</p>}
      {messages.value.length > 0 && (
        <ol class="log" aria-label={t.handshake}>
          {messages.value.map(({ direction, name, level, length }, index) => (
            <li key={index} class={`level-${level}`}>
              <span class="way" aria-label={direction === 'sent' ? t.fromPage : t.fromTarget} role="img">
                {direction === 'sent' ? '→' : '←'}
              </span>
              <b>{name}</b>
              <span class="level">{levels[level]}</span>
              <span class="size">{handshake.bytesShort(length)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

function Result() {
  const { server: t, facts } = texts.value
  const made = result.value
  if (!made) return null
  return (
    <div class="result">
      <p class={made.subject === undefined ? 'note bad' : 'verified'}>
        <Icon name={made.subject === undefined ? 'warn' : 'check'} />{' '}
        {made.subject === undefined ? t.unverified : t.verified(made.subject)}
      </p>
      <dl class="facts">
        {made.facts.map(([name, value]) => (
          <div key={name}>
            <dt>{facts[name]}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <h3>{t.request}</h3>
      <pre>{made.request.trim()}</pre>
      <h3>{t.response}</h3>
      <pre>{made.response.trim()}</pre>
    </div>
  )
}
