/** The companion outlives whatever it is asked for. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startDemo, type Demo } from '../server/startDemo.ts'

describe('the companion', () => {
  let demo: Demo
  beforeAll(async () => {
    demo = await startDemo({ directory: inject('builtPage') })
  })
  afterAll(() => demo.close())

  /** The status line that these lines are answered with. */
  async function ask(...lines: readonly string[]): Promise<string> {
    const { hostname, port } = new URL(demo.address)
    const socket = connect({ host: hostname, port: Number(port) })
    socket.write(`${lines.join('\r\n')}\r\n\r\n`)
    const [answer] = (await once(socket, 'data')) as [Buffer]
    socket.destroy()
    return answer.toString('latin1').split('\r\n')[0] ?? ''
  }

  it.each(['//', '/%', '/../server/main.ts', '/..%2fpackage.json', '*', 'http://[/', '/assets'])(
    'has nothing at %s',
    async (path) => {
      expect(await ask(`GET ${path} HTTP/1.1`, 'Host: x', 'Connection: close')).toMatch(/ 40[04] /)
      expect((await fetch(demo.address)).status).toBe(200)
    },
  )

  it.each(['//', 'http://[/', '/relay?target=%', '/watch?watch'])('upgrades nothing at %s', async (path) => {
    const { host, origin } = new URL(demo.address)
    const status = await ask(
      `GET ${path} HTTP/1.1`,
      `Host: ${host}`,
      `Origin: ${origin}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
    )
    expect(status).toMatch(/ 40[034] /)
    expect((await fetch(demo.address)).status).toBe(200)
  })

  it('takes no other methods, and says its policy with every answer', async () => {
    expect(await ask('POST / HTTP/1.1', 'Host: x', 'Content-Length: 0')).toContain(' 405 ')
    for (const path of ['', 'targets.json', 'nowhere']) {
      const { headers } = await fetch(new URL(path, demo.address))
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  it('sends files packed to who takes that, and plain to who does not', async () => {
    const length = async (encoding: string): Promise<number> =>
      Number(
        (await fetch(demo.address, { headers: { 'accept-encoding': encoding } })).headers.get(
          'content-length',
        ),
      )
    expect(await length('gzip')).toBeLessThan(await length('identity'))
  })
})
