/**
 * A value that doesn't fit its declaration. It carries no path: the fast way keeps none, so `decode` and
 * `encode` go the same way once more with an eye on it, and throw a TlsError.
 */
export class CodecFailure extends Error {
  override readonly name = 'CodecFailure'

  constructor(message: string | false) {
    super(message || undefined)
  }
}
