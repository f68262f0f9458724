/** Bars that grow and shrink while it is measured, on one scale. */
import type { Measure } from '../../bench/protocol.ts'
import { providerNames, type ProviderName } from '../../engine/settings.ts'
import { current, rates, unsupported } from '../../state/backends.ts'
import { texts } from '../../texts/index.ts'
import { niceScale } from './scale.ts'

interface RateChartProps {
  readonly measure: Measure
  readonly heading: string
}

/** Units of the drawing, which is stretched to its place: about as many as there are pixels, so that text keeps its size. */
const width = matchMedia('(max-width: 30rem)').matches ? 340 : 600
const rowHeight = 58
const barHeight = 16
const barTop = 26
const axisHeight = 24
const right = 64

export function RateChart({ measure, heading }: RateChartProps) {
  const { backends: t } = texts.value
  const measured = rates.value[measure]
  const peak = Math.max(0, ...Object.values(measured))
  const { top, ticks } = niceScale(peak)
  const x = (rate: number): number => (rate / top) * (width - right)
  const height = providerNames.length * rowHeight
  return (
    <figure class="panel chart">
      <figcaption>{heading}</figcaption>
      <svg viewBox={`0 0 ${width} ${height + axisHeight}`} role="img" aria-label={t.chart(heading)}>
        {ticks.map((tick) => (
          <g key={tick} class="tick">
            <line x1={x(tick)} x2={x(tick)} y1={0} y2={height} />
            <text x={x(tick)} y={height + 17} text-anchor={tick === 0 ? 'start' : 'middle'}>
              {tick}
            </text>
          </g>
        ))}
        {providerNames.map((name, row) => (
          <Row key={name} name={name} measure={measure} y={row * rowHeight} x={x} />
        ))}
      </svg>
    </figure>
  )
}

interface RowProps {
  readonly name: ProviderName
  readonly measure: Measure
  readonly y: number
  readonly x: (rate: number) => number
}

function Row({ name, measure, y, x }: RowProps) {
  const { backends: t, providers } = texts.value
  const rate = rates.value[measure][name]
  const active = current.value?.provider === name && current.value.measure === measure
  const length = rate === undefined ? 0 : x(rate)
  return (
    <g class={`bar ${active ? 'active' : ''}`} transform={`translate(0 ${y})`}>
      <text class="name" x={0} y={18}>
        {providers[name]}
      </text>
      <rect class="fill" x={0} y={barTop} width={length} height={barHeight} rx={3} />
      {rate !== undefined && (
        <text class="rate" x={length + 8} y={barTop + 13}>
          {rate.toFixed(rate < 100 ? 1 : 0)}
        </text>
      )}
      {unsupported.value.has(name) && (
        <text class="rate" x={8} y={barTop + 13}>
          {t.unsupported}
        </text>
      )}
    </g>
  )
}
