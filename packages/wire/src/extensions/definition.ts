import { inWords } from '#texts'
import type { Codec, Infer } from '../codec/codec.ts'
import { decode } from '../codec/decode.ts'
import { encode } from '../codec/encode.ts'
import * as codeText from '../errors/codeText.ts'
import type { Extension } from './Extension.ts'
import type { ExtensionMessage } from './message.ts'

/** The body of an extension, by the message in which it stands. */
export type ExtensionBodies = { readonly [Message in ExtensionMessage]?: Codec<unknown> }

/** All there is to know of an extension: its code point, and its body in each message that may carry it. */
export interface ExtensionDefinition<Bodies extends ExtensionBodies = ExtensionBodies> {
  /** ExtensionType. */
  readonly type: number
  /** What errors call it. Default: its name as registered, or its number. */
  readonly name?: string
  readonly messages: Bodies
}

/** What an extension says in a message. */
export type ExtensionValue<Bodies extends ExtensionBodies, Message extends keyof Bodies> = Infer<
  Bodies[Message]
>

/** Declares an extension: its type, and the codec of its body in each message that may carry it (RFC 9846 §4.3). */
/* @__NO_SIDE_EFFECTS__ */
export function defineExtension<const Bodies extends ExtensionBodies>(
  definition: ExtensionDefinition<Bodies>,
): ExtensionDefinition<Bodies> {
  return definition
}

/**
 * Decodes an extension of a message, if it is there.
 * @param path where `extensions` stands, for the error; default: the message's name
 * @throws TlsError `ERR_TLS_DECODE` if its body doesn't parse or has bytes left over (RFC 9846 §4.3)
 */
export function readExtension<
  Bodies extends ExtensionBodies,
  Message extends keyof Bodies & ExtensionMessage,
>(
  extensions: readonly Extension[],
  definition: ExtensionDefinition<Bodies>,
  message: Message,
  path?: string,
): ExtensionValue<Bodies, Message> | undefined {
  for (const [i, { extensionType, extensionData }] of extensions.entries()) {
    if (extensionType !== definition.type) continue
    const where = inWords ? place(definition, path ?? messageName(message), i) : undefined
    return decode(bodyOf(definition, message), extensionData, where)
  }
  return undefined
}

/** `ClientHello.extensions[3].key_share`, for an error. */
function place({ name, type }: ExtensionDefinition, path: string, index: number): string {
  return `${path}.extensions[${index}].${name ?? codeText.extensionType(type)}`
}

/** @throws TlsError `ERR_TLS_INTERNAL` if the value is out of bounds */
export function writeExtension<
  Bodies extends ExtensionBodies,
  Message extends keyof Bodies & ExtensionMessage,
>(
  definition: ExtensionDefinition<Bodies>,
  message: Message,
  value: ExtensionValue<Bodies, Message>,
): Extension {
  return { extensionType: definition.type, extensionData: encode(bodyOf(definition, message), value) }
}

/** `clientHello` → `ClientHello` */
export function messageName(message: ExtensionMessage): string {
  return message.charAt(0).toUpperCase() + message.slice(1)
}

function bodyOf<Bodies extends ExtensionBodies, Message extends keyof Bodies>(
  definition: ExtensionDefinition<Bodies>,
  message: Message,
): Codec<ExtensionValue<Bodies, Message>> {
  // The index loses that this body is the one whose type ExtensionValue infers
  return definition.messages[message] as unknown as Codec<ExtensionValue<Bodies, Message>>
}
