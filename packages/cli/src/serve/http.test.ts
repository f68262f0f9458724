import { describe, expect, it } from 'vitest'
import { escapeHtml, formatResponse, parseRequest } from './http.ts'

describe('parseRequest', () => {
  it.each([
    ['GET / HTTP/1.1\r\nHost: x\r\n\r\n', 'GET', '/'],
    ['HEAD /a?b=c HTTP/1.0\r\n\r\n', 'HEAD', '/a?b=c'],
    ['GET /keyupdate\n\n', 'GET', '/keyupdate'],
    ['GET / HTTP/1.1\r\n\r\nand a body', 'GET', '/'],
  ])('reads %j', (text, method, target) => {
    expect(parseRequest(text)).toEqual({ method, target })
  })

  it.each(['', 'GET', 'GET / HTTP/1.1\r\n', 'GET / HTTP/1.1\r\nHost: x\r\n', 'GET / HTTP/1.1\r\n\r'])(
    'waits for more than %j',
    (text) => {
      expect(parseRequest(text)).toBe('incomplete')
    },
  )

  it.each(['\r\n\r\n', 'hello\r\n\r\n', 'get / HTTP/1.1\r\n\r\n', 'GET / HTTP/2\r\n\r\n', 'GET  /\r\n\r\n'])(
    'refuses %j',
    (text) => {
      expect(parseRequest(text)).toBe('malformed')
    },
  )
})

describe('formatResponse', () => {
  it('counts bytes, and leaves the body of HEAD out', () => {
    expect(formatResponse('200 OK', 'ä', 'GET')).toMatch(
      /^HTTP\/1\.1 200 OK\r\n[^]*Content-Length: 2\r\n[^]*\r\n\r\nä$/,
    )
    expect(formatResponse('200 OK', 'ä', 'HEAD')).toMatch(/Content-Length: 2\r\n[^]*\r\n\r\n$/)
  })
})

it('escapeHtml leaves nothing that a page could be made of', () => {
  expect(escapeHtml(`<a href="x">&</a>`)).toBe('&lt;a href=&quot;x&quot;&gt;&amp;&lt;/a&gt;')
})
