/** Who gets in: pages of ours alone, for targets of ours alone, as long as there is room. */
import type { IncomingMessage } from 'node:http'
import { requestUrl } from '../requestUrl.ts'
import type { RelayTarget, RelayTargets } from './targets.ts'

export type Admission =
  | { readonly kind: 'relay'; readonly target: RelayTarget; readonly watch: string | undefined }
  | { readonly kind: 'watch'; readonly watch: string }
  | { readonly kind: 'refused'; readonly status: string }

export interface AdmissionRules {
  readonly targets: RelayTargets
  /** Origins of the page, as browsers write them: `http://127.0.0.1:8080`. */
  readonly origins: () => readonly string[]
  readonly maxConnections: number
}

const refused = (status: string): Admission => ({ kind: 'refused', status })

/** An identifier that the page makes up, to see its own connection as the relay does. */
const watchPattern = /^[0-9a-f]{32}$/

/** @param open connections that are there already */
export function admit(request: IncomingMessage, rules: AdmissionRules, open: number): Admission {
  const { headers } = request
  const origins = rules.origins()
  // A name that somebody else's DNS leads here is not ours, whatever the Origin says
  if (!origins.some((origin) => new URL(origin).host === headers.host))
    return refused('421 Misdirected Request')
  if (headers.origin === undefined || !origins.includes(headers.origin)) return refused('403 Forbidden')
  const asked = requestUrl(request)
  if (!asked) return refused('400 Bad Request')
  const { pathname, searchParams } = asked
  if (pathname !== '/relay' && pathname !== '/watch') return refused('404 Not Found')
  if (open >= rules.maxConnections) return refused('503 Service Unavailable')
  const watch = searchParams.get('watch') ?? undefined
  if (watch !== undefined && !watchPattern.test(watch)) return refused('400 Bad Request')
  if (pathname === '/watch')
    return watch === undefined ? refused('400 Bad Request') : { kind: 'watch', watch }
  const target = rules.targets.get(searchParams.get('target') ?? '')
  return target ? { kind: 'relay', target, watch } : refused('403 Forbidden')
}
