/** Writing with a synchronous AEAD: a plain loop that seals each record straight into the one output buffer. */
import type { SyncAeadKey } from '@mortise/crypto'
import { ContentType } from '@mortise/wire'
import { headerLength } from '../limits.ts'
import type { TrafficKey } from '../trafficKey.ts'
import { cut, fragmentAt } from './fragments.ts'
import { setHeader } from './header.ts'
import { paddingOf, type Protect, type WriterState } from './protect.ts'
import { createTrailers } from './trailer.ts'

export function protectSync(state: WriterState, traffic: TrafficKey<SyncAeadKey>): Protect {
  const { key, nonce } = traffic
  const { tagLength } = traffic.aead
  const header = new Uint8Array(headerLength)
  const trailers = createTrailers()
  let sequenceNumber = 0

  return {
    write(type, content, size) {
      const limit = state.maxInnerPlaintext() - 1
      const fragments = cut(content.length, Math.min(size, limit), 1 + tagLength, paddingOf(state, limit))
      const out = state.allocate(fragments.total)
      let at = 0
      // Views of a Buffer are several times as dear
      const plain = new Uint8Array(content.buffer, content.byteOffset, content.length)
      for (let index = 0; index < fragments.count; index++) {
        const fragment = fragmentAt(plain, fragments, index)
        const trailer = trailers(type, fragments.paddings?.[index] ?? 0)
        const length = fragment.length + trailer.length + tagLength
        setHeader(header, ContentType.application_data, length)
        out.set(header, at)
        key.sealInto(nonce(sequenceNumber++), header, fragment, trailer, out, at + headerLength)
        at += headerLength + length
      }
      return out
    },
    records: () => sequenceNumber,
    retire: traffic.destroy,
  }
}
