/** DER of the first block of a PEM text. */
export function pemToDer(pem: string): Uint8Array {
  const [, base64] = /-----BEGIN [^-]+-----([^-]+)-----END /.exec(pem) ?? []
  if (base64 === undefined) throw new Error('no PEM')
  return Uint8Array.from(Buffer.from(base64, 'base64'))
}
