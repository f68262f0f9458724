/** Sends every byte back, and answers close_notify with its own. */
import type { Visit } from './service.ts'

export function echo({ tls, earlyData }: Visit): void {
  for (const bytes of earlyData) tls.write(bytes)
  tls.pipe(tls)
}
