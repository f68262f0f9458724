/** Bytes of a number in a JWK (RFC 7515 §2). */
function fromBase64Url(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.charCodeAt(0),
  )
}

/** The public key of a JWK: an uncompressed point (RFC 7518 §6.2.1), or what a curve without a `y` has (RFC 8037 §2). */
export function jwkPublicKey(x: string, y: string | undefined): Uint8Array {
  return y === undefined ? fromBase64Url(x) : Uint8Array.of(4, ...fromBase64Url(x), ...fromBase64Url(y))
}
