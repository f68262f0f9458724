/** Writing before there are keys. */
import { headerLength, maxPlaintext } from '../limits.ts'
import { cut, fragmentAt } from './fragments.ts'
import type { Protect, WriterState } from './protect.ts'
import { setHeader } from './header.ts'

/** @param initialClientHello whether the first message is a ClientHello, whose records bear the version of TLS 1.0 */
export function protectNothing({ allocate }: WriterState, initialClientHello: boolean): Protect {
  const header = new Uint8Array(headerLength)
  let first = initialClientHello
  return {
    write(type, content, size) {
      const fragments = cut(content.length, Math.min(size, maxPlaintext), 0)
      const out = allocate(fragments.total)
      let at = 0
      for (let index = 0; index < fragments.count; index++) {
        const fragment = fragmentAt(content, fragments, index)
        setHeader(header, type, fragment.length)
        // RFC 9846 §5.1: the initial ClientHello SHOULD go in records of version 0x0301, all else is 0x0303
        if (first) header[2] = 1
        out.set(header, at)
        out.set(fragment, at + headerLength)
        at += headerLength + fragment.length
      }
      first = false
      return out
    },
    records: () => 0,
    retire() {},
  }
}
