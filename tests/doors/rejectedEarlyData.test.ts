import { expect, it } from 'vitest'
import { nodeCrypto } from '@mortise/crypto-node'
import { detectWebcrypto } from '@mortise/crypto-webcrypto'
import { createClientHandshake } from '@mortise/handshake'
import { testAuthority } from '@mortise/testing'
import { serverConnection } from '@mortise/tls/core'
import {
  ClientHello,
  concat,
  decode,
  encodeHandshake,
  ExtensionType,
  faults,
  HandshakeType,
  TlsError,
} from '@mortise/wire'

/** A ClientHello that announces early data, header included. */
async function clientHello(): Promise<Uint8Array> {
  const handshake = createClientHandshake({
    provider: nodeCrypto(),
    verifier: {
      verify: () => {
        throw new Error('never asked')
      },
    },
  })
  for (const action of await handshake.start())
    if (action.kind === 'send') {
      const hello = decode(ClientHello, action.message.subarray(4))
      const earlyData = { extensionType: ExtensionType.early_data, extensionData: new Uint8Array(0) }
      return encodeHandshake(HandshakeType.client_hello, ClientHello, {
        ...hello,
        extensions: [...hello.extensions, earlyData],
      })
    }
  throw new Error('no ClientHello')
}

const record = (type: number, content: Uint8Array): Uint8Array =>
  concat(Uint8Array.of(type, 3, 3, content.length >> 8, content.length & 0xff), content)

it.each([
  ['node', async () => nodeCrypto()],
  ['webcrypto', detectWebcrypto],
])(
  'a server answers though rejected early data is all that came behind the ClientHello, %s',
  async (_, make) => {
    const provider = await make()
    const credential = await (await testAuthority(provider, Date.now())).issue(['localhost'])
    const sent: Uint8Array[] = []
    const ignore = (): void => {}
    const connection = await serverConnection(
      { provider, credentials: [credential] },
      {
        send: (bytes) => sent.push(bytes),
        connected: ignore,
        data: ignore,
        peerClosed: ignore,
        failed: ignore,
      },
    )
    await connection.start()
    // RFC 9846 §4.3.10: in one piece, so that what does not decrypt is skipped before the flight is out
    await connection.receive(concat(record(22, await clientHello()), record(23, new Uint8Array(40))))
    expect(connection.error).toBeUndefined()
    expect(sent[0]?.[5]).toBe(HandshakeType.server_hello)
    await connection.abort(new TlsError(faults.ERR_TLS_CLOSED))
  },
)
