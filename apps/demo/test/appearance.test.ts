/** Every view in both themes and on a phone: accessible, within the window, quiet, and pictured for people to look at. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { contentSecurityPolicy } from '../server/policy.ts'
import { accessibilityFindings, hasBrowser, openPage, setStage, takePicture, type Stage } from './pages.ts'

describe.skipIf(!hasBrowser)('the page', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await setStage()
  })
  afterAll(() => stage.close())

  const sizes = { desktop: { width: 1440, height: 1100 }, phone: { width: 390, height: 844 } }
  const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
    (['desktop', 'phone'] as const).map((size) => [colorScheme, size] as const),
  )

  it.each(looks)('%s, %s: accessible, and no wider than the window', async (colorScheme, size) => {
    const { page, complaints, close } = await openPage(stage, { colorScheme, ...sizes[size] })
    const check = async (name: string): Promise<void> => {
      await takePicture(page, `${name}-${colorScheme}-${size}`)
      // Themes differ in contrast, and sizes do not: what axe-core has seen once is not looked at again
      const findings = size === 'desktop' ? await accessibilityFindings(page) : []
      expect(findings, name).toEqual([])
      const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(await overflow(), name).toBeLessThanOrEqual(0)
    }
    await page.getByRole('heading', { name: 'Connected' }).waitFor()
    await check('handshake')
    if (size === 'phone') await page.getByText('Settings', { exact: true }).click()
    await page.selectOption('select[name=fault]', 'peerOmits')
    await page.getByRole('heading', { name: 'The client refuses Finished' }).waitFor()
    await check('failure')
    await page.getByRole('link', { name: 'Real server' }).click()
    await page.getByRole('button', { name: 'Connect' }).click()
    await page.locator('.verified').waitFor()
    await check('server')
    await page.getByRole('link', { name: 'Backends' }).click()
    await page.getByRole('button', { name: 'Measure' }).click()
    await expect.poll(() => page.locator('.chart .rate').count()).toBeGreaterThan(1)
    if (colorScheme === 'light' && size === 'desktop') await measureAll(page)
    else {
      await page.getByRole('button', { name: 'Cancel' }).click()
      await page.getByText('Cancelled.').waitFor()
    }
    await check('backends')
    expect(complaints).toEqual([])
    await close()
  })

  it('in Chinese, too', async () => {
    const { page, complaints, close } = await openPage(stage, { locale: 'zh-CN', ...sizes.phone })
    await page.getByRole('heading', { name: '已连接' }).waitFor()
    await takePicture(page, 'chinese-light-phone')
    expect(await accessibilityFindings(page)).toEqual([])
    expect(complaints).toEqual([])
    await close()
  })

  it('loads in under 200 kB of gzip, all parts of the handshake view together', async () => {
    const context = await stage.browser.newContext()
    const page = await context.newPage()
    const bodies: Promise<number>[] = []
    page.on('response', (response) =>
      bodies.push(
        response
          .request()
          .sizes()
          .then((size) => size.responseBodySize),
      ),
    )
    await page.goto(stage.demo.address)
    await page.getByRole('heading', { name: 'Connected' }).waitFor()
    const total = (await Promise.all(bodies)).reduce((sum, size) => sum + size, 0)
    console.log(`the handshake view loads ${(total / 1000).toFixed(1)} kB in ${bodies.length} responses`)
    expect(bodies.length).toBeGreaterThan(3)
    expect(total).toBeLessThan(200_000)
    await context.close()
  })

  it('works without its companion, but for the relay: by its own policy, from any folder', async () => {
    const html = readFileSync(join(inject('builtPage'), 'index.html'), 'utf8')
    expect(html.replaceAll('&#39;', "'")).toContain(`content="${contentSecurityPolicy}"`)
    expect(contentSecurityPolicy).not.toMatch(/unsafe|\*|https?:/)
    // Nothing inline that the policy would have to allow, nothing absolute that ties it to one place
    expect(html).not.toMatch(/<style|style=|<script(?![^>]*src=)|(?:src|href)="\//)
    const context = await stage.browser.newContext()
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('pageerror', ({ message }) => complaints.push(message))
    await page.route('**/targets.json', (route) => route.fulfill({ status: 404, body: '' }))
    await page.goto(`${stage.demo.address}#server`)
    await page.getByText('There is no relay here').waitFor()
    await page.getByRole('link', { name: 'Handshake' }).click()
    await page.getByRole('heading', { name: 'Connected' }).waitFor()
    expect(complaints).toEqual([])
    await context.close()
  })
})

/** Waits for the end of a measurement, which has to have a rate for everything. */
async function measureAll(page: Page): Promise<void> {
  await page.getByText('Done.').waitFor()
  const rates = await page.locator('.numbers td').allInnerTexts()
  expect(rates).toHaveLength(8)
  for (const rate of rates) expect(Number(rate)).toBeGreaterThan(0)
}
