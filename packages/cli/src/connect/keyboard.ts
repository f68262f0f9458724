/** Lines of one letter that are commands, when a person types. */
import { Transform, type Readable } from 'node:stream'
import type { TlsSocket } from '@mortise/tls-node'

/**
 * What a person types, without the commands: `K` updates the keys of both sides, `k` ours alone, `Q` ends.
 * @param failed told what became of a command
 */
export function withoutCommands(
  keyboard: Readable,
  tls: Pick<TlsSocket, 'updateKeys'>,
  failed: (error: unknown) => void,
): Readable {
  const rest = new Transform({
    // A terminal hands out whole lines
    transform: (chunk: Buffer, _, done) => {
      const line = chunk.toString('latin1').replace(/\r?\n$/, '')
      if (line === 'K' || line === 'k') tls.updateKeys({ requestPeer: line === 'K' }).catch(failed)
      if (line === 'Q') {
        keyboard.unpipe(rest)
        rest.end()
      }
      if (/^[KkQ]$/.test(line)) done()
      else done(null, chunk)
    },
  })
  return keyboard.pipe(rest)
}
