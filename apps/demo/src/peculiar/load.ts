/**
 * `@peculiar/webcrypto` in a page. It is made for Node, on `node:crypto`; here noble plays that part (see `nodeCrypto.ts`,
 * which the build puts in its place), so that what it costs to go through WebCrypto in JavaScript can be seen.
 */
import { Buffer } from 'buffer/index.js'
import type { SigningProvider } from '@mortise/crypto'
import { detectWebcrypto } from '@mortise/crypto-webcrypto'

export async function loadPeculiar(): Promise<SigningProvider> {
  Object.assign(globalThis, { Buffer: globalThis.Buffer ?? Buffer }) // it takes the global one, too
  const { Crypto } = await import('@peculiar/webcrypto')
  return { ...(await detectWebcrypto({ crypto: new Crypto() })), name: 'peculiar' }
}
