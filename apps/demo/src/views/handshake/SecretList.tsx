import type { Message, Recording } from '../../engine/recording.ts'
import { texts } from '../../texts/index.ts'
import { derivationName } from './derivationName.ts'

/** What the two ends computed on account of one message. */
export function SecretList({
  message,
  recording,
}: {
  readonly message: Message
  readonly recording: Recording
}) {
  const { inspector: t, sides } = texts.value
  const made = recording.derivations.filter(({ messageId }) => messageId === message.id)
  if (made.length === 0) return <p class="quiet">{t.noSecrets}</p>
  return (
    <>
      <p class="quiet">{t.secretsLead}</p>
      {(['client', 'server'] as const).map((side) => {
        const own = made.filter((derivation) => derivation.side === side)
        if (own.length === 0) return null
        return (
          <section key={side} class="secrets">
            <h3>{sides[side]}</h3>
            <ol>
              {own.map((derivation) => (
                <li key={derivation.id}>
                  <span class="name">
                    {derivationName(derivation)}
                    {derivation.kind === 'expand' || derivation.kind === 'output' ? (
                      <span class="label">“{derivation.label}”</span>
                    ) : null}
                  </span>
                  <code class="value">{derivation.value}</code>
                </li>
              ))}
            </ol>
          </section>
        )
      })}
    </>
  )
}
