/** Reading with a synchronous AEAD: a plain loop, no promise anywhere, one record after the other. */
import type { SyncAeadKey } from '@mortise/crypto'
import { ContentType } from '@mortise/wire'
import type { EncryptionLevel } from '../epoch.ts'
import type { RecordHeader } from '../framing.ts'
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
  const associatedData = new Uint8Array(headerLength)
  let sequenceNumber = 0

  function open(sealed: Uint8Array): Uint8Array | undefined {
    const inner = key.open(traffic.nonce(sequenceNumber), associatedData, sealed)
    if (inner) sequenceNumber++
    return inner
  }

  /** RFC 9846 §5.2: the header as it came. Each view less is a tenth less for the collector to do. */
  function setAssociatedData({ type, version, length }: RecordHeader): void {
    associatedData[0] = type
    associatedData[1] = version >> 8
    associatedData[2] = version
    associatedData[3] = length >> 8
    associatedData[4] = length
  }

  return {
    next() {
      for (;;) {
        const message = content.nextMessage()
        if (message) return message
        const header = framing.header()
        if (!header) return undefined
        rules.checkHeader(header)
        const isProtected = header.type === ContentType.application_data
        if (isProtected) setAssociatedData(header)
        const record = framing.take(false, isProtected ? headerLength : 0)
        if (!record) return undefined
        const event = isProtected
          ? acceptOpened(state, traffic, epoch, record.length, open(record))
          : rules.acceptClear(record)
        if (event) return event
      }
    },
    ahead: () => 0,
    rewind() {},
    retire: traffic.destroy,
  }
}
