export * as Tag from './tags.ts'

/** A context-specific tag of a primitive type: [n] IMPLICIT. */
export const primitive = (number: number): number => 0x80 | number

/** A context-specific tag of a constructed type: [n] EXPLICIT, or [n] IMPLICIT SEQUENCE. */
export const constructed = (number: number): number => 0xa0 | number
