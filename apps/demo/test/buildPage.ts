/** Builds the page once for all test files, apart from where `npm run build` does, which may run at the same time. */
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder of the built page. */
    builtPage: string
  }
}

const root = fileURLToPath(new URL('..', import.meta.url))

export async function setup({ provide }: TestProject): Promise<void> {
  const outDir = fileURLToPath(new URL('../../../node_modules/.cache/demo-page', import.meta.url))
  await build({
    root,
    configFile: `${root}/vite.config.ts`,
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  })
  provide('builtPage', outDir)
}
