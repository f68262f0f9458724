/**
 * The programs that other people's TLS comes in. Tests of one that is missing are skipped, and counted as that; its
 * `note` stands in their title: `skipped: gnutls-cli not found`.
 */
import { existsSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Program {
  readonly missing: boolean
  readonly note: string
  /** @throws Error if it is missing */
  readonly path: () => string
}

export const openssl: Program = found('openssl', inPath('openssl'))
export const gnutlsClient: Program = found('gnutls-cli', inPath('gnutls-cli'))
export const gnutlsServer: Program = found('gnutls-serv', inPath('gnutls-serv'))
export const curl: Program = found('curl', inPath('curl'))

/** Gives a program a terminal; that of util-linux, since others want other arguments. */
export const script: Program = found('script', process.platform === 'linux' ? inPath('script') : undefined)

/** Whichever Node runs the tests, this is the one that has hybrid groups. */
export const pinnedNode: Program = found('the pinned node', installed('../../node_modules/.bin/node'))

/** A port that is free now, for programs that can't say which they took. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

function found(name: string, path: string | undefined): Program {
  return {
    missing: path === undefined,
    get note() {
      if (path !== undefined) return ''
      console.warn(`skipped: ${name} not found`) // since not every reporter names what it skips
      return `, skipped: ${name} not found`
    },
    path: () => {
      if (path === undefined) throw new Error(`${name} not found`)
      return path
    },
  }
}

function inPath(name: string): string | undefined {
  const places = (process.env['PATH'] ?? '').split(delimiter)
  return places.map((place) => join(place, name)).find((path) => existsSync(path))
}

function installed(relative: string): string | undefined {
  const path = fileURLToPath(new URL(relative, import.meta.url))
  return existsSync(path) ? path : undefined
}
