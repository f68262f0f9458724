/** The code points of `certificateStatusType.ts`, a constant each, so that a bundler puts in the number and leaves out the name. */

export const ocsp = 1
export const ocsp_multi_RESERVED = 2
