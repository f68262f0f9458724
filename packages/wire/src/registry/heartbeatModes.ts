/** The code points of `heartbeatMode.ts`, a constant each, so that a bundler puts in the number and leaves out the name. */

export const peer_allowed_to_send = 1
export const peer_not_allowed_to_send = 2
