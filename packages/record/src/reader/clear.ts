/** Reading before there are keys. */
import type { ReaderState, Unprotect } from './unprotect.ts'

export function unprotectNothing(state: ReaderState): Unprotect {
  const { framing, content, rules } = state
  return {
    next() {
      for (;;) {
        const message = content.nextMessage()
        if (message) return message
        const header = framing.header()
        if (!header) return undefined
        rules.checkHeader(header)
        const record = framing.take(false)
        if (!record) return undefined
        const event = rules.acceptClear(record)
        if (event) return event
      }
    },
    ahead: () => 0,
    rewind() {},
    retire() {},
  }
}
