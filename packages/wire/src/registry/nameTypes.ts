/** The code points of `nameType.ts`, a constant each, so that a bundler puts in the number and leaves out the name. */

export const host_name = 0
