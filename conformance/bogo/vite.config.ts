import { defineConfig } from 'vite'

/** One file that starts fast: the runner starts the shim thousands of times. */
export default defineConfig({
  ssr: {
    noExternal: true,
    // Without `production`, with which errors would say their codes alone
    resolve: { conditions: ['@mortise/source', 'module', 'node'] },
  },
  build: {
    ssr: 'src/shim.ts',
    target: 'node20',
    minify: false,
    rolldownOptions: { output: { entryFileNames: 'shim.js', codeSplitting: false } },
  },
})
