/** Sends every byte back, and answers close_notify with its own. */
import type { Visit } from './service.ts'

export function echo({ tls, earlyData }: Visit): void {
  for (const bytes of earlyData) tls.write(bytes)
  tls.pipe(tls)
  // A pipe lets go of its source when it has ended, and what nobody reads never ends
  tls.once('finish', () => tls.resume())
}
