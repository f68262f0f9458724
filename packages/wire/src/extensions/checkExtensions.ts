/** The rules of RFC 9846 §4.3 that hold for every extension, whatever is in it. */
import { inWords } from '#texts'
import * as codeText from '../errors/codeText.ts'
import { TlsError } from '../errors/TlsError.ts'
import type { Fault } from '../errors/fault.ts'
import * as faults from '../errors/faults.ts'
import type { TlsErrorCode } from '../errors/tlsErrorCode.ts'
import { isGrease } from '../grease.ts'
import { ExtensionType } from '../registry/extensionType.ts'
import { isAllowedIn } from './allowed.ts'
import { messageName } from './definition.ts'
import type { Extension } from './Extension.ts'
import type { ExtensionMessage } from './message.ts'

/**
 * Checks a block of extensions: none unasked, none in the wrong message, none twice, pre_shared_key last.
 * @param offered for messages that answer: the types in the ClientHello or CertificateRequest that is answered.
 * `undefined` for messages that ask (and NewSessionTicket), in which what is unknown is ignored.
 * @throws TlsError
 */
export function checkExtensions(
  extensions: readonly Extension[],
  message: ExtensionMessage,
  offered: ReadonlySet<number> | undefined,
): void {
  const seen = new Set<number>()
  for (const { extensionType } of extensions) {
    // First, so that what is both unasked and in the wrong message is unsupported_extension
    if (offered && isUnsolicited(extensionType, message, offered))
      fail(faults.ERR_TLS_UNSOLICITED_EXTENSION, message, extensionType)
    if (!isAllowedIn(extensionType, message))
      fail(faults.ERR_TLS_EXTENSION_NOT_ALLOWED, message, extensionType)
    if (seen.has(extensionType)) fail(faults.ERR_TLS_DUPLICATE_EXTENSION, message, extensionType)
    // RFC 9846 §4.3.11
    if (message === 'clientHello' && seen.has(ExtensionType.pre_shared_key))
      fail(faults.ERR_TLS_PSK_NOT_LAST, message, extensionType)
    seen.add(extensionType)
  }
}

function isUnsolicited(type: number, message: ExtensionMessage, offered: ReadonlySet<number>): boolean {
  // RFC 9846 §4.3: the cookie alone may come unasked. RFC 8701 §3.1: nobody can mean a GREASE value.
  if (type === ExtensionType.cookie && message === 'helloRetryRequest') return false
  return !offered.has(type) || isGrease(type)
}

function fail(fault: Fault<TlsErrorCode>, message: ExtensionMessage, type: number): never {
  throw new TlsError(fault, {
    detail: inWords && `${codeText.extensionType(type)} in ${messageName(message)}`,
  })
}
