/**
 * Runs in any runtime: both ends meet in memory, over Web Streams, with the runtime's own Web Crypto and with noble; and
 * that Web Crypto is held to the conformance suite. Prints one JSON object.
 */
import { noble } from '@mortise/crypto-noble'
import { detectWebcrypto } from '@mortise/crypto-webcrypto'
import { conformanceCases, runConformanceCases, testAuthority } from '@mortise/testing'
import { accept, connect, type ByteStream } from '@mortise/tls'

const webcrypto = await detectWebcrypto()
const met: Record<string, unknown> = {}
for (const provider of [noble(), webcrypto]) {
  const authority = await testAuthority(provider, Date.now())
  const [there, back] = [new TransformStream<Uint8Array>(), new TransformStream<Uint8Array>()]
  const near: ByteStream = { readable: back.readable, writable: there.writable }
  const far: ByteStream = { readable: there.readable, writable: back.writable }
  const [client, server] = await Promise.all([
    connect(near, { provider, serverName: 'localhost', anchors: [authority.certificate] }),
    accept(far, { provider, credentials: [await authority.issue(['localhost'])] }),
  ])
  const writer = client.writable.getWriter()
  await writer.write(new TextEncoder().encode('hello'))
  await writer.close()
  let text = ''
  for await (const bytes of server.readable) text += new TextDecoder().decode(bytes)
  await Promise.all([server.close(), client.close()])
  met[provider.name] = { text, protocol: client.info.protocol }
}
const { passed, failures } = await runConformanceCases(conformanceCases(webcrypto))
console.log(
  JSON.stringify({
    met,
    passed,
    failures: failures.map(({ group, name, error }) => `${group}: ${name}: ${String(error)}`),
  }),
)
