/** Story: somebody wants to see a connection that has no streams: key log and trace are options of the core as of every door. */
import { nodeCrypto } from '@mortise/crypto-node'
import { connectedPair } from '@mortise/testing'
import { handshakeTypeName } from '@mortise/wire'
import { expect, it } from 'vitest'

it('the core hands messages and key log lines to the options that ask for them', async () => {
  const seen = { client: [] as string[], server: [] as string[] }
  const lines = { client: [] as string[], server: [] as string[] }
  const observers = (role: 'client' | 'server') => ({
    keyLog: (line: string) => void lines[role].push(line),
    trace: ({ kind, bytes }: { readonly kind: string; readonly bytes: Uint8Array }) =>
      void seen[role].push(kind === 'handshake' ? handshakeTypeName(bytes[0] ?? 0) : kind),
  })
  await connectedPair({ provider: nodeCrypto(), client: observers('client'), server: observers('server') })
  expect(lines.client.map((line) => line.split(' ')[0])).toContain('CLIENT_TRAFFIC_SECRET_0')
  expect(lines.server.toSorted()).toEqual(lines.client.toSorted())
  expect(seen.client.slice(0, 2)).toEqual(['client_hello', 'server_hello'])
  expect(seen.server).toContain('finished')
})
