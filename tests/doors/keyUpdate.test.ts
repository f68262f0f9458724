import { describe, expect, it } from 'vitest'
import { noble } from '@mortise/crypto-noble'
import { nodeCrypto } from '@mortise/crypto-node'
import { testAuthority } from '@mortise/testing'
import { accept, connect } from '@mortise/tls'
import { handshakeTypeName } from '@mortise/wire'
import { pipes } from './transports.ts'

describe.each([
  ['node', nodeCrypto()],
  ['noble', noble()],
])('a connection whose peer asks for new keys, %s', (_, provider) => {
  it('renews them once, before the next application data (RFC 9846 §4.7.3)', async () => {
    const authority = await testAuthority(provider, Date.now())
    const [near, far] = pipes()
    const sent: string[] = []
    const [client, server] = await Promise.all([
      connect(near, {
        provider,
        serverName: 'localhost',
        anchors: [authority.certificate],
        trace: ({ direction, kind, bytes }) => {
          if (direction === 'sent') sent.push(kind === 'handshake' ? handshakeTypeName(bytes[0] ?? 0) : kind)
        },
      }),
      accept(far, { provider, credentials: [await authority.issue(['localhost'])] }),
    ])
    sent.length = 0
    const [fromClient, fromServer] = [server.readable.getReader(), client.readable.getReader()]
    const [toServer, toClient] = [client.writable.getWriter(), server.writable.getWriter()]
    for (const byte of [1, 2, 3]) {
      await server.updateKeys({ requestPeer: true })
      await toClient.write(Uint8Array.of(byte))
      expect((await fromServer.read()).value).toEqual(Uint8Array.of(byte))
    }
    expect(sent).toEqual([])
    for (const byte of [4, 5]) {
      await toServer.write(Uint8Array.of(byte))
      expect((await fromClient.read()).value).toEqual(Uint8Array.of(byte))
    }
    expect(sent).toEqual(['key_update', 'applicationData', 'applicationData'])
  })
})
