/** The code points of `contentType.ts`, a constant each, so that a bundler puts in the number and leaves out the name. */

export const change_cipher_spec = 20
export const alert = 21
export const handshake = 22
export const application_data = 23
