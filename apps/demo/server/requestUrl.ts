import type { IncomingMessage } from 'node:http'

/** What is asked for; `undefined` for what is no path at all, like `//`. Never throws: anybody can ask for anything. */
export function requestUrl({ url }: Pick<IncomingMessage, 'url'>): URL | undefined {
  return url === undefined ? undefined : (URL.parse(url, 'http://page.invalid') ?? undefined)
}
