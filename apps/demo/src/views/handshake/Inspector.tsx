/** Inside the chosen message. */
import { useSignal } from '@preact/signals'
import { contentTypeName } from '@mortise/wire'
import { useMemo } from 'preact/hooks'
import { annotateRecord, annotationOf } from '../../engine/annotations.ts'
import type { Message, Recording } from '../../engine/recording.ts'
import { otherSide } from '../../engine/recording.ts'
import { messageSection } from '../../engine/rfc.ts'
import { recordings, selected } from '../../state/handshake.ts'
import { texts } from '../../texts/index.ts'
import { RfcLink } from '../../ui/RfcLink.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { ByteView } from './ByteView.tsx'
import { goToLadder } from './narrow.ts'
import { SecretList } from './SecretList.tsx'

type TabName = 'message' | 'wire' | 'secrets'

export function Inspector({ recording }: { readonly recording: Recording }) {
  const t = texts.value.inspector
  const message = selected.value
  const tab = useSignal<TabName>('message')
  const key = `${recordings.value} ${message?.id ?? ''}`
  return (
    <section class="panel inspector" id="inspector" aria-label={t.heading}>
      {message ? (
        <>
          <Heading message={message} />
          <Tabs<TabName>
            label={t.heading}
            tabs={(['message', 'wire', 'secrets'] as const).map((name) => [name, t.tabs[name]])}
            current={tab.value}
            onChange={(name) => {
              tab.value = name
            }}
          >
            {tab.value === 'message' && <MessageBytes key={key} message={message} />}
            {tab.value === 'wire' && <OnTheWire key={key} message={message} recording={recording} />}
            {tab.value === 'secrets' && <SecretList message={message} recording={recording} />}
          </Tabs>
        </>
      ) : (
        <p class="quiet">{t.none}</p>
      )}
    </section>
  )
}

function Heading({ message }: { readonly message: Message }) {
  const { inspector: t, sides, levels, handshake } = texts.value
  const { from, name, level, bytes, stateBefore, stateAfter } = message
  const to = otherSide(from)
  return (
    <div class="heading">
      <button type="button" class="back" onClick={goToLadder}>
        ↑ {t.back}
      </button>
      <h2>{name}</h2>
      <p>
        {sides[from]} → {sides[to]} · <span class={`level level-${level}`}>{levels[level]}</span> ·{' '}
        {handshake.bytes(bytes.length)} · {t.section} <RfcLink section={messageSection(message)} />
      </p>
      {stateBefore !== undefined && stateAfter !== undefined && stateBefore !== stateAfter && (
        <p class="states">{t.stateChange(sides[to], stateBefore, stateAfter)}</p>
      )}
    </div>
  )
}

function MessageBytes({ message }: { readonly message: Message }) {
  const bytes = message.arrived ?? message.bytes
  const annotation = useMemo(() => annotationOf(message, bytes), [message, bytes])
  return <ByteView bytes={bytes} annotation={annotation} />
}

function OnTheWire({ message, recording }: { readonly message: Message; readonly recording: Recording }) {
  const t = texts.value.inspector
  const flight = recording.records.filter(({ flight: number }) => number === message.flight)
  const record = flight.find(({ record: number }) => number === message.record)
  const bytes = record?.bytes
  const annotation = useMemo(() => bytes && annotateRecord(bytes, contentTypeName(bytes[0] ?? 0)), [bytes])
  if (!record) return <p class="quiet">{t.none}</p>
  return (
    <>
      <p class="quiet">{t.wireLead(flight.length)}</p>
      {record.touched && <p class="note">{t.touched[record.touched]}</p>}
      <ByteView bytes={record.bytes} annotation={annotation} />
    </>
  )
}
