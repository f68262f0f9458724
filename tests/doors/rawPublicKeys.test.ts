/** Story: devices that know each other's keys, and have no certificates (RFC 7250). */
import { createHash, generateKeyPairSync } from 'node:crypto'
import { expect, it } from 'vitest'
import { nodeCrypto } from '@mortise/crypto-node'
import {
  accept,
  clientCredentials,
  connect,
  loadRawPublicKey,
  memorySessions,
  memoryTickets,
  pinned,
} from '@mortise/tls'
import { pipes, readAll, send } from './transports.ts'

const provider = nodeCrypto()

async function device(): Promise<{
  readonly credential: Awaited<ReturnType<typeof loadRawPublicKey>>
  readonly pin: string
}> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    credential: await loadRawPublicKey({
      provider,
      privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    }),
    pin: createHash('sha256')
      .update(publicKey.export({ format: 'der', type: 'spki' }))
      .digest('base64'),
  }
}

it('each takes the other by its pin, and nobody else; a session resumed later says whose it is', async () => {
  const [sensor, hub, stranger] = [await device(), await device(), await device()]
  const sessions = memorySessions()
  const store = memoryTickets(provider)
  const meet = async (pin: string): Promise<readonly [boolean, Uint8Array | undefined]> => {
    const [near, far] = pipes()
    const [client, server] = await Promise.all([
      connect(near, {
        provider,
        credentials: clientCredentials([sensor.credential]),
        verifier: pinned([pin], { rawPublicKeys: 'required' }),
        sessions,
      }),
      accept(far, {
        provider,
        credentials: [hub.credential],
        clientAuthentication: {
          mode: 'require',
          verifier: pinned([sensor.pin], { rawPublicKeys: 'accepted' }),
        },
        tickets: { store },
      }),
    ])
    expect(client.info.peer).toMatchObject({
      publicKey: hub.credential.key.publicKey,
      certificates: [],
      path: [],
    })
    await send(server.writable, new TextEncoder().encode('good morning'))
    expect(new TextDecoder().decode(await readAll(client.readable))).toBe('good morning')
    await client.close()
    return [server.info.resumed, server.info.peer?.publicKey]
  }
  expect(await meet(hub.pin)).toEqual([false, sensor.credential.key.publicKey])
  expect(await meet(hub.pin)).toEqual([true, sensor.credential.key.publicKey])
  await expect(meet(stranger.pin)).rejects.toMatchObject({ code: 'ERR_TLS_CERTIFICATE_UNKNOWN' })
})
