/** The built page with its companion, in the machine's Chromium. Where there is none, the tests say so and are skipped. */
import { existsSync, mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'
import { inject } from 'vitest'
import { startDemo, type Demo, type DemoOptions } from '../server/startDemo.ts'

/** Ignored by git: to be looked at. */
const screenshots = fileURLToPath(new URL('screenshots', import.meta.url))

const executablePath =
  process.env['CHROMIUM'] ??
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(folder, name)))
    .find((file) => existsSync(file))

export const hasBrowser: boolean = executablePath !== undefined
if (!hasBrowser) console.warn('WARNING: no chromium: the tests of the page are skipped')

export interface Stage {
  readonly demo: Demo
  readonly browser: Browser
  readonly close: () => Promise<void>
}

export async function setStage(options: Partial<DemoOptions> = {}): Promise<Stage> {
  const demo = await startDemo({ directory: inject('builtPage'), ...options })
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox'], // a container has no user namespaces; what runs in it is our own page
  })
  return {
    demo,
    browser,
    close: async () => {
      await browser.close()
      demo.close()
    },
  }
}

export interface OpenOptions {
  readonly view?: 'handshake' | 'server' | 'backends'
  readonly colorScheme?: 'light' | 'dark'
  readonly width?: number
  readonly height?: number
  readonly locale?: string
}

export interface Opened {
  readonly page: Page
  /** Whatever should not be: errors of scripts, of the console, of requests; and requests to other hosts. */
  readonly complaints: readonly string[]
  readonly close: () => Promise<void>
}

export async function openPage({ demo, browser }: Stage, options: OpenOptions = {}): Promise<Opened> {
  const { view = 'handshake', colorScheme = 'light', width = 1440, height = 1000, locale = 'en' } = options
  const context = await browser.newContext({
    colorScheme,
    viewport: { width, height },
    locale,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const complaints: string[] = []
  const host = new URL(demo.address).host
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('requestfailed', (request) => {
    // Who reloads a page gives up what it was still asking for
    const why = request.failure()?.errorText
    if (why !== 'net::ERR_ABORTED') complaints.push(`${why}: ${request.url()}`)
  })
  page.on('request', (request) => {
    if (new URL(request.url()).host !== host) complaints.push(`another host: ${request.url()}`)
  })
  await page.goto(`${demo.address}#${view}`)
  return { page, complaints, close: () => context.close() }
}

/** Findings of axe-core that are serious, or worse. */
export async function accessibilityFindings(page: Page): Promise<readonly string[]> {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as {
      axe: {
        run: (context: object) => Promise<{
          violations: { id: string; impact: string; nodes: { target: string[]; failureSummary: string }[] }[]
        }>
      }
    }
    // Of thousands of bytes and fields that are all alike, the first are looked at
    const { violations } = await checker.run({
      exclude: ['.hex .row:nth-child(n+3)', '.fields li:nth-child(n+12)'],
    })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
      )
  })
}

export async function takePicture(page: Page, name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true })
  await page.screenshot({ path: join(screenshots, `${name}.png`) })
}
