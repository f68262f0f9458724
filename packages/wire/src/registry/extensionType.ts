import { isGrease } from '../grease.ts'
import * as codes from './extensionTypes.ts'
import { nameOf, type CodePoint } from './nameOf.ts'

/** RFC 9846 §4.3 and the IANA registry. What TLS 1.3 does not use is listed because ClientHellos of today carry it. */
export * as ExtensionType from './extensionTypes.ts'

export type ExtensionType = CodePoint<typeof codes>

/** `server_name`, or the number in hexadecimal. */
export const extensionTypeName: (value: number) => string = /* @__PURE__ */ nameOf(codes, 4, isGrease)
