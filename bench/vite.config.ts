import { defaultServerConditions, defineConfig } from 'vite'

/** One file without types, so that the oldest Node we support runs it as well as the pinned one. */
export default defineConfig({
  ssr: {
    noExternal: true,
    resolve: { conditions: ['@mortise/source', ...defaultServerConditions] },
  },
  build: {
    ssr: 'src/main.ts',
    target: 'node20',
    minify: false,
    sourcemap: true,
    rolldownOptions: { output: { entryFileNames: 'bench.js', codeSplitting: false } },
  },
})
