/** As much of `node:process` as `@peculiar/webcrypto` asks for: a version that has Curve25519. */
export const version = 'v20.0.0'
