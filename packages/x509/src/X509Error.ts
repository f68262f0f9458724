/**
 * The one error of this package: thrown for what doesn't parse and for options that can't be honoured. What is
 * wrong with a chain is no exception but a verdict.
 */
import { sentenceOf } from '#texts'
import type { X509Reason } from './reasons.ts'

/** Something malformed, or an option that can not be honoured. What a verifier refuses is a verdict, not an error. */
export class X509Error extends Error {
  override readonly name = 'X509Error'
  /** Stable. */
  readonly code: X509Reason
  /** What exactly was wrong: `tbsCertificate.serialNumber: not minimal`. */
  readonly detail: string | undefined

  constructor(code: X509Reason, detail?: string, options?: ErrorOptions) {
    const sentence = sentenceOf(code)
    super(detail === undefined ? sentence : `${sentence}: ${detail}`, options)
    this.code = code
    this.detail = detail
  }
}

/** Whether `error` is an X509Error, of this copy of the package or of another. */
export function isX509Error(error: unknown): error is X509Error {
  return error instanceof Error && error.name === 'X509Error' && 'code' in error
}

export function malformed(detail: string): X509Error {
  return new X509Error('ERR_X509_MALFORMED', detail)
}

/** Names what was being parsed in whatever goes wrong in it. */
export function parsing<T>(what: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (!isX509Error(error)) throw error
    throw new X509Error(error.code, `${what}: ${error.detail ?? error.message}`)
  }
}
