/** The padding extension of a ClientHello (RFC 7685), for what is in the way and takes no short ones, and against its length telling tales. */
import { ClientHello, encodeHandshake, ExtensionType, HandshakeType, padding } from '@mortise/wire'

/** Of an extension: type and length, in bytes. */
const extensionHeader = 4

/** @param length of the message that is wanted, header included, in bytes; a longer one stays as it is */
export function padClientHello(clientHello: ClientHello, length: number): ClientHello {
  const missing = length - encodeHandshake(HandshakeType.client_hello, ClientHello, clientHello).length
  if (missing <= 0) return clientHello
  const extension = {
    extensionType: padding.type,
    // RFC 7685 §3: zeros; an empty body will do where only a few bytes are missing
    extensionData: new Uint8Array(Math.max(0, missing - extensionHeader)),
  }
  // RFC 9846 §4.3.11: pre_shared_key stays the last
  const at = clientHello.extensions.findIndex(
    ({ extensionType }) => extensionType === ExtensionType.pre_shared_key,
  )
  const end = at < 0 ? clientHello.extensions.length : at
  return { ...clientHello, extensions: clientHello.extensions.toSpliced(end, 0, extension) }
}
