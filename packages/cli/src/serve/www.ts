/** A web server of one page, about the connection. */
import { factRows, type ConnectionFacts } from '../facts.ts'
import { escapeHtml, formatResponse, parseRequest, type Request } from './http.ts'
import type { Visit } from './service.ts'

/** Bytes of a request's header section; what is longer is refused. */
const maxRequest = 16_384
/** Milliseconds that a request may take to arrive, and a client to end after the answer. */
const requestTimeout = 30_000
const closeTimeout = 5000

/** Waits for the empty line that ends a request, however it is cut, answers, and says close_notify. */
export function www({ tls, earlyData, facts }: Visit): void {
  let text = ''
  let answered = false
  let timer = setTimeout(() => tls.destroy(), requestTimeout)
  tls.once('close', () => clearTimeout(timer))

  const answer = async (request: Request | undefined, status: string, body: string): Promise<void> => {
    answered = true
    clearTimeout(timer)
    timer = setTimeout(() => tls.destroy(), closeTimeout)
    if (request?.target === '/keyupdate') await tls.updateKeys()
    tls.end(formatResponse(status, body, request?.method ?? 'GET'))
  }
  const read = (bytes: Buffer): void => {
    if (answered) return // what follows is read, so that the client's close_notify is seen, and dropped
    text += bytes.toString('latin1')
    const request = parseRequest(text)
    if (request === 'incomplete') {
      if (text.length > maxRequest) reply(undefined, '431 Request Header Fields Too Large', '')
    } else if (request === 'malformed') reply(undefined, '400 Bad Request', '')
    else reply(request, '200 OK', page(facts))
  }
  // A failure on the way out is an error of the connection, and reported as that
  const reply = (...args: Parameters<typeof answer>): void => void answer(...args).catch(() => {})
  earlyData.forEach(read)
  tls.on('data', read)
}

function page(facts: ConnectionFacts): string {
  const rows = factRows(facts).map(([label, value]) => `<tr><th>${label}<td>${escapeHtml(value)}`)
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>mortise</title>
<h1>You are connected</h1>
<table>
${rows.join('\n')}
</table>
</html>
`
}
