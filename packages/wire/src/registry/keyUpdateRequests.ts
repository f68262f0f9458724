/** The code points of `keyUpdateRequest.ts`, a constant each, so that a bundler puts in the number and leaves out the name. */

export const update_not_requested = 0
export const update_requested = 1
