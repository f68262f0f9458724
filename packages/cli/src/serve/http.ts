/** As much of HTTP/1.1 (RFC 9112) as one page needs. */

export interface Request {
  readonly method: string
  /** As it came: `/`, `/keyupdate`, … */
  readonly target: string
}

/** The request, once the empty line after its header section has come; bodies are not waited for. */
export function parseRequest(text: string): Request | 'incomplete' | 'malformed' {
  if (!/\r?\n\r?\n/.test(text)) return 'incomplete'
  const match = /^(?<method>[A-Z]+) (?<target>\S+)(?: HTTP\/1\.[01])?\r?\n/.exec(text)
  const { method, target } = match?.groups ?? {}
  return method === undefined || target === undefined ? 'malformed' : { method, target }
}

/** @param body HTML @param method of the request: HEAD gets no body */
export function formatResponse(status: string, body: string, method: string): string {
  const head = [
    `HTTP/1.1 ${status}`,
    'Content-Type: text/html; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'Connection: close',
  ]
  return `${head.join('\r\n')}\r\n\r\n${method === 'HEAD' ? '' : body}`
}

export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? '')
}
