import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { playwright } from '@vitest/browser-playwright'
import { defaultClientConditions, defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'

/** Workspace packages resolve to their TypeScript sources, so that tests need no build. */
const source = '@mortise/source'

const packages = readdirSync('packages').filter((name) => existsSync(`packages/${name}/package.json`))

/** Packages whose whole test suites run in a browser as well: `npm run test:browser`. */
const inBrowsers = ['wire', 'crypto-noble', 'crypto-webcrypto', 'record', 'handshake', 'tls']

/** The machine's own Chromium, so that nothing has to be downloaded. */
const chromium =
  process.env['CHROMIUM'] ??
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(folder, name)))
    .find((file) => existsSync(file))

export default defineConfig({
  resolve: { conditions: [source, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [source, ...defaultServerConditions], externalConditions: [source] } },
  test: {
    testTimeout: 60_000, // what hangs must end; how fast a machine is must not matter
    hookTimeout: 60_000,
    projects: [
      ...packages.map((name) => ({
        extends: true as const, // without this a project ignores the conditions above
        test: { name, root: `packages/${name}`, include: ['src/**/*.test.ts'] },
      })),
      {
        extends: true as const,
        test: {
          name: 'demo',
          root: 'apps/demo',
          include: ['test/**/*.test.ts'],
          globalSetup: [new URL('apps/demo/test/buildPage.ts', import.meta.url).pathname],
          expect: { poll: { timeout: 30_000 } },
        },
      },
      {
        extends: true as const,
        test: { name: 'bogo', root: 'conformance/bogo/scripts', include: ['*.test.ts'] },
      },
      {
        extends: true as const,
        test: {
          name: 'tests',
          root: 'tests',
          include: ['**/*.test.ts'],
          exclude: ['browser/**', '**/node_modules/**'],
        },
      },
      {
        extends: true as const,
        test: {
          name: 'browser',
          include: [
            ...inBrowsers.map((name) => `packages/${name}/src/**/*.test.ts`),
            'tests/browser/**/*.test.ts',
          ],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              // A container has no user namespaces for Chromium's sandbox; what runs in it are our own tests
              launchOptions: { ...(chromium && { executablePath: chromium }), args: ['--no-sandbox'] },
            }),
            instances: [{ browser: 'chromium' as const }],
          },
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['**/src/**/*.ts'], // matched in each project's root: a longer path would leave out files that no test imports
      exclude: ['**/*.test.ts', '**/fixtures/**'],
      reporter: ['text-summary', 'json-summary', 'html'],
    },
  },
})
