/** The companion's files: anybody can ask for anything, and that never ends the process. */
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { serveFiles } from '../server/staticFiles.ts'

const directory = mkdtempSync(join(tmpdir(), 'demo-files-'))
writeFileSync(join(directory, 'index.html'), '<!doctype html>')
const server = createServer(serveFiles(directory))

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => {
  server.close()
  rmSync(directory, { recursive: true })
})

async function get(path: string, method = 'GET'): Promise<IncomingMessage> {
  const { port } = server.address() as AddressInfo
  const asking = request({ host: '127.0.0.1', port, path, method })
  asking.end()
  const [response] = (await once(asking, 'response')) as [IncomingMessage]
  response.resume()
  return response
}

it('serves the page, with its policy', async () => {
  const { statusCode, headers } = await get('/')
  expect(statusCode).toBe(200)
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; .*frame-ancestors 'none'$/)
})

it.each(['//', '///', '/../../etc/passwd', '/%2e%2e/x', '/nothing', '/index.html%00', 'http://['])(
  'has no %s',
  async (path) => {
    expect((await get(path)).statusCode).toBe(404)
  },
)

it('takes no other methods', async () => {
  expect((await get('/', 'POST')).statusCode).toBe(405)
})
