/** Of the relay beside the page. */
export function socketAddress(path: 'relay' | 'watch', query: Readonly<Record<string, string>>): string {
  const address = new URL(path, document.baseURI)
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  address.search = new URLSearchParams(query).toString()
  return address.href
}
