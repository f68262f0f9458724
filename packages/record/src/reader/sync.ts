/** Reading with a synchronous AEAD: a plain loop, no promise anywhere, one record after the other. */
import type { SyncAeadKey } from '@mortise/crypto'
import { ContentType } from '@mortise/wire'
import type { EncryptionLevel } from '../epoch.ts'
import { headerLength } from '../limits.ts'
import type { TrafficKey } from '../trafficKey.ts'
import { acceptOpened, type ReaderState, type Unprotect } from './unprotect.ts'

export function unprotectSync(
  state: ReaderState,
  traffic: TrafficKey<SyncAeadKey>,
  epoch: EncryptionLevel,
): Unprotect {
  const { framing, content, rules } = state
  const { key } = traffic
  let sequenceNumber = 0

  function open(record: Uint8Array): Uint8Array | undefined {
    // RFC 9846 §5.2: the additional data is the header as it came
    const header = record.subarray(0, headerLength)
    const inner = key.open(traffic.nonce(sequenceNumber), header, record.subarray(headerLength))
    if (inner) sequenceNumber++
    return inner
  }

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
        const event =
          record[0] === ContentType.application_data
            ? acceptOpened(state, traffic, epoch, record, open(record))
            : rules.acceptClear(record)
        if (event) return event
      }
    },
    ahead: () => 0,
    rewind() {},
    retire: traffic.destroy,
  }
}
