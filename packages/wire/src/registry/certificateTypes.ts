/** The code points of `certificateType.ts`, a constant each, so that a bundler puts in the number and leaves out the name. */

export const X509 = 0
export const OpenPGP_RESERVED = 1
export const RawPublicKey = 2
