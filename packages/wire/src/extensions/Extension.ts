import type { Codec, Infer } from '../codec/codec.ts'
import { code16 } from '../codec/numbers.ts'
import { opaque16 } from '../codec/opaque.ts'
import { struct } from '../codec/struct.ts'
import { vector16 } from '../codec/vector.ts'
import type { ExtensionMessage } from './message.ts'

// RFC 9846 §4.3
//   struct {
//       ExtensionType extension_type;
//       opaque extension_data<0..2^16-1>;
//   } Extension;
/** An extension, its body raw: what nobody uses is never parsed. See `readExtension`. */
export const Extension = /* @__PURE__ */ struct('Extension', {
  extensionType: code16('ExtensionType'),
  extensionData: opaque16(0, 0xffff),
})
export type Extension = Infer<typeof Extension>

/** `Extension extensions<min..max>` of a message. */
/* @__NO_SIDE_EFFECTS__ */
export function extensionList(
  message: ExtensionMessage,
  min: number,
  max: number,
): Codec<readonly Extension[]> {
  return vector16(extensionOf(message), min, max)
}

/**
 * The extensions of ClientHello and ServerHello, `Extension extensions<min..2^16-1>`. Read more leniently than
 * written: in a hello of TLS 1.2 the block may be absent (RFC 5246 §7.4.1.2), or shorter than `min`, and such a
 * hello has to be answered with protocol_version rather than decode_error (RFC 9846 §4.2.2, §E.1, §E.2). It can't
 * pass for TLS 1.3, because supported_versions alone has `min` bytes.
 */
/* @__NO_SIDE_EFFECTS__ */
export function helloExtensionList(
  message: 'clientHello' | 'serverHello',
  min: number,
): Codec<readonly Extension[]> {
  const lenient = extensionList(message, 0, 0xffff)
  const exact = extensionList(message, min, 0xffff)
  return {
    name: exact.name,
    read: (reader) => (reader.remaining === 0 ? [] : lenient.read(reader)),
    write: (writer, value) => exact.write(writer, value),
  }
}

/** An Extension that tells an annotated view in which message it stands. */
/* @__NO_SIDE_EFFECTS__ */
function extensionOf(message: ExtensionMessage): Codec<Extension> {
  const type = code16('ExtensionType')
  return {
    name: 'Extension',
    read(reader) {
      const { observer } = reader
      observer?.enter('extensionType', reader.offset)
      const extensionType = type.read(reader)
      observer?.leave(reader.offset)
      observer?.describe(extensionType, 'ExtensionType')
      observer?.enter('extensionData', reader.offset)
      const extensionData = reader.view(reader.length(2, 0, 0xffff))
      observer?.extensionData(message, extensionType, reader.offset - extensionData.length, extensionData)
      observer?.leave(reader.offset)
      return { extensionType, extensionData }
    },
    write: (writer, value) => Extension.write(writer, value),
  }
}
