/** Lines of one letter that are commands, when a person types. */
import { Transform, type Readable } from 'node:stream'
import type { TlsSocket } from '@mortise/tls-node'

const commandPattern = /^([KkQ])\r?\n$/

/**
 * What a person types, without the commands: `K` updates the keys of both sides, `k` ours alone, `Q` ends.
 * @param failed told what became of a command
 */
export function withoutCommands(
  keyboard: Readable,
  tls: Pick<TlsSocket, 'updateKeys'>,
  failed: (error: unknown) => void,
): Readable {
  let begun = false
  const rest = new Transform({
    // A terminal hands out whole lines; a Ctrl-D in the middle of one hands out what there is of it
    transform: (chunk: Buffer, _, done) => {
      const command = begun ? undefined : commandPattern.exec(chunk.toString('latin1'))?.[1]
      begun = !chunk.toString('latin1').endsWith('\n')
      if (command === undefined) return done(null, chunk)
      if (command === 'Q') {
        keyboard.unpipe(rest)
        rest.end()
      } else tls.updateKeys({ requestPeer: command === 'K' }).catch(failed)
      done()
    },
  })
  return keyboard.pipe(rest)
}
