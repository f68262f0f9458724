/** Transports in memory, for both ends of a connection in one process. */
import type { ByteStream } from '@mortise/tls'

/** Two ends: what is written to one is read from the other. A few chunks wait in each direction, no more. */
export function pipes(): readonly [ByteStream, ByteStream] {
  const strategy = { highWaterMark: 2 }
  const there = new TransformStream<Uint8Array, Uint8Array>({}, strategy, strategy)
  const back = new TransformStream<Uint8Array, Uint8Array>({}, strategy, strategy)
  return [
    { readable: back.readable, writable: there.writable },
    { readable: there.readable, writable: back.writable },
  ]
}

/** The transport, with everything that is sent through it kept. */
export function recorded(stream: ByteStream): { readonly stream: ByteStream; readonly sent: Uint8Array[] } {
  const sent: Uint8Array[] = []
  const copy = new TransformStream<Uint8Array, Uint8Array>({
    transform: (bytes, controller) => {
      sent.push(bytes.slice())
      controller.enqueue(bytes)
    },
  })
  void copy.readable.pipeTo(stream.writable).catch(() => {})
  return { stream: { readable: stream.readable, writable: copy.writable }, sent }
}

export async function readAll(readable: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of readable) chunks.push(chunk)
  return new Uint8Array(Buffer.concat(chunks))
}

/** Writes, and closes. */
export async function send(writable: WritableStream<Uint8Array>, bytes: Uint8Array): Promise<void> {
  const writer = writable.getWriter()
  await writer.write(bytes)
  await writer.close()
}
