/** OpenSSL, beyond the full handshake: resumption, 0-RTT, pre-shared keys, client certificates, KeyUpdate; both roles. */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  clientCredentials,
  externalPreSharedKeys,
  memoryReplayGuard,
  memorySessions,
  memoryTickets,
  type ServerOptions,
} from '@mortise/tls'
import { PskKeyExchangeMode } from '@mortise/wire'
import { certificateFiles, type CertificateFiles, type IssuedFiles } from '../support/certificateFiles.ts'
import { run, start } from '../support/children.ts'
import { providers } from './matrix.ts'
import { exchange, listen, open } from './ours.ts'
import { client, options, server, type OpensslServer } from './peers/openssl.ts'
import { openssl } from './programs.ts'
import { talk, traced } from './talk.ts'

let files: CertificateFiles
let localhost: IssuedFiles
let alice: IssuedFiles

beforeAll(async () => {
  files = await certificateFiles()
  localhost = await files.issue('p256')
  alice = await files.issue('rsa', 'alice')
})
afterAll(() => files.remove())

const psk = { identity: new TextEncoder().encode('alice'), key: new Uint8Array(32).fill(7) }
const pskArgs = ['-psk', '07'.repeat(32), '-psk_identity', 'alice']

describe.skipIf(openssl.missing).each(Object.entries(providers))(
  `our client with %s and openssl s_server${openssl.note}`,
  (_, provider) => {
    const ours = () => ({ provider, anchors: files.anchors })

    it('resumes a session', async () => {
      const peer = await server(localhost, ['-www'])
      const sessions = memorySessions()
      for (const resumed of [false, true, true]) {
        const { info, received } = await exchange(
          peer.port,
          { ...ours(), sessions },
          'GET / HTTP/1.0\r\n\r\n',
        )
        expect(info.resumed).toBe(resumed)
        expect(received.toString()).toContain(`${resumed ? 'Reused' : 'New'}, TLSv1.3`)
      }
      peer.kill()
    })

    it('sends early data', async () => {
      const peer = await server(localhost, ['-early_data', '-max_early_data', '1000'])
      const sessions = memorySessions()
      await greeted(peer, await open(peer.port, { ...ours(), sessions }))
      let accepted: boolean | undefined
      const tls = await open(peer.port, {
        ...ours(),
        sessions,
        earlyData: async (early) => {
          await early.write(new TextEncoder().encode('early words\n'))
          accepted = await early.accepted
        },
      })
      await greeted(peer, tls)
      expect({ accepted, early: tls.info?.earlyData }).toEqual({ accepted: true, early: true })
      await peer.saying(/Early data received/)
      await peer.saying(/early words/)
      peer.kill()
    })

    it.each([
      ['with (EC)DHE', PskKeyExchangeMode.psk_dhe_ke, []],
      ['alone', PskKeyExchangeMode.psk_ke, ['-allow_no_dhe_kex']],
    ])('is authenticated by a pre-shared key %s', async (_mode, mode, args) => {
      const peer = start(openssl.path(), [
        's_server',
        '-tls1_3',
        '-nocert',
        '-www',
        ...options({ accept: '127.0.0.1:0' }),
        ...pskArgs,
        ...args,
      ])
      const [, port] = await peer.saying(/^ACCEPT 127\.0\.0\.1:(\d+)$/m)
      const { info, received } = await exchange(
        Number(port),
        { provider, preSharedKeys: externalPreSharedKeys([psk]), pskKeyExchangeModes: [mode] },
        'GET / HTTP/1.0\r\n\r\n',
      )
      expect(info.preSharedKeyIdentity).toEqual(psk.identity)
      expect(info.group === undefined).toBe(mode === PskKeyExchangeMode.psk_ke)
      expect(received.toString()).toContain('TLSv1.3')
      peer.kill()
    })

    it('shows its certificate, or fails without one where it is required', async () => {
      const peer = await server(localhost, [
        '-www',
        '-Verify',
        '1',
        '-verify_return_error',
        '-CAfile',
        files.ca,
      ])
      const credentials = clientCredentials([await alice.credential(provider)])
      const { received } = await exchange(peer.port, { ...ours(), credentials }, 'GET / HTTP/1.0\r\n\r\n')
      expect(received.toString()).toContain('CN=alice')
      await expect(exchange(peer.port, ours(), 'GET / HTTP/1.0\r\n\r\n')).rejects.toMatchObject({
        code: 'ERR_TLS_ALERT_RECEIVED',
        detail: 'certificate_required',
      })
      peer.kill()
    })

    it('shows its certificate after the handshake, and has none the next time', async () => {
      const peer = await server(localhost, ['-CAfile', files.ca])
      const credential = await alice.credential(provider)
      for (const shown of [true, false]) {
        const trace = traced()
        const tls = await open(peer.port, {
          ...ours(),
          credentials: clientCredentials(shown ? [credential] : [], { postHandshake: true }),
          trace: trace.hear,
        })
        const before = peer.output().length
        peer.write('c\n')
        await trace.receiving('certificate_request', 1)
        await greeted(peer, tls)
        if (shown) await peer.saying(/CN = alice/) // on stderr, which may come later than the greeting
        expect(peer.output().slice(before).includes('CN = alice')).toBe(shown)
      }
      peer.kill()
    })

    it('updates keys when the server does, and by itself (RFC 9846 §4.7.3)', async () => {
      const peer = await server(localhost, [])
      const trace = traced()
      const tls = await open(peer.port, { ...ours(), trace: trace.hear })
      const hearing = talk(tls)
      for (const [turn, [command, answers]] of (
        [
          ['k', 0],
          ['K', 1],
          ['K', 2],
        ] as const
      ).entries()) {
        peer.write(`${command}\n`)
        await trace.receiving('key_update', turn + 1)
        peer.write(`after ${command}\n`)
        await hearing.until(`after ${command}\n`)
        tls.write(`answer ${answers}\n`)
        await peer.saying(new RegExp(`answer ${answers}`))
        expect(trace.sent('key_update')).toBe(answers)
        hearing.forget()
      }
      expect(trace.received('key_update')).toBe(3)
      await tls.updateKeys()
      tls.write('after ours\n')
      await peer.saying(/after ours/)
      peer.write('and theirs\n')
      await hearing.until('and theirs\n')
      expect(trace.received('key_update')).toBe(4)
      tls.end()
      peer.kill()
    })
  },
)

