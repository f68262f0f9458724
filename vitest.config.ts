import { existsSync, readdirSync } from 'node:fs'
import { defaultClientConditions, defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'

/** Workspace packages resolve to their TypeScript sources, so that tests need no build. */
const source = '@mortise/source'

const packages = readdirSync('packages').filter((name) => existsSync(`packages/${name}/package.json`))

export default defineConfig({
  resolve: { conditions: [source, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [source, ...defaultServerConditions], externalConditions: [source] } },
  test: {
    projects: [
      ...packages.map((name) => ({
        extends: true as const, // without this a project ignores the conditions above
        test: { name, root: `packages/${name}`, include: ['src/**/*.test.ts'] },
      })),
      {
        extends: true as const,
        test: { name: 'tests', root: 'tests', include: ['**/*.test.ts'], testTimeout: 60_000 },
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
