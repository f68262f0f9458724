import type * as faults from './faults.ts'

/** Of all faults. Codes are stable; the documentation has a page of them. */
export type TlsErrorCode = (typeof faults)[keyof typeof faults]['code']
