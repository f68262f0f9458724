import { concat } from '@mortise/wire'
import { describe, expect, it } from 'vitest'
import { alerts, clear, refusalOf, failureOf, message, readAll, reader } from './fixtures/peer.ts'

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

describe('first bytes that are no TLS', () => {
  it.each([
    ['GET / HTTP/1.1\r\n', 'an HTTP request'],
    ['POST /form HTTP/1.1\r\n', 'an HTTP request'],
    ['HEAD / HTTP/1.1\r\n', 'an HTTP request'],
    ['PUT /x HTTP/1.1\r\n', 'an HTTP request'],
    ['PRI * HTTP/2.0\r\n', 'an HTTP/2 connection preface'],
    ['CONNECT example.com:443 HTTP/1.1\r\n', 'a request to an HTTP proxy'],
    ['HTTP/1.1 400 Bad Request\r\n', 'an HTTP response'],
    ['SSH-2.0-OpenSSH\r\n', 'an SSH server'],
    ['220 mail.example ESMTP\r\n', 'STARTTLS'],
    ['220-mail.example ESMTP\r\n', 'STARTTLS'],
    ['+OK ready\r\n', 'POP3'],
    ['* OK ready\r\n', 'IMAP'],
    ['What is this?', 'it starts with 57 68 61 74 20'],
  ])('%j is protocol_version, with a sentence that helps', async (text, sentence) => {
    for (const role of ['client', 'server'] as const) {
      const from = reader({ role })
      expect(await refusalOf(from, ascii(text))).toEqual(['ERR_TLS_NOT_TLS', alerts.protocolVersion])
      expect((await failureOf(() => from.next())).message).toContain(sentence)
    }
  })

  it('are enough: five of them, not a record of the length that they seem to say', async () => {
    expect(await refusalOf(reader(), ascii('GET /'))).toEqual(['ERR_TLS_NOT_TLS', alerts.protocolVersion])
  })

  it('of SSL 2.0 are protocol_version (RFC 9846 §E.5)', async () => {
    for (const hello of [
      Uint8Array.of(0x80, 0x2e, 1, 3, 1, 0, 21),
      Uint8Array.of(0x83, 0x03, 1, 0, 2, 0, 21),
    ]) {
      const from = reader({ role: 'server' })
      expect(await refusalOf(from, hello)).toEqual(['ERR_TLS_NOT_TLS', alerts.protocolVersion])
      expect((await failureOf(() => from.next())).message).toContain('SSL 2.0')
    }
  })

  it('of an unknown content type with a TLS version are an unexpected record (RFC 9846 §5)', async () => {
    expect(await refusalOf(reader(), clear(99, Uint8Array.of(1)))).toEqual([
      'ERR_TLS_UNEXPECTED_RECORD',
      alerts.unexpectedMessage,
    ])
  })

  it('are only looked for at the very beginning', async () => {
    const from = reader()
    expect(await readAll(from, clear(22, message(2, 4)))).toHaveLength(1)
    expect(await refusalOf(from, ascii('GET / HTTP/1.1'))).toEqual([
      'ERR_TLS_UNEXPECTED_RECORD',
      alerts.unexpectedMessage,
    ])
    expect(await refusalOf(reader(), concat(clear(22, message(2, 4)), ascii('GET /')))).toEqual([
      'ERR_TLS_UNEXPECTED_RECORD',
      10,
    ])
  })
})
