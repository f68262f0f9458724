/** The built page, read once into memory: what is not there can't be asked for. */
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { securityHeaders } from './policy.ts'
import { requestUrl } from './requestUrl.ts'

export type Handler = (request: IncomingMessage, response: ServerResponse) => void

interface File {
  readonly type: string
  readonly plain: Buffer
  readonly gzip: Buffer
  /** Names of built files carry a hash of what is in them. */
  readonly forever: boolean
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

export function serveFiles(directory: string): Handler {
  const files = readFiles(directory)
  return (request, response) => {
    const pathname = requestUrl(request)?.pathname
    const file = files.get(pathname === '/' ? '/index.html' : (pathname ?? ''))
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(response, 405)
    if (!file) return answer(response, 404)
    const zipped = /\bgzip\b/.test(String(request.headers['accept-encoding']))
    const body = zipped ? file.gzip : file.plain
    response.writeHead(200, {
      ...securityHeaders,
      'Content-Type': file.type,
      'Content-Length': body.length,
      'Cache-Control': file.forever ? 'public, max-age=31536000, immutable' : 'no-cache',
      Vary: 'Accept-Encoding',
      ...(zipped ? { 'Content-Encoding': 'gzip' } : {}),
    })
    response.end(request.method === 'HEAD' ? undefined : body)
  }
}

export function answer(response: ServerResponse, status: number): void {
  response.writeHead(status, { ...securityHeaders, 'Content-Length': 0 })
  response.end()
}

function readFiles(directory: string): ReadonlyMap<string, File> {
  const names = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && Object.hasOwn(types, extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name))
  return new Map(
    names.map((name) => {
      const plain = readFileSync(name)
      const path = name.slice(directory.length).replaceAll('\\', '/').replace(/^\/*/, '/')
      return [
        path,
        {
          type: types[extname(name)] ?? '',
          plain,
          gzip: gzipSync(plain, { level: 9 }),
          forever: path.startsWith('/assets/'),
        },
      ]
    }),
  )
}
