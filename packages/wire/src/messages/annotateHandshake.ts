import { annotate } from '../codec/annotate.ts'
import { shifted, type Annotation, type ExtensionAnnotator } from '../codec/annotator.ts'
import { bytesText } from '../codec/text.ts'
import { isTlsError } from '../errors/TlsError.ts'
import { extensionDefinitions } from '../extensions/extensionDefinitions.ts'
import type { Codec } from '../codec/codec.ts'
import { HandshakeType, handshakeTypeName } from '../registry/handshakeType.ts'
import { decodeHandshakeHeader, handshakeHeaderLength } from './handshake.ts'
import { handshakeMessageCodec } from './handshakeMessageCodec.ts'
import { hasRetryRandom } from './serverHello.ts'

/**
 * What each byte of a handshake message means, the inside of its extensions too. What doesn't parse is shown as
 * raw bytes, with the reason: a trace is most wanted when messages are wrong.
 * @param raw exactly one message, header included
 * @throws TlsError `ERR_TLS_DECODE` if the header's length is not that of the body
 */
export function annotateHandshake(raw: Uint8Array): Annotation {
  const { type, body } = decodeHandshakeHeader(raw)
  const isRetry = type === HandshakeType.server_hello && hasRetryRandom(body)
  const codec = handshakeMessageCodec(type)
  const inside = codec && tryAnnotate(codec, body, annotateExtension(isRetry))
  return {
    name: 'Handshake',
    offset: 0,
    length: raw.length,
    text: '',
    children: [
      { name: 'msgType', offset: 0, length: 1, text: handshakeTypeName(type), children: [] },
      { name: 'length', offset: 1, length: 3, text: String(body.length), children: [] },
      shifted(
        {
          name: isRetry ? 'HelloRetryRequest' : (codec?.name ?? 'body'),
          offset: 0,
          length: body.length,
          text: inside?.text ?? bytesText(body),
          children: inside?.children ?? [],
        },
        handshakeHeaderLength,
      ),
    ],
  }
}

function annotateExtension(isRetry: boolean): ExtensionAnnotator {
  return (name, extensionType, data) => {
    const message = isRetry ? 'helloRetryRequest' : name
    const definition = extensionDefinitions.find(({ type }) => type === extensionType)
    const codec = definition?.messages[message]
    return codec && tryAnnotate(codec, data)
  }
}

function tryAnnotate(
  codec: Codec<unknown>,
  bytes: Uint8Array,
  annotateInside?: ExtensionAnnotator,
): Pick<Annotation, 'text' | 'children'> {
  try {
    return annotate(codec, bytes, annotateInside)
  } catch (error) {
    if (!isTlsError(error)) throw error
    return { text: `${bytesText(bytes)} does not parse: ${error.detail}`, children: [] }
  }
}