/** The server says something, so that all its tickets have come; then the client ends. */
async function greeted(peer: OpensslServer, tls: Awaited<ReturnType<typeof open>>): Promise<void> {
  const hearing = talk(tls)
  peer.write('ready\n')
  await hearing.until('ready\n')
  await hearing.end()
}

describe.skipIf(openssl.missing).each(Object.entries(providers))(
  `openssl s_client and our server with %s${openssl.note}`,
  (name, provider) => {
    const serve = async (more: Partial<ServerOptions> = {}) =>
      listen({ provider, credentials: [await localhost.credential(provider)], ...more })

    it('resumes a session, and sends early data', async () => {
      const ours = await serve({
        tickets: {
          store: memoryTickets(provider),
          earlyData: { maxSize: 1000, replayGuard: memoryReplayGuard() },
        },
      })
      const session = join(files.directory, `${name}.session`)
      const early = files.write(`${name}.early`, 'early words')
      for (const args of [
        ['-sess_out', session],
        ['-sess_in', session, '-sess_out', session],
        ['-sess_in', session, '-early_data', early],
      ]) {
        const peer = client(ours.port, files.ca, args)
        const tls = await ours.next()
        const hearing = talk(tls)
        peer.write('hello\n')
        await hearing.until('hello\n')
        await hearing.end()
        const { stdout } = await peer.outcome
        const resumed = args.includes('-sess_in')
        const taken = args.includes('-early_data')
        expect({ resumed: tls.info?.resumed, earlyData: tls.info?.earlyData }).toEqual({
          resumed,
          earlyData: taken,
        })
        expect(stdout.toString()).toContain(`${resumed ? 'Reused' : 'New'}, TLSv1.3`)
        expect(stdout.toString()).toContain(`Early data was ${taken ? 'accepted' : 'not sent'}`)
      }
      expect(Buffer.concat(ours.early).toString()).toBe('early words')
      ours.close()
    })

    it('is authenticated by a pre-shared key', async () => {
      const ours = await listen({
        provider,
        credentials: [],
        findPreSharedKey: (identity) => (Buffer.from(identity).toString() === 'alice' ? psk : undefined),
      })
      const peer = client(ours.port, files.ca, pskArgs)
      const tls = await ours.next()
      expect(tls.info?.preSharedKeyIdentity).toEqual(psk.identity)
      const hearing = talk(tls)
      peer.write('hello\n')
      await hearing.until('hello\n')
      await hearing.end()
      expect((await peer.outcome).code).toBe(0)
      const stranger = run(openssl.path(), [
        's_client',
        '-tls1_3',
        ...options({ connect: `127.0.0.1:${ours.port}`, psk: 'ff', psk_identity: 'alice' }),
      ])
      await expect(ours.next()).rejects.toMatchObject({ code: 'ERR_TLS_BAD_BINDER' })
      expect((await stranger).stderr).toContain('decrypt error')
      ours.close()
    })

    it('shows its certificate, or is refused without one', async () => {
      const ours = await serve({ clientAuthentication: { mode: 'require', anchors: files.anchors } })
      const peer = client(ours.port, files.ca, ['-cert', alice.cert, '-key', alice.key])
      const tls = await ours.next()
      expect(tls.info?.peer?.path?.[0]?.subject.text).toBe('CN=alice')
      await talk(tls).end()
      expect((await peer.outcome).code).toBe(0)
      const nobody = client(ours.port, files.ca)
      await expect(ours.next()).rejects.toMatchObject({ code: 'ERR_TLS_CERTIFICATE_REQUIRED' })
      expect((await nobody.outcome).stderr).toContain('certificate required')
      ours.close()
    })

    it('shows its certificate after the handshake', async () => {
      const ours = await serve({ clientAuthentication: { mode: 'none', anchors: files.anchors } })
      const peer = client(ours.port, files.ca, ['-enable_pha', '-cert', alice.cert, '-key', alice.key])
      const tls = await ours.next()
      const hearing = talk(tls)
      const [first, second] = await Promise.all([
        tls.requestClientCertificate(),
        tls.requestClientCertificate(),
      ])
      expect([first, second].map((one) => one?.path?.[0]?.subject.text)).toEqual(['CN=alice', 'CN=alice'])
      await hearing.end()
      expect((await peer.outcome).code).toBe(0)
      ours.close()
    })

    it('updates keys, and so do we', async () => {
      const trace = traced()
      const ours = await serve({ trace: trace.hear })
      const peer = client(ours.port, files.ca)
      const tls = await ours.next()
      const hearing = talk(tls)
      for (const [turn, command] of ['k', 'K'].entries()) {
        peer.write(`${command}\n`)
        await trace.receiving('key_update', turn + 1)
        peer.write(`after ${command}\n`)
        await hearing.until(`after ${command}\n`)
        tls.write(`answer to ${command}\n`)
        await peer.saying(new RegExp(`answer to ${command}`))
      }
      expect([trace.received('key_update'), trace.sent('key_update')]).toEqual([2, 1])
      await tls.updateKeys()
      tls.write('after ours\n')
      await peer.saying(/after ours/)
      peer.write('and theirs\n')
      await hearing.until('and theirs\n')
      expect([trace.received('key_update'), trace.sent('key_update')]).toEqual([3, 2])
      await hearing.end()
      expect((await peer.outcome).code).toBe(0)
      ours.close()
    })
  },
)
