/** The code points of `namedGroup.ts`, a constant each, so that a bundler puts in the number and leaves out the name. */

export const secp256r1 = 0x0017
export const secp384r1 = 0x0018
export const secp521r1 = 0x0019
export const x25519 = 0x001d
export const x448 = 0x001e
export const brainpoolP256r1tls13 = 0x001f
export const brainpoolP384r1tls13 = 0x0020
export const brainpoolP512r1tls13 = 0x0021
export const ffdhe2048 = 0x0100
export const ffdhe3072 = 0x0101
export const ffdhe4096 = 0x0102
export const ffdhe6144 = 0x0103
export const ffdhe8192 = 0x0104
export const MLKEM512 = 0x0200
export const MLKEM768 = 0x0201
export const MLKEM1024 = 0x0202
export const SecP256r1MLKEM768 = 0x11eb
export const X25519MLKEM768 = 0x11ec
export const SecP384r1MLKEM1024 = 0x11ed
