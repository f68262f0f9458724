/**
 * What speaks on ports where TLS is expected. People meet these daily: a plain HTTP client on a TLS port, a
 * proxy's answer, a mail server that wants STARTTLS first. A sentence that says so saves an hour.
 */
const lookalikes: readonly (readonly [start: string, what: string])[] = [
  ['GET ', 'an HTTP request'],
  ['POST ', 'an HTTP request'],
  ['HEAD ', 'an HTTP request'],
  ['PUT ', 'an HTTP request'],
  ['DELET', 'an HTTP request'],
  ['OPTIO', 'an HTTP request'],
  ['PATCH', 'an HTTP request'],
  ['TRACE', 'an HTTP request'],
  ['PRI *', 'an HTTP/2 connection preface'],
  ['CONNE', 'a request to an HTTP proxy'],
  ['HTTP/', 'an HTTP response, so the peer does not speak TLS on this port'],
  ['SSH-', 'an SSH server'],
  ['220 ', 'the greeting of an SMTP or FTP server, which needs STARTTLS or AUTH TLS first'],
  ['220-', 'the greeting of an SMTP or FTP server, which needs STARTTLS or AUTH TLS first'],
  ['+OK', 'the greeting of a POP3 server, which needs STLS first'],
  ['* OK', 'the greeting of an IMAP server, which needs STARTTLS first'],
]

/** What a connection that begins with these bytes seems to be, if it is no TLS. */
export function lookalikeOf(bytes: readonly number[]): string | undefined {
  const text = String.fromCharCode(...bytes)
  return lookalikes.find(([start]) => text.startsWith(start))?.[1]
}
