/**
 * The one error of this package: thrown for what doesn't parse and for options that can't be honoured. What is
 * wrong with a chain is no exception but a verdict.
 */
import { sentenceOf } from '#texts'
import { inWords } from '@mortise/wire'
import type { X509Reason } from './reasons.ts'

/** Something malformed, or an option that can not be honoured. What a verifier refuses is a verdict, not an error. */
export class X509Error extends Error {
  override readonly name = 'X509Error'
  /** Stable. */
  readonly code: X509Reason
  /** What exactly was wrong: `tbsCertificate.serialNumber: not minimal`. With the condition `production` nobody is told. */
  readonly detail: string | undefined

  /** @param detail `false` is as good as nothing */
  constructor(code: X509Reason, detail?: string | false, options?: ErrorOptions) {
    const sentence = sentenceOf(code)
    const said = (inWords && detail) || undefined
    super(said === undefined ? sentence : `${sentence}: ${said}`, options)
    this.code = code
    this.detail = said
  }
}

/** Whether `error` is an X509Error, of this copy of the package or of another. */
export function isX509Error(error: unknown): error is X509Error {
  return error instanceof Error && error.name === 'X509Error' && 'code' in error
}

export function malformed(detail: string | false): X509Error {
  return new X509Error('ERR_X509_MALFORMED', detail)
}

/** Names what was being parsed in whatever goes wrong in it. */
export function parsing<T>(what: string | false, parse: () => T): T {
  if (!inWords) return parse()
  try {
    return parse()
  } catch (error) {
    if (!isX509Error(error)) throw error
    throw new X509Error(error.code, `${what}: ${error.detail ?? error.message}`)
  }
}
