import * as faults from '../errors/faults.ts'
import { inWords } from '#texts'
import { TlsError } from '../errors/TlsError.ts'
import type { Codec } from './codec.ts'
import { pathText } from './path.ts'
import { Writer } from './writer.ts'

/**
 * A new array with the encoding of `value`.
 * @throws TlsError `ERR_TLS_INTERNAL`, with the path of the field, if a value is missing or out of its bounds: that
 * is our own fault and never a peer's
 */
export function encode<T>(codec: Codec<T>, value: T): Uint8Array {
  const writer = new Writer()
  try {
    codec.write(writer, value)
    return writer.finish()
  } catch (error) {
    throw explain(codec, value, error)
  }
}

/** Writes once more, now keeping track of where. */
function explain(codec: Codec<unknown>, value: unknown, cause: unknown): TlsError {
  if (!inWords) return new TlsError(faults.ERR_TLS_INTERNAL, { cause })
  const path: (string | number)[] = [codec.name]
  try {
    codec.write(new Writer(path), value)
  } catch {
    // The failure is known already
  }
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new TlsError(faults.ERR_TLS_INTERNAL, {
    detail: `cannot encode ${pathText(path)}: ${reason}`,
    cause,
  })
}
