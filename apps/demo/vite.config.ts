import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'
import { contentSecurityPolicy } from './server/policy.ts'

/** The policy goes into the page as well, for who serves it without our server. */
const policyInPage: Plugin = {
  name: 'policy-in-page',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
      injectTo: 'head-prepend',
    },
  ],
}

/** What `@peculiar/webcrypto` takes of Node, and where it is to be had here. Nobody else gets any of it. */
const played: Readonly<Record<string, string>> = {
  'node:buffer': fileURLToPath(new URL('../../node_modules/buffer/index.js', import.meta.url)),
  'node:crypto': fileURLToPath(new URL('src/peculiar/nodeCrypto.ts', import.meta.url)),
  'node:process': fileURLToPath(new URL('src/peculiar/nodeProcess.ts', import.meta.url)),
}

const nodeForPeculiar: Plugin = {
  name: 'node-for-peculiar',
  enforce: 'pre',
  resolveId: (source, importer) => (importer?.includes('/@peculiar/webcrypto/') ? played[source] : undefined),
}

export default defineConfig({
  base: './',
  // Without `production`, with which errors would say their codes alone: the page shows their sentences to people
  resolve: { conditions: ['@mortise/source', 'module', 'browser'] },
  plugins: [policyInPage, nodeForPeculiar],
  worker: { format: 'es', plugins: () => [nodeForPeculiar] },
  build: { target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
})
