/**
 * The one error of Mortise's protocol packages. Handlers throw it with a code; alert and blame come from the table in
 * `faults.ts`, so that no throw site chooses an alert, and the sentence from `#texts`. One place, the connection core in
 * `@mortise/tls`, turns it into an alert record.
 */
import { inWords, sentenceOf } from '#texts'
import type { Blame, Fault } from './fault.ts'
import type { TlsErrorCode } from './tlsErrorCode.ts'

/** What a throw site adds to the table of faults. */
export interface TlsErrorDetails {
  /** What exactly was wrong, for people: `ClientHello.extensions[3]: length 0, allowed 1..65535`; `false` is as good as nothing. */
  readonly detail?: string | false
  readonly cause?: unknown
  /**
   * Replaces the table's alert. Only for codes whose alert is somebody else's to say (a received alert, a verifier's
   * verdict), and for one that is given up after the handshake.
   */
  readonly alert?: number
}

/** The one error of the protocol packages: why a connection failed, whose doing it was, and the alert that says so. */
export class TlsError extends Error {
  override readonly name = 'TlsError'
  /** Stable; the documentation has a page of them. */
  readonly code: TlsErrorCode
  /** AlertDescription that was or would be sent; `undefined` where nothing is sent. For `ERR_TLS_ALERT_RECEIVED`, the alert received. */
  readonly alert: number | undefined
  readonly blame: Blame
  /** What exactly was wrong, for people. With the condition `production` nobody is told. */
  readonly detail: string | undefined

  /** @param fault one of `faults`, or another TlsError */
  constructor({ code, alert, blame }: Fault<TlsErrorCode>, details: TlsErrorDetails = {}) {
    const sentence = sentenceOf(code)
    const detail = (inWords && details.detail) || undefined
    super(
      detail === undefined ? sentence : `${sentence}: ${detail}`,
      'cause' in details ? { cause: details.cause } : undefined,
    )
    this.code = code
    this.alert = details.alert ?? alert
    this.blame = blame
    this.detail = detail
  }
}

/** Whether `error` is a TlsError, of this copy of the package or of another. */
export function isTlsError(error: unknown): error is TlsError {
  return error instanceof Error && error.name === 'TlsError' && 'code' in error && 'blame' in error
}
