import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'

export interface BundleOptions {
  /** Whether the condition `production` is set, as Vite, webpack and Parcel do for pages that are published. */
  readonly production: boolean
  /** Whether it is for a server, and the condition `node` is set. Default: for a page. */
  readonly node?: boolean
}

/** The module of a page that connects, with no more of us than that takes. */
export const browserClient = `
  import { connect } from '@mortise/tls'
  import { detectWebcryptoWithoutPrivateKeys } from '@mortise/crypto-webcrypto'
  export const open = async (stream, options) => connect(stream, { provider: await detectWebcryptoWithoutPrivateKeys(), ...options })
`

/** What a browser is sent of a module that imports from here, or a server runs of it, minified. */
export async function bundle(entry: string, { production, node = false }: BundleOptions): Promise<string> {
  const id = '\0entry.js'
  const result = await build({
    configFile: false,
    logLevel: 'error',
    resolve: {
      conditions: [
        '@mortise/source',
        'module',
        'import',
        node ? 'node' : 'browser',
        ...(production ? ['production'] : []),
      ],
    },
    plugins: [
      {
        name: 'entry',
        resolveId: (source) => (source === 'entry' ? id : undefined),
        load: (source) => (source === id ? entry : undefined),
      },
    ],
    build: {
      write: false,
      minify: true,
      target: 'es2023',
      rolldownOptions: { input: 'entry', preserveEntrySignatures: 'strict', output: { format: 'es' } },
    },
  })
  if (!('output' in result)) throw new Error('no output')
  return result.output.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join('')
}

/** What such a bundle exports, imported here; and its code. */
export async function importBundle<Module extends object>(
  entry: string,
  options: BundleOptions,
): Promise<Module & { readonly code: string }> {
  const code = await bundle(entry, options)
  const folder = mkdtempSync(join(tmpdir(), 'mortise-bundle-'))
  try {
    const file = join(folder, 'bundle.mjs')
    writeFileSync(file, code)
    return { code, ...((await import(pathToFileURL(file).href)) as Module) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
