/** What must be true of a connection whose peer did something that no test has thought of. */
import { isTlsError } from '@mortise/wire'
import type { Outcome } from '../misbehaving/scenario.ts'

/**
 * Nothing but a TlsError, told once, with one alert at most and nothing behind it; and no error of our own making.
 * @returns what is wrong, or `undefined`
 */
export function unclean({
  error,
  endError,
  failures,
  alerts,
  heardBehindAlert,
}: Outcome): string | undefined {
  const last = error ?? endError
  if (!isTlsError(last)) return `no TlsError: ${String(last)}`
  if (last.blame === 'local') return `an error of our own: ${last.message} ${last.stack}`
  if (failures !== 1) return `${failures} failures`
  if (alerts.length > 1 || heardBehindAlert > 0)
    return `${alerts.length} alerts, ${heardBehindAlert} things behind the first`
  return undefined
}
