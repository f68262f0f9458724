import * as faults from '../errors/faults.ts'
import { inWords } from '#texts'
import { TlsError } from '../errors/TlsError.ts'
import type { Codec } from './codec.ts'
import { CodecFailure } from './failure.ts'
import { pathObserver } from './pathObserver.ts'
import { Reader } from './reader.ts'

/**
 * Decodes all of `bytes`. Byte strings in the answer are views of it.
 * @param path what an error's path begins with; default: the codec's name
 * @throws TlsError `ERR_TLS_DECODE`, with the path of the field, if anything is out of bounds, missing or left over
 */
export function decode<T>(codec: Codec<T>, bytes: Uint8Array, path: string = codec.name): T {
  const reader = new Reader(bytes)
  try {
    const value = codec.read(reader)
    reader.finish()
    return value
  } catch (error) {
    throw error instanceof CodecFailure ? explain(codec, bytes, path, error) : error
  }
}

/** Reads once more, now keeping track of where. Reading is deterministic, so it ends at the same place. */
function explain(codec: Codec<unknown>, bytes: Uint8Array, path: string, failure: CodecFailure): TlsError {
  if (!inWords) return new TlsError(faults.ERR_TLS_DECODE)
  const observer = pathObserver(path)
  try {
    codec.read(new Reader(bytes, observer))
  } catch {
    // The failure is known already
  }
  return new TlsError(faults.ERR_TLS_DECODE, { detail: `${observer.path()}: ${failure.message}` })
}
