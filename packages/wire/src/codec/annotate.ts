import * as faults from '../errors/faults.ts'
import { inWords } from '#texts'
import { TlsError } from '../errors/TlsError.ts'
import { Annotator, type Annotation, type ExtensionAnnotator } from './annotator.ts'
import type { Codec } from './codec.ts'
import { CodecFailure } from './failure.ts'
import { Reader } from './reader.ts'

/**
 * What each byte of `bytes` means, by the same declaration that decodes it.
 * @param annotateExtension shows the inside of extensions; see `annotateHandshake`
 * @throws TlsError `ERR_TLS_DECODE` for what `decode` would refuse
 */
export function annotate(
  codec: Codec<unknown>,
  bytes: Uint8Array,
  annotateExtension?: ExtensionAnnotator,
): Annotation {
  const annotator = new Annotator(codec.name, annotateExtension)
  const reader = new Reader(bytes, annotator)
  try {
    codec.read(reader)
    reader.finish()
  } catch (error) {
    if (!(error instanceof CodecFailure)) throw error
    throw new TlsError(faults.ERR_TLS_DECODE, { detail: inWords && `${annotator.path}: ${error.message}` })
  }
  annotator.leave(bytes.length)
  return annotator.root
}
