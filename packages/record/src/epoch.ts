/**
 * Under which keys a record travels (RFC 9846 §2, RFC 9001 §4.1.4): `initial` is the clear. Key updates stay
 * within `application`.
 */
export type EncryptionLevel = 'initial' | 'early' | 'handshake' | 'application'
