/** What clients send goes to stdout. */
import type { Writable } from 'node:stream'
import type { Serve } from './service.ts'

export function print(stdout: Writable): Serve {
  stdout.setMaxListeners(0) // one pipe for each connection
  return ({ tls, earlyData }) => {
    for (const bytes of earlyData) stdout.write(bytes)
    tls.pipe(stdout, { end: false })
  }
}
