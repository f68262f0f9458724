/** The code points of `pskKeyExchangeMode.ts`, a constant each, so that a bundler puts in the number and leaves out the name. */

export const psk_ke = 0
export const psk_dhe_ke = 1
