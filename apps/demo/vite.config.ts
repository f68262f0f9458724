import { defaultClientConditions, defineConfig, type Plugin } from 'vite'
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

export default defineConfig({
  base: './',
  resolve: { conditions: ['@mortise/source', ...defaultClientConditions] },
  plugins: [policyInPage],
  worker: { format: 'es' },
  build: { target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
})
