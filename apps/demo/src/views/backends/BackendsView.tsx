import { groupNames, providerNames, suiteNames } from '../../engine/settings.ts'
import { cancel, current, failure, measure, order, phase, rates } from '../../state/backends.ts'
import { texts } from '../../texts/index.ts'
import { Choice } from '../../ui/Choice.tsx'
import { RateChart } from './RateChart.tsx'

const same = <Name extends string>(name: Name): readonly [Name, string] => [name, name]

export function BackendsView() {
  const t = texts.value.backends
  return (
    <div class="page backends">
      <div class="intro">
        <h1>{t.heading}</h1>
        <p class="lead">{t.lead}</p>
      </div>
      <Controls />
      <p class="status" role="status">
        {statusText()}
      </p>
      <div class="two">
        <RateChart measure="handshakes" heading={t.handshakes} />
        <RateChart measure="throughput" heading={t.throughput} />
      </div>
      <Numbers />
      <p class="quiet">{t.note}</p>
    </div>
  )
}

function statusText(): string {
  const { backends: t, providers } = texts.value
  const now = current.value
  if (phase.value === 'failed') return `${t.failed} ${failure.value}`
  if (phase.value !== 'running') return t[phase.value]
  return now ? t.running(providers[now.provider], t[`${now.measure}Short`]) : '…'
}

function Controls() {
  const t = texts.value.backends
  const running = phase.value === 'running'
  return (
    <form
      class="panel row-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (running) cancel()
        else measure()
      }}
    >
      <Choice
        name="benchGroup"
        label={t.group}
        options={groupNames.map(same)}
        value={order.value.group}
        onChange={(group) => {
          order.value = { ...order.value, group }
        }}
      />
      <Choice
        name="benchSuite"
        label={t.suite}
        options={suiteNames.map(same)}
        value={order.value.suite}
        onChange={(suite) => {
          order.value = { ...order.value, suite }
        }}
      />
      <button type="submit" class="primary">
        {running ? t.cancel : t.start}
      </button>
    </form>
  )
}

/** For who would rather read than compare lengths. */
function Numbers() {
  const { backends: t, providers } = texts.value
  const last = (measured: 'handshakes' | 'throughput', name: (typeof providerNames)[number]): string =>
    rates.value[measured][name]?.toFixed(1) ?? '–'
  if (phase.value === 'idle') return null
  return (
    <table class="numbers">
      <caption>{t.table}</caption>
      <thead>
        <tr>
          <th scope="col">{t.provider}</th>
          <th scope="col">{t.handshakes}</th>
          <th scope="col">{t.throughput}</th>
        </tr>
      </thead>
      <tbody>
        {providerNames.map((name) => (
          <tr key={name}>
            <th scope="row">{providers[name]}</th>
            <td>{last('handshakes', name)}</td>
            <td>{last('throughput', name)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
