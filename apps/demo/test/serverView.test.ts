/** A real server from the page: what it says, what the relay sees of it, and what happens if it can't be trusted. */
import { nodeCrypto } from '@mortise/crypto-node'
import { testAuthority } from '@mortise/testing'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { defaultRelayLimits } from '../server/relay/limits.ts'
import { startDemo } from '../server/startDemo.ts'
import { hasBrowser, openPage, setStage, type Opened, type Stage } from './pages.ts'
import { mortiseServer, opensslServer, postgresServer, postgresWithoutTls, type Peer } from './peers.ts'

describe.skipIf(!hasBrowser)('the view of a real server', () => {
  let stage: Stage
  let opened: Opened
  let peers: readonly Peer[]
  let plain: Awaited<ReturnType<typeof postgresWithoutTls>>
  let hasOpenssl = false

  beforeAll(async () => {
    const [openssl, mortise, postgres, withoutTls] = await Promise.all([
      opensslServer(),
      mortiseServer(),
      postgresServer(),
      postgresWithoutTls(),
    ])
    plain = withoutTls
    hasOpenssl = openssl !== undefined
    peers = [...(openssl ? [openssl] : []), mortise, postgres, plain]
    const host = '127.0.0.1'
    const https = { kind: 'https', host } as const
    stage = await setStage({
      configured: [
        ...(openssl ? [{ ...https, name: 'openssl', port: openssl.port, anchors: [openssl.anchor] }] : []),
        { ...https, name: 'mortise', port: mortise.port, anchors: [mortise.anchor] },
        { ...https, name: 'stranger', port: mortise.port, anchors: [await otherAuthority()] },
        { ...https, name: 'unverified', port: mortise.port, anchors: [] },
        { ...https, name: 'absent', port: 1, anchors: [] },
        { name: 'postgres', kind: 'postgres', host, port: postgres.port, anchors: [postgres.anchor] },
        { name: 'plain', kind: 'postgres', host, port: plain.port, anchors: [] },
      ],
    })
    opened = await openPage(stage, { view: 'server' })
  })
  afterAll(async () => {
    await opened.close()
    await stage.close()
    for (const { close } of peers) await close()
  })

  async function look(at: (page: Page) => Promise<void>): Promise<void> {
    const { page, complaints } = opened
    await page.reload()
    await at(page)
    expect(complaints).toEqual([])
  }

  const connect = async (page: Page, target: string): Promise<void> => {
    await page.selectOption('select[name=target]', target)
    await page.getByRole('button', { name: 'Connect' }).click()
    await page.locator('.result').waitFor()
  }
  const resuming = (page: Page) => page.getByRole('button', { name: 'resuming' })
  const pageSide = (page: Page) => page.locator('section[aria-labelledby=page-side]')
  const relaySide = (page: Page) => page.locator('section[aria-labelledby=relay-side]')

  it.each(['https-node', 'https-peculiar'])(
    '%s: the page reads it, the relay does not, and a second connection resumes',
    async (target) => {
      await look(async (page) => {
        await connect(page, target)
        const text = await pageSide(page).innerText()
        expect(text).toContain('Verified: CN=localhost')
        expect(text).toContain('You have reached a real HTTPS server')
        expect(text).toMatch(/CertificateVerify/)
        const seen = await relaySide(page).innerText()
        expect(seen).not.toMatch(/CertificateVerify|HTTPS server/)
        expect(seen).not.toContain(Buffer.from('You have reached').toString('hex'))
        // ClientHello and ServerHello in the clear; both directions protected, close_notify of both included
        expect(seen.match(/^handshake$/gm)).toHaveLength(2)
        expect(seen.match(/^application_data$/gm)?.length).toBeGreaterThanOrEqual(6)
        await resuming(page).waitFor()
        await connect(page, target)
        await page.locator('dt', { hasText: 'Resumed' }).waitFor()
        expect(await pageSide(page).innerText()).not.toMatch(/CertificateVerify/)
      })
    },
  )

  it.each(['webcrypto', 'noble', 'mixed'])('with %s in the page', async (provider) => {
    await look(async (page) => {
      await page.selectOption('select[name=pageProvider]', provider)
      await connect(page, 'https-node')
      await page.locator('.verified').waitFor()
    })
  })

  it("OpenSSL's s_server", async ({ skip }) => {
    if (!hasOpenssl) skip('there is no openssl')
    await look(async (page) => {
      await connect(page, 'openssl')
      const text = await pageSide(page).innerText()
      expect(text).toContain('Verified: CN=127.0.0.1')
      expect(text).toMatch(/TLSv1\.3/)
    })
  })

  it('mortise serve', async () => {
    await look(async (page) => {
      await connect(page, 'mortise')
      expect(await pageSide(page).innerText()).toContain('You are connected')
    })
  })

  it('PostgreSQL, which speaks in the clear first', async () => {
    await look(async (page) => {
      await connect(page, 'postgres')
      expect(await pageSide(page).innerText()).toContain('Authentication: SCRAM-SHA-256')
      expect(await relaySide(page).innerText()).toMatch(/^bytes$/m)
    })
  })

  it('a server that gives no tickets, as PostgreSQL does not: nothing is said to be resumed', async () => {
    await look(async (page) => {
      await connect(page, 'postgres')
      await page.getByRole('button', { name: 'Connect', exact: true }).waitFor()
      expect(await resuming(page).count()).toBe(0)
    })
  })

  it('PostgreSQL that has no TLS: that is said, and nothing is left open', async () => {
    await look(async (page) => {
      await page.selectOption('select[name=target]', 'plain')
      await page.getByRole('button', { name: 'Connect' }).click()
      await page.locator('.note.bad', { hasText: 'the server does not speak TLS' }).waitFor()
      await expect.poll(() => plain.connections()).toBe(0)
    })
  })

  it.each([
    ['stranger', /The connection failed: .*certificate/],
    ['absent', /The connection failed/],
  ])('a server that is none of ours: %s', async (target, words) => {
    await look(async (page) => {
      await page.selectOption('select[name=target]', target)
      await page.getByRole('button', { name: 'Connect' }).click()
      await page.locator('.note.bad', { hasText: words }).waitFor()
      expect(await pageSide(page).innerText()).not.toContain('Response')
    })
  })

  describe('the relay, asked by a page itself', () => {
    /** How a WebSocket ends that says this much as soon as it is open. */
    const ending = (page: Page, address: string, bytes = 0): Promise<{ opened: boolean; code: number }> =>
      page.evaluate(
        ([url, length]) =>
          new Promise<{ opened: boolean; code: number }>((resolve) => {
            let wasOpen = false
            const socket = new WebSocket(url)
            socket.addEventListener('open', () => {
              wasOpen = true
              socket.send(new Uint8Array(length))
            })
            socket.addEventListener('close', ({ code }) => resolve({ opened: wasOpen, code }))
          }),
        [address, bytes] as const,
      )
    const relayAddress = (target: string): string =>
      `${stage.demo.address.replace('http', 'ws')}relay?target=${target}`
    const abnormal = 1006
    const tooMuch = 1009

    /** A page without our policy, so that it is the relay that refuses, and from where it is told to come. */
    async function strangePage(address: string): Promise<Page> {
      const context = await stage.browser.newContext({ bypassCSP: true })
      const page = await context.newPage()
      await page.goto(address)
      return page
    }

    it('refuses a target that is not in its list', async () => {
      const page = await strangePage(stage.demo.address)
      expect(await ending(page, relayAddress('example.org:443'))).toEqual({ opened: false, code: abnormal })
      await page.context().close()
    })

    it('refuses a page of another origin', async () => {
      const other = await startDemo({ directory: inject('builtPage') })
      const page = await strangePage(other.address)
      expect(await ending(page, relayAddress('https-node'))).toEqual({ opened: false, code: abnormal })
      await page.context().close()
      other.close()
    })

    it('ends a burst that is too large', async () => {
      const page = await strangePage(stage.demo.address)
      const burst = defaultRelayLimits.maxMessage + 1
      expect(await ending(page, relayAddress('https-node'), burst)).toEqual({ opened: true, code: tooMuch })
      await page.context().close()
    })
  })

  it('a server for which no authority is configured is said to be unverified', async () => {
    await look(async (page) => {
      await connect(page, 'unverified')
      await page.locator('.note.bad', { hasText: 'Nobody was verified' }).waitFor()
    })
  })
})

/** Whom nobody that is running here is of. */
async function otherAuthority(): Promise<Uint8Array> {
  return (await testAuthority(nodeCrypto(), Date.now(), 'p384')).certificate
}
