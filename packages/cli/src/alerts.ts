/** Which alerts went out: an error names the one that it would send, which is not always the one that was sent. */
import type { TraceEvent } from '@mortise/tls'

export interface AlertLog {
  /** To be called with every message. */
  readonly hear: (event: TraceEvent) => void
  /** Whether this AlertDescription was sent. */
  readonly sent: (description: number) => boolean
}

export function createAlertLog(): AlertLog {
  const descriptions = new Set<number>()
  return {
    hear: ({ kind, direction, bytes: [, description] }) => {
      if (kind === 'alert' && direction === 'sent' && description !== undefined) descriptions.add(description)
    },
    sent: (description) => descriptions.has(description),
  }
}
