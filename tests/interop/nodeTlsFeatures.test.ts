/** `node:tls` of the pinned Node, beyond the full handshake: resumption, pre-shared keys, client certificates; both roles. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  clientCredentials,
  externalPreSharedKeys,
  memorySessions,
  memoryTickets,
  type ServerOptions,
} from '@mortise/tls'
import { certificateFiles, type CertificateFiles, type IssuedFiles } from '../support/certificateFiles.ts'
import { providers } from './matrix.ts'
import { conversation, exchange, listen, open, sha256 } from './ours.ts'
import { nodeTls, type NodeTls } from './peers/nodeTls.ts'
import { pinnedNode } from './programs.ts'
import { talk } from './talk.ts'

let files: CertificateFiles
let localhost: IssuedFiles
let alice: IssuedFiles
let peer: NodeTls

beforeAll(async () => {
  files = await certificateFiles()
  localhost = await files.issue('p256')
  alice = await files.issue('rsaPss', 'alice')
  if (!pinnedNode.missing) peer = nodeTls()
})
afterAll(() => {
  files.remove()
  if (!pinnedNode.missing) peer.kill()
})

const text = (file: string): string => readFileSync(file, 'utf8')
const psk = { identity: new TextEncoder().encode('alice'), key: new Uint8Array(32).fill(7) }
const pskOption = { identity: 'alice', key: '07'.repeat(32) }

describe.skipIf(pinnedNode.missing).each(Object.entries(providers))(
  `our client with %s and a server of node:tls${pinnedNode.note}`,
  (_, provider) => {
    const serve = async (options: Readonly<Record<string, unknown>> = {}, introduce = true) => {
      const own = { cert: text(localhost.cert), key: text(localhost.key), ...options }
      return Number((await peer.ask({ job: 'serve', options: own, introduce }))['port'])
    }
    const ours = () => ({ provider, anchors: files.anchors })

    it('resumes a session', async () => {
      const port = await serve()
      const sessions = memorySessions()
      for (const resumed of [false, true, true]) {
        const tls = await open(port, { ...ours(), sessions })
        const hearing = talk(tls)
        await hearing.until(`"resumed":${resumed}`)
        expect(tls.info?.resumed).toBe(resumed)
        expect(tls.info?.peer?.certificates).toHaveLength(1)
        await hearing.end()
      }
    })

    it('is authenticated by a pre-shared key', async () => {
      const port = await serve({ psk: pskOption, cert: undefined, key: undefined }, false)
      const { info, received } = await exchange(
        port,
        { provider, preSharedKeys: externalPreSharedKeys([psk]) },
        'hello',
        (length) => length === 5,
      )
      expect(info.preSharedKeyIdentity).toEqual(psk.identity)
      expect(received.toString()).toBe('hello')
      await expect(
        exchange(
          port,
          { provider, preSharedKeys: externalPreSharedKeys([{ ...psk, key: new Uint8Array(32) }]) },
          'hello',
        ),
      ).rejects.toMatchObject({ code: 'ERR_TLS_ALERT_RECEIVED' })
    })

    it('shows its certificate, or fails without one where it is required', async () => {
      const port = await serve({ requestCert: true, rejectUnauthorized: true, ca: text(files.ca) })
      const tls = await open(port, {
        ...ours(),
        credentials: clientCredentials([await alice.credential(provider)]),
      })
      const hearing = talk(tls)
      await hearing.until('"authorized":true,"peer":"alice"')
      await hearing.end()
      await expect(exchange(port, ours(), 'hello')).rejects.toMatchObject({
        code: 'ERR_TLS_ALERT_RECEIVED',
        detail: 'certificate_required',
      })
    })
  },
)

describe.skipIf(pinnedNode.missing).each(Object.entries(providers))(
  `a client of node:tls and our server with %s${pinnedNode.note}`,
  (name, provider) => {
    const serve = async (more: Partial<ServerOptions> = {}) =>
      listen({ provider, credentials: [await localhost.credential(provider)], ...more })
    const visit = (port: number, options: object, more: object = {}) =>
      peer.ask({ job: 'visit', port, options: { ca: text(files.ca), ...options }, bytes: 10, ...more })

    it('resumes a session', async () => {
      const ours = await serve({ tickets: { store: memoryTickets(provider) } })
      for (const resumed of [false, true]) {
        const session = resumed ? { resume: name } : { remember: name }
        const visited = visit(ours.port, {}, session)
        const { info, received } = await conversation(await ours.next(), (length) => length === 10)
        expect(info.resumed).toBe(resumed)
        expect(await visited).toMatchObject({ resumed, authorized: true, sent: sha256(received) })
      }
      ours.close()
    })

    it('is authenticated by a pre-shared key', async () => {
      const ours = await listen({
        provider,
        credentials: [],
        findPreSharedKey: (identity) => (Buffer.from(identity).toString() === 'alice' ? psk : undefined),
      })
      const visited = visit(ours.port, { psk: pskOption })
      const { info, received } = await conversation(await ours.next(), (length) => length === 10)
      expect(info.preSharedKeyIdentity).toEqual(psk.identity)
      expect(await visited).toMatchObject({ sent: sha256(received) })
      ours.close()
    })

    it('shows its certificate, or is refused without one', async () => {
      const ours = await serve({ clientAuthentication: { mode: 'require', anchors: files.anchors } })
      const visited = visit(ours.port, { cert: text(alice.cert), key: text(alice.key) })
      const { info } = await conversation(await ours.next(), (length) => length === 10)
      expect(info.peer?.path?.[0]?.subject.text).toBe('CN=alice')
      expect(await visited).toMatchObject({ authorized: true })
      const refused = visit(ours.port, {})
      const [, failed] = await Promise.allSettled([ours.next(), refused])
      expect(failed).toMatchObject({
        status: 'rejected',
        reason: { message: expect.stringMatching(/certificate required/i) as string },
      })
      ours.close()
    })
  },
)
