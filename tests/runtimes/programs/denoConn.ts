/** Connects over a `Deno.Conn`, which is a stream of bytes as it is: arguments are the port and the file with the authority. */
import { detectWebcrypto } from '@mortise/crypto-webcrypto'
import { certificatesFromPem, connect, type ByteStream } from '@mortise/tls'

declare const Deno: {
  readonly args: readonly string[]
  readonly connect: (target: { readonly hostname: string; readonly port: number }) => Promise<ByteStream>
  readonly readTextFile: (path: string) => Promise<string>
}

const [port = '', authority = ''] = Deno.args
const connection = await connect(await Deno.connect({ hostname: '127.0.0.1', port: Number(port) }), {
  provider: await detectWebcrypto(),
  serverName: 'localhost',
  anchors: certificatesFromPem(await Deno.readTextFile(authority)),
  alpn: ['echo'],
})
await connection.writable.getWriter().write(new TextEncoder().encode('hello'))
const { value } = await connection.readable.getReader().read()
console.log(JSON.stringify({ text: new TextDecoder().decode(value), alpn: connection.info.alpn }))
await connection.close()
