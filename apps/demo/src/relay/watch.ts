/** The relay's own account of a connection of ours. */
import { recordCutter, type SeenRecord } from './recordCutter.ts'
import { socketAddress } from './socketAddress.ts'

export interface RelayWatch {
  /** To be named when the connection is made. */
  readonly id: string
  /** Ends the watch, once the relay has told the end of the connection too. */
  readonly close: () => Promise<void>
}

type Told =
  | { readonly kind: 'watching' | 'open' | 'close' }
  | {
      readonly kind: 'bytes'
      readonly from: SeenRecord['from']
      readonly length: number
      readonly bytes: string
    }

const idLength = 16
/** Milliseconds that the relay gets to tell the end. */
const patience = 1000

/** Settles when the relay is ready to tell. */
export async function watchRelay(seen: (records: readonly SeenRecord[]) => void): Promise<RelayWatch> {
  const id = crypto
    .getRandomValues(new Uint8Array(idLength))
    .reduce((text, byte) => text + byte.toString(16).padStart(2, '0'), '')
  const cutters = { page: recordCutter('page'), target: recordCutter('target') }
  const socket = new WebSocket(socketAddress('watch', { watch: id }))
  const over = new Promise<void>((resolve) => {
    socket.addEventListener('close', () => resolve())
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
      if ((JSON.parse(data) as Told).kind === 'close') resolve()
    })
  })
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('error', () => reject(new Error('the relay can not be reached')))
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const told = JSON.parse(data) as Told
      if (told.kind === 'watching') resolve()
      if (told.kind === 'bytes')
        seen(
          cutters[told.from](
            Uint8Array.from(atob(told.bytes), (c) => c.charCodeAt(0)),
            told.length,
          ),
        )
    })
  })
  return {
    id,
    close: async () => {
      await Promise.race([over, new Promise((resolve) => setTimeout(resolve, patience))])
      socket.close()
    },
  }
}
