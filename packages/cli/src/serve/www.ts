/** A web server of one page, about the connection. */
import { faults, isTlsError, TlsError, type TlsErrorCode } from '@mortise/tls'
import type { TlsSocket } from '@mortise/tls-node'
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
  tls.allowHalfOpen = true // who has asked may say close_notify, and still gets the answer
  let text = ''
  let answered = false
  const late = (): void =>
    void tls.destroy(new TlsError(faults.ERR_TLS_ABORTED, { detail: 'no request came' }))
  let timer = setTimeout(late, requestTimeout)
  tls.once('close', () => clearTimeout(timer))

  const answer = async (request: Request | Refusal): Promise<void> => {
    answered = true
    clearTimeout(timer)
    timer = setTimeout(() => tls.destroy(), closeTimeout)
    const status = 'refusal' in request ? request.refusal : await visit(tls, request.target)
    const body = status === ok ? page(facts()) : ''
    tls.end(formatResponse(status, body, 'method' in request ? request.method : 'GET'))
  }
  const read = (bytes: Buffer): void => {
    if (answered) return // what follows is read, so that the client's close_notify is seen, and dropped
    text += bytes.toString('latin1')
    const request = parseRequest(text)
    if (request === 'incomplete') {
      if (text.length > maxRequest) reply({ refusal: '431 Request Header Fields Too Large' })
    } else if (request === 'malformed') reply({ refusal: '400 Bad Request' })
    else reply(request)
  }
  // A failure on the way out is an error of the connection, and reported as that
  const reply = (request: Request | Refusal): void => void answer(request).catch(() => {})
  earlyData.forEach(read)
  tls.once('end', () => {
    if (!answered) tls.end()
  })
  tls.on('data', read)
}

interface Refusal {
  /** Status code and reason phrase. */
  readonly refusal: string
}

const ok = '200 OK'

/** Does what the target asks for. @returns the status */
async function visit(tls: TlsSocket, target: string): Promise<string> {
  const [path] = target.split('?')
  if (path === '/keyupdate') await tls.updateKeys()
  if (path !== '/secret' || tls.info?.peer || (await asked(tls))) return ok
  return '403 Forbidden'
}

const unanswered: ReadonlySet<TlsErrorCode> = new Set(['ERR_TLS_CLIENT_CAN_NOT_BE_ASKED', 'ERR_TLS_CLOSED'])

/** Whether the client, asked after the handshake (RFC 9846 §4.7.2), says who it is. */
async function asked(tls: TlsSocket): Promise<boolean> {
  try {
    return (await tls.requestClientCertificate()) !== undefined
  } catch (error) {
    // Or it has sent close_notify, and so can't answer
    if (isTlsError(error) && unanswered.has(error.code)) return false
    throw error
  }
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
