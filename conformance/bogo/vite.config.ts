import { defaultServerConditions, defineConfig } from 'vite'

/** One file that starts fast: the runner starts the shim thousands of times. */
export default defineConfig({
  ssr: {
    noExternal: true,
    resolve: { conditions: ['@mortise/source', ...defaultServerConditions] },
  },
  build: {
    ssr: 'src/shim.ts',
    target: 'node20',
    minify: false,
    rolldownOptions: { output: { entryFileNames: 'shim.js', codeSplitting: false } },
  },
})
