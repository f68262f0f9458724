/** GnuTLS, beyond the full handshake: resumption, 0-RTT, pre-shared keys, client certificates, KeyUpdate; both roles. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  clientCredentials,
  memoryReplayGuard,
  externalPreSharedKeys,
  memorySessions,
  sealedTickets,
  type ServerOptions,
  type TraceEvent,
} from '@mortise/tls'
import { hex } from '@mortise/wire'
import { certificateFiles, type CertificateFiles, type IssuedFiles } from '../support/certificateFiles.ts'
import { providers } from './matrix.ts'
import { exchange, listen, open } from './ours.ts'
import { client, everything, greeted, server } from './peers/gnutls.ts'
import { gnutlsClient, gnutlsServer } from './programs.ts'
import { talk, traced } from './talk.ts'

let files: CertificateFiles
let localhost: IssuedFiles
let alice: IssuedFiles

beforeAll(async () => {
  files = await certificateFiles()
  localhost = await files.issue('p256')
  alice = await files.issue('ed25519', 'alice')
})
afterAll(() => files.remove())

const key = new Uint8Array(32).fill(7)
const psk = { identity: new TextEncoder().encode('alice'), key }
const pskPriority = 'NORMAL:-VERS-ALL:+VERS-TLS1.3:-KX-ALL:+ECDHE-PSK'

describe.skipIf(gnutlsServer.missing).each(Object.entries(providers))(
  `our client with %s and gnutls-serv${gnutlsServer.note}`,
  (_, provider) => {
    const ours = () => ({ provider, anchors: files.anchors })
    const echoed = (length: number): boolean => length === 6

    it('resumes a session, and sends early data', async () => {
      const peer = await server(localhost, ['--earlydata', '--maxearlydata=1000'])
      const sessions = memorySessions()
      for (const resumed of [false, true]) {
        const { info } = await exchange(peer.port, { ...ours(), sessions }, 'hello\n', echoed)
        expect(info.resumed).toBe(resumed)
      }
      let accepted: boolean | undefined
      const { info } = await exchange(
        peer.port,
        {
          ...ours(),
          sessions,
          earlyData: async (early) => {
            await early.write(new TextEncoder().encode('early\n'))
            accepted = await early.accepted
          },
        },
        'hello\n',
        echoed,
      )
      expect({ accepted, early: info.earlyData }).toEqual({ accepted: true, early: true })
      peer.kill()
    })

    it('is authenticated by a pre-shared key', async () => {
      const passwords = files.write('psk.txt', `alice:${hex(key)}\n`)
      const peer = await server(undefined, [`--pskpasswd=${passwords}`], pskPriority)
      const { info, received } = await exchange(
        peer.port,
        { provider, preSharedKeys: externalPreSharedKeys([psk]) },
        'hello\n',
        echoed,
      )
      expect(info.preSharedKeyIdentity).toEqual(psk.identity)
      expect(received.toString()).toBe('hello\n')
      await peer.saying(/Connected as 'alice'/)
      peer.kill()
    })

    it('shows its certificate, or fails without one where it is required', async () => {
      const peer = await server(localhost, [
        '--require-client-cert',
        '--verify-client-cert',
        `--x509cafile=${files.ca}`,
      ])
      const credentials = clientCredentials([await alice.credential(provider)])
      await exchange(peer.port, { ...ours(), credentials }, 'hello\n', echoed)
      await peer.saying(/CN=alice/)
      await expect(exchange(peer.port, ours(), 'hello\n', echoed)).rejects.toMatchObject({
        code: 'ERR_TLS_ALERT_RECEIVED',
      })
      peer.kill()
    })

    it('shows its certificate after the handshake', async () => {
      const peer = await server(localhost, ['--disable-client-cert', `--x509cafile=${files.ca}`])
      const trace = traced()
      const tls = await open(peer.port, {
        ...ours(),
        credentials: clientCredentials([await alice.credential(provider)], { postHandshake: true }),
        trace: trace.hear,
      })
      const hearing = talk(tls)
      tls.write('**REAUTH**\n')
      await hearing.until('Successfully executed command')
      expect([trace.received('certificate_request'), trace.sent('certificate_verify')]).toEqual([1, 1])
      tls.write('hello\n')
      await hearing.until('hello\n')
      await hearing.end()
      peer.kill()
    })

    it('keeps to the record size that the server wants, and is kept to (RFC 8449)', async () => {
      const peer = await server(localhost, ['--recordsize=512'])
      const sizes = recordSizes()
      const options = { ...ours(), recordSizeLimit: 1001, trace: sizes.hear }
      const text = `${'a'.repeat(5000)}\n`
      const { received } = await exchange(peer.port, options, text, (length) => length === text.length)
      expect(received.toString()).toBe(text)
      expect(sizes.longestReceived()).toBe(1000)
      peer.kill()
    })

    it('has the same channel bindings (RFC 9266, RFC 5929)', async () => {
      const peer = await server(localhost)
      const tls = await open(peer.port, ours())
      const hearing = talk(tls)
      tls.write('hello\n')
      await hearing.until('hello\n')
      for (const type of ['tls-exporter', 'tls-server-end-point'] as const)
        await peer.saying(new RegExp(`'${type}': ${hex(await tls.channelBinding(type))}$`, 'm'))
      await hearing.end()
      peer.kill()
    })

    it('updates keys, and is answered', async () => {
      const peer = await server(localhost)
      const trace = traced()
      const tls = await open(peer.port, { ...ours(), trace: trace.hear })
      const hearing = talk(tls)
      for (const turn of [1, 2, 3]) {
        await tls.updateKeys()
        tls.write(`turn ${turn}\n`)
        await hearing.until(`turn ${turn}\n`)
        expect(trace.received('key_update')).toBe(turn)
      }
      await hearing.end()
      peer.kill()
    })
  },
)

describe.skipIf(gnutlsClient.missing).each(Object.entries(providers))(
  `gnutls-cli and our server with %s${gnutlsClient.note}`,
  (name, provider) => {
    const serve = async (more: Partial<ServerOptions> = {}) =>
      listen({ provider, credentials: [await localhost.credential(provider)], ...more })

    it('resumes a session, and sends early data', async () => {
      const ours = await serve({
        tickets: {
          store: sealedTickets(provider, { current: { name: new Uint8Array(16), key } }),
          earlyData: { maxSize: 1000, replayGuard: memoryReplayGuard() },
        },
      })
      const early = files.write(`${name}.early`, 'early words')
      const peer = client(ours.port, files, ['--resume', '--waitresumption', `--earlydata=${early}`])
      const first = await ours.next()
      first.resume()
      expect(first.info?.resumed).toBe(false)
      const second = await ours.next()
      expect({ resumed: second.info?.resumed, early: second.info?.earlyData }).toEqual({
        resumed: true,
        early: true,
      })
      await greeted(second)
      const { code, stdout } = await peer.outcome
      expect({ code, stdout: stdout.toString() }).toEqual({ code: 0, stdout: 'bye\n' })
      expect(readFileSync(peer.log, 'utf8')).toContain('This is a resumed session')
      expect(Buffer.concat(ours.early).toString()).toBe('early words')
      ours.close()
    })

    it('is authenticated by a pre-shared key', async () => {
      const ours = await listen({
        provider,
        credentials: [],
        findPreSharedKey: (identity) => (Buffer.from(identity).toString() === 'alice' ? psk : undefined),
      })
      const args = ['--pskusername=alice', `--pskkey=${hex(key)}`, `--priority=${pskPriority}`]
      const peer = client(ours.port, files, args)
      const tls = await ours.next()
      expect(tls.info?.preSharedKeyIdentity).toEqual(psk.identity)
      await greeted(tls)
      expect(await peer.outcome).toMatchObject({ code: 0 })
      ours.close()
    })

    it('shows its certificate, or is refused without one', async () => {
      const ours = await serve({ clientAuthentication: { mode: 'require', anchors: files.anchors } })
      const certificate = [`--x509certfile=${alice.cert}`, `--x509keyfile=${alice.key}`]
      const peer = client(ours.port, files, certificate)
      const tls = await ours.next()
      expect(tls.info?.peer?.path?.[0]?.subject.text).toBe('CN=alice')
      await greeted(tls)
      expect(await peer.outcome).toMatchObject({ code: 0 })
      const nobody = client(ours.port, files)
      await expect(ours.next()).rejects.toMatchObject({ code: 'ERR_TLS_CERTIFICATE_REQUIRED' })
      expect((await nobody.outcome).code).not.toBe(0)
      expect(readFileSync(nobody.log, 'utf8')).toContain('Certificate is required')
      ours.close()
    })

    it('shows its certificate after the handshake', async () => {
      const ours = await serve({ clientAuthentication: { mode: 'none', anchors: files.anchors } })
      const peer = client(ours.port, files, [
        '--post-handshake-auth',
        `--x509certfile=${alice.cert}`,
        `--x509keyfile=${alice.key}`,
      ])
      const tls = await ours.next()
      tls.resume()
      const identity = await tls.requestClientCertificate()
      expect(identity?.path?.[0]?.subject.text).toBe('CN=alice')
      await greeted(tls)
      expect(await peer.outcome).toMatchObject({ code: 0 })
      ours.close()
    })

    it('gets no longer records than it wants (RFC 8449)', async () => {
      const ours = await serve({ recordSizeLimit: 1001 })
      const peer = client(ours.port, files, ['--recordsize=512'])
      const tls = await ours.next()
      const hearing = talk(tls)
      peer.write('hello\n')
      await hearing.until('hello\n')
      tls.write('b'.repeat(5000)) // in records that are longer it would not be taken
      await peer.stdoutOf(5000)
      await greeted(tls)
      expect(await peer.outcome).toMatchObject({ code: 0 })
      ours.close()
    })

    it('has the same channel bindings (RFC 9266, RFC 5929)', async () => {
      const ours = await serve()
      const peer = client(ours.port, files, ['--verbose'])
      const tls = await ours.next()
      const [exporter, endPoint] = [
        await tls.channelBinding('tls-exporter'),
        await tls.channelBinding('tls-server-end-point'),
      ]
      await greeted(tls)
      expect(await peer.outcome).toMatchObject({ code: 0 })
      const log = readFileSync(peer.log, 'utf8')
      expect(log).toContain(`'tls-exporter': ${hex(exporter)}`)
      expect(log).toContain(`'tls-server-end-point': ${hex(endPoint)}`)
      ours.close()
    })

    it('updates keys, and so do we', async () => {
      const trace = traced()
      const ours = await serve({ trace: trace.hear })
      const peer = client(ours.port, files, ['--inline-commands', `--priority=${everything}`])
      const tls = await ours.next()
      const hearing = talk(tls)
      peer.write('one\n')
      await hearing.until('one\n')
      peer.write('^rekey^\n')
      await trace.receiving('key_update', 1)
      tls.write('after theirs\n')
      await peer.saying(/after theirs/)
      expect(trace.sent('key_update')).toBe(1)
      await tls.updateKeys()
      tls.write('after ours\n')
      await peer.saying(/after ours/)
      peer.write('two\n')
      await hearing.until('two\n')
      expect(trace.received('key_update')).toBe(2)
      await greeted(tls)
      expect(await peer.outcome).toMatchObject({ code: 0 })
      ours.close()
    })
  },
)

/** Lengths of the records of application data. */
function recordSizes() {
  let longest = 0
  return {
    hear: ({ kind, direction, bytes }: TraceEvent): void => {
      if (kind === 'applicationData' && direction === 'received') longest = Math.max(longest, bytes.length)
    },
    longestReceived: () => longest,
  }
}
