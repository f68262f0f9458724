import * as codes from './handshakeTypes.ts'
import { nameOf, type CodePoint } from './nameOf.ts'

/** RFC 9846 §B.3; `client_certificate_request` of RFC 9261, `compressed_certificate` of RFC 8879. What ends in `_RESERVED` belongs to older versions. */
export * as HandshakeType from './handshakeTypes.ts'

export type HandshakeType = CodePoint<typeof codes>

/** `hello_request_RESERVED`, or the number in hexadecimal. */
export const handshakeTypeName: (value: number) => string = /* @__PURE__ */ nameOf(codes, 2)
