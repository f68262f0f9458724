/** The code points of `alertLevel.ts`, a constant each, so that a bundler puts in the number and leaves out the name. */

export const warning = 1
export const fatal = 2
