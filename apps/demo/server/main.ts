/** `npm start`: builds the page, starts its companion, and prints where it is. `PORT` chooses the port. */
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { startDemo } from './startDemo.ts'
import { configuredTargets } from './targets/configured.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const defaultPort = 8013

await build({ root, configFile: `${root}/vite.config.ts`, logLevel: 'error' })
const demo = await start(process.env['PORT'] === undefined ? defaultPort : Number(process.env['PORT']))
console.log(`The demo is at ${demo.address} (Ctrl-C ends it)`)
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    demo.close()
    process.exit(0)
  })

/** At the usual port, or at any other if that is taken and none was asked for. */
async function start(port: number): ReturnType<typeof startDemo> {
  const options = { directory: `${root}/dist`, configured: configuredTargets(process.env) }
  try {
    return await startDemo({ ...options, port })
  } catch (error) {
    if (process.env['PORT'] !== undefined) throw error
    return startDemo(options)
  }
}
