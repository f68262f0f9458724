import type { SeenRecord } from '../../relay/recordCutter.ts'
import { records } from '../../state/server.ts'
import { texts } from '../../texts/index.ts'
import { Icon } from '../../ui/Icons.tsx'

/** What the relay knows: headers of records, their lengths, and ciphertext. */
export function RelaySide() {
  const { server: t } = texts.value
  const seen = records.value
  return (
    <section class="panel side" aria-labelledby="relay-side">
      <div class="heading">
        <h2 id="relay-side">
          <Icon name="lock" /> {t.relay}
        </h2>
        <p>{t.relayLead}</p>
      </div>
      {seen.length === 0 ? (
        <p class="quiet">{t.nothing}</p>
      ) : (
        <>
          <p class="quiet">
            {t.summary(
              seen.length,
              seen.reduce((sum, { length }) => sum + length, 0),
            )}
          </p>
          <ol class="log records" aria-label={t.records}>
            {seen.map((record, index) => (
              <Record key={index} record={record} />
            ))}
          </ol>
        </>
      )}
    </section>
  )
}

function Record({ record }: { readonly record: SeenRecord }) {
  const { server: t, handshake } = texts.value
  const { from, type, length, beginning } = record
  const more = length - beginning.length / 2
  return (
    <li class={record.protected ? 'level-application' : 'level-initial'}>
      <span class="way" aria-label={from === 'page' ? t.fromPage : t.fromTarget} role="img">
        {from === 'page' ? '→' : '←'}
      </span>
      <b>{type}</b>
      <Icon name={record.protected ? 'lock' : 'open'} />
      <span class="size">{handshake.bytesShort(length)}</span>
      <code class="beginning">
        {beginning}
        {more > 0 && <span class="more"> … {t.more(more)}</span>}
      </code>
    </li>
  )
}
