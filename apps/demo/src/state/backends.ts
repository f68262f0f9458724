/** The comparison of backends: what has been measured so far. */
import { batch, signal } from '@preact/signals'
import type { Measure, Order, Report } from '../bench/protocol.ts'
import type { ProviderName } from '../engine/settings.ts'

export type Rates = { readonly [Name in ProviderName]?: number }

export const order = signal<Order>({ group: 'x25519', suite: 'TLS_AES_128_GCM_SHA256' })
/** The rate so far, by provider; the last one that is told is the result. */
export const rates = signal<Readonly<Record<Measure, Rates>>>({ handshakes: {}, throughput: {} })
export const unsupported = signal<ReadonlySet<ProviderName>>(new Set())
export const phase = signal<'idle' | 'running' | 'done' | 'cancelled' | 'failed'>('idle')
export const current = signal<{ readonly provider: ProviderName; readonly measure: Measure } | undefined>(
  undefined,
)
export const failure = signal('')

let worker: Worker | undefined

export function measure(): void {
  worker?.terminate()
  batch(() => {
    rates.value = { handshakes: {}, throughput: {} }
    unsupported.value = new Set()
    current.value = undefined
    phase.value = 'running'
  })
  worker = new Worker(new URL('../bench/worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', ({ data }: MessageEvent<Report>) => hear(data))
  worker.addEventListener('error', ({ message }) => hear({ kind: 'failed', message }))
  worker.postMessage(order.value, [])
}

export function cancel(): void {
  finish('cancelled')
}

function finish(as: 'done' | 'cancelled' | 'failed'): void {
  worker?.terminate()
  worker = undefined
  batch(() => {
    phase.value = as
    current.value = undefined
  })
}

function hear(report: Report): void {
  switch (report.kind) {
    case 'begin':
      current.value = report
      return undefined
    case 'rate': {
      const { measure: what, provider, rate } = report
      rates.value = { ...rates.value, [what]: { ...rates.value[what], [provider]: rate } }
      return undefined
    }
    case 'unsupported':
      unsupported.value = new Set([...unsupported.value, report.provider])
      return undefined
    case 'done':
      return finish('done')
    case 'failed':
      failure.value = report.message
      return finish('failed')
  }
}
