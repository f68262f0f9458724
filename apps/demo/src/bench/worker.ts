/** Measures in a thread of its own, so that the page stays alive and can end it at any time. */
import { measureAll } from './measure.ts'
import type { Order, Report } from './protocol.ts'

const report = (message: Report): void => postMessage(message)

addEventListener('message', ({ data }: MessageEvent<Order>) => {
  measureAll(data, report).catch((error: unknown) => {
    report({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
  })
})
