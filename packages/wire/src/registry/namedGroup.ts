import { isGrease } from '../grease.ts'
import * as codes from './namedGroups.ts'
import { nameOf, type CodePoint } from './nameOf.ts'

/** RFC 9846 §4.3.7; Brainpool of RFC 8734, ML-KEM and hybrids of draft-ietf-tls-mlkem and draft-ietf-tls-ecdhe-mlkem. */
export * as NamedGroup from './namedGroups.ts'

export type NamedGroup = CodePoint<typeof codes>

/** `secp256r1`, or the number in hexadecimal. */
export const namedGroupName: (value: number) => string = /* @__PURE__ */ nameOf(codes, 4, isGrease)
