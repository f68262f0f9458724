/** Failures, as reports tell them. */
import type { AlertLog } from './alerts.ts'
import { alertDescriptionName, isTlsError, type TlsError } from '@mortise/wire'

export interface Failure {
  /** `ERR_TLS_…`, or the system's: `EADDRINUSE`. */
  readonly code: string
  /** By its registered name; `null` if none was sent or received. */
  readonly alert: string | null
  /** Who said the alert: `sent` by us, `received` from the peer. */
  readonly direction: 'sent' | 'received' | 'none'
  readonly blame: string
  readonly message: string
}

/** @param alerts what went out; without it, nothing did */
export function failureOf(error: unknown, alerts?: AlertLog): Failure {
  if (isTlsError(error)) {
    const direction = directionOf(error, alerts)
    const alert = direction === 'none' || error.alert === undefined ? null : alertDescriptionName(error.alert)
    return { code: error.code, alert, direction, blame: error.blame, message: messageOf(error) }
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'ERR_INTERNAL'
  return { code, alert: null, direction: 'none', blame: 'local', message: messageOf(error) }
}

function directionOf({ code, alert }: TlsError, alerts: AlertLog | undefined): Failure['direction'] {
  if (code === 'ERR_TLS_ALERT_RECEIVED') return 'received'
  return alert !== undefined && alerts?.sent(alert) ? 'sent' : 'none'
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const inner = causeOf(error)
  return inner === '' || error.message.includes(inner) ? error.message : `${error.message}: ${inner}`
}

/** A name with several addresses fails with several errors and no message of its own. */
function causeOf({ cause }: Error): string {
  if (cause instanceof AggregateError)
    return cause.errors.map((item: unknown) => (item instanceof Error ? item.message : '')).join('; ')
  return cause instanceof Error ? cause.message : ''
}
