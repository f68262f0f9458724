import type { IncomingMessage } from 'node:http'

/** What is asked for; `undefined` for what is no path at all, like `//`. Never throws: anybody can ask for anything. */
export function requestUrl({ url }: Pick<IncomingMessage, 'url'>): URL | undefined {
  const base = 'http://page.invalid'
  return url !== undefined && URL.canParse(url, base) ? new URL(url, base) : undefined
}
