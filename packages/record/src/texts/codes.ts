/** `#texts` with the condition `production`, as bundlers set it for pages: no words, only what programs need. */

/** What a connection that begins with these bytes seems to be: the bytes have to say it themselves. */
export function lookalikeOf(_bytes: readonly number[]): string | undefined {
  return undefined
}
