/** GnuTLS and raw public keys (RFC 7250): every kind of key in both roles, beside certificates and in their place. */
import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SigningProvider } from '@mortise/crypto'
import {
  clientCredentials,
  loadRawPublicKey,
  memorySessions,
  pinned,
  sealedTickets,
  type Credential,
} from '@mortise/tls'
import { AlertDescription } from '@mortise/wire'
import {
  certificateFiles,
  certificateKinds,
  type CertificateFiles,
  type CertificateKind,
  type IssuedFiles,
} from '../support/certificateFiles.ts'
import { providers } from './matrix.ts'
import { exchange, listen } from './ours.ts'
import { client, greeted, server } from './peers/gnutls.ts'
import { gnutlsClient, gnutlsServer } from './programs.ts'

interface Key {
  /** For GnuTLS. */
  readonly args: readonly string[]
  /** SubjectPublicKeyInfo as GnuTLS prints it. */
  readonly pem: string
  readonly spki: Uint8Array
  readonly pin: string
  readonly credential: (provider: SigningProvider) => Promise<Credential>
}

let files: CertificateFiles
let certificates: Readonly<Record<'localhost' | 'alice', IssuedFiles>>
const keys = new Map<CertificateKind, Key>()

beforeAll(async () => {
  files = await certificateFiles()
  certificates = { localhost: await files.issue('p256'), alice: await files.issue('p256', 'alice') }
  for (const kind of certificateKinds) keys.set(kind, keyOf(kind, await files.issue(kind)))
})
afterAll(() => files.remove())

/** The certificate is left out. */
function keyOf(kind: CertificateKind, { key }: IssuedFiles): Key {
  const privateKey = readFileSync(key, 'utf8')
  const publicKey = createPublicKey(createPrivateKey(privateKey))
  const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString()
  const spki = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }))
  return {
    args: [`--rawpkkeyfile=${key}`, `--rawpkfile=${files.write(`${kind}.pub`, pem)}`],
    pem,
    spki,
    pin: createHash('sha256').update(spki).digest('base64'),
    credential: (provider) => loadRawPublicKey({ provider, privateKey }),
  }
}

function keyed(kind: CertificateKind): Key {
  const found = keys.get(kind)
  if (!found) throw new Error(kind)
  return found
}

type Types = 'X509' | 'RAWPK' | 'ALL'

const priority = (types: { readonly server: Types; readonly client: Types }): string =>
  `NORMAL:-VERS-ALL:+VERS-TLS1.3:-CTYPE-ALL:+CTYPE-SRV-${types.server}:+CTYPE-CLI-${types.client}`
const rawAlone = priority({ server: 'RAWPK', client: 'RAWPK' })
const both = priority({ server: 'ALL', client: 'ALL' })
const required = { rawPublicKeys: 'required' } as const
const accepted = { rawPublicKeys: 'accepted' } as const
const echoed = (length: number): boolean => length === 6

describe.skipIf(gnutlsServer.missing).each(Object.entries(providers))(
  `our client with %s and gnutls-serv${gnutlsServer.note}`,
  (_, provider) => {
    it.each(certificateKinds)('both show a key of %s, and none when they resume', async (kind) => {
      const { args, pin, pem, spki, credential } = keyed(kind)
      const peer = await server(undefined, [...args, '--require-client-cert'], rawAlone)
      const sessions = memorySessions()
      const verifier = pinned([pin], required)
      const credentials = clientCredentials([await credential(provider)])
      for (const resumed of [false, true]) {
        const { info } = await exchange(
          peer.port,
          { provider, verifier, credentials, sessions },
          'hello\n',
          echoed,
        )
        expect(info).toMatchObject({ resumed, peer: { publicKey: spki, certificates: [] } })
      }
      await peer.saying(/Certificate type: Raw Public Key/)
      expect(peer.output()).toContain(pem)
      peer.kill()
    })

    it('refuses a key that is not pinned, and is refused without one', async () => {
      const { args, pin } = keyed('p256')
      const peer = await server(undefined, [...args, '--require-client-cert'], rawAlone)
      const credentials = clientCredentials([await keyed('ed25519').credential(provider)])
      const stranger = pinned([keyed('ed25519').pin], required)
      await expect(
        exchange(peer.port, { provider, verifier: stranger, credentials }, 'hello\n', echoed),
      ).rejects.toMatchObject({ code: 'ERR_TLS_CERTIFICATE_UNKNOWN' })
      await peer.saying(/A TLS fatal alert has been received/)
      await expect(
        exchange(peer.port, { provider, verifier: pinned([pin], required) }, 'hello\n', echoed),
      ).rejects.toMatchObject({
        code: 'ERR_TLS_ALERT_RECEIVED',
        alert: AlertDescription.certificate_required,
      })
      peer.kill()
    })

    it('shows a certificate to a server with a key, and a key to one with a certificate', async () => {
      const { args, pin, pem } = keyed('p256')
      const withKey = await server(
        undefined,
        [...args, '--require-client-cert', `--x509cafile=${files.ca}`],
        priority({ server: 'RAWPK', client: 'X509' }),
      )
      await exchange(
        withKey.port,
        {
          provider,
          verifier: pinned([pin], required),
          credentials: clientCredentials([await certificates.alice.credential(provider)]),
        },
        'hello\n',
        echoed,
      )
      await withKey.saying(/CN=alice/)
      withKey.kill()
      const withCertificate = await server(
        certificates.localhost,
        ['--require-client-cert'],
        priority({ server: 'X509', client: 'RAWPK' }),
      )
      const credentials = clientCredentials([await keyed('p256').credential(provider)])
      const options = { provider, anchors: files.anchors, credentials }
      const { info } = await exchange(withCertificate.port, options, 'hello\n', echoed)
      expect(info.peer?.path?.[0]?.subject.text).toBe('CN=localhost')
      await withCertificate.saying(/Certificate type: Raw Public Key/)
      expect(withCertificate.output()).toContain(pem)
      withCertificate.kill()
    })

    it('takes a certificate with a pinned key where that is enough, and none where the key has to be alone', async () => {
      const peer = await server(certificates.localhost, [], both)
      const { pin, spki } = keyed('p256')
      const { info } = await exchange(
        peer.port,
        { provider, verifier: pinned([pin], accepted) },
        'hello\n',
        echoed,
      )
      expect(info.peer).toMatchObject({ publicKey: spki, certificates: [{}] })
      await expect(
        exchange(peer.port, { provider, verifier: pinned([pin], required) }, 'hello\n', echoed),
      ).rejects.toMatchObject({
        code: 'ERR_TLS_ALERT_RECEIVED',
        alert: AlertDescription.unsupported_certificate,
      })
      peer.kill()
    })
  },
)

describe.skipIf(gnutlsClient.missing).each(Object.entries(providers))(
  `gnutls-cli and our server with %s${gnutlsClient.note}`,
  (_, provider) => {
    const unverified = '--no-ca-verification' // the program has no way to know keys

    it.each(certificateKinds)('both show a key of %s, and none when they resume', async (kind) => {
      const { args, pin, pem, spki, credential } = keyed(kind)
      const ours = await listen({
        provider,
        credentials: [await credential(provider)],
        clientAuthentication: { mode: 'require', verifier: pinned([pin], required) },
        tickets: {
          store: sealedTickets(provider, {
            current: { name: new Uint8Array(16), key: new Uint8Array(32).fill(7) },
          }),
        },
      })
      const peer = client(ours.port, files, [
        `--priority=${rawAlone}`,
        unverified,
        '--print-cert',
        '--resume',
        '--waitresumption',
        ...args,
      ])
      const first = await ours.next()
      first.resume()
      const second = await ours.next()
      for (const [tls, resumed] of [
        [first, false],
        [second, true],
      ] as const)
        expect(tls.info).toMatchObject({ resumed, peer: { publicKey: spki, certificates: [] } })
      await greeted(second)
      expect(await peer.outcome).toMatchObject({ code: 0 })
      const log = readFileSync(peer.log, 'utf8')
      expect(log).toContain('Certificate type: Raw Public Key')
      expect(log).toContain(pem)
      ours.close()
    })

    it('is refused with a key that is not pinned', async () => {
      const ours = await listen({
        provider,
        credentials: [await keyed('p256').credential(provider)],
        clientAuthentication: { mode: 'require', verifier: pinned([keyed('ed25519').pin], accepted) },
      })
      const peer = client(ours.port, files, [`--priority=${rawAlone}`, unverified, ...keyed('p256').args])
      await expect(ours.next()).rejects.toMatchObject({ code: 'ERR_TLS_CERTIFICATE_UNKNOWN' })
      expect((await peer.outcome).code).not.toBe(0)
      expect(readFileSync(peer.log, 'utf8')).toContain('Unknown certificate')
      ours.close()
    })

    it('shows a certificate to a server with a key, and a key to one with a certificate', async () => {
      const withKey = await listen({
        provider,
        credentials: [await keyed('p256').credential(provider)],
        clientAuthentication: { mode: 'require', anchors: files.anchors },
      })
      const alice = [`--x509certfile=${certificates.alice.cert}`, `--x509keyfile=${certificates.alice.key}`]
      const first = client(withKey.port, files, [`--priority=${both}`, unverified, ...alice])
      const shown = await withKey.next()
      expect(shown.info?.peer?.path?.[0]?.subject.text).toBe('CN=alice')
      await greeted(shown)
      expect(await first.outcome).toMatchObject({ code: 0 })
      expect(readFileSync(first.log, 'utf8')).toContain('Certificate type: Raw Public Key')
      withKey.close()
      const withCertificate = await listen({
        provider,
        credentials: [await certificates.localhost.credential(provider)],
        clientAuthentication: { mode: 'require', verifier: pinned([keyed('p256').pin], required) },
      })
      const second = client(withCertificate.port, files, [
        `--priority=${priority({ server: 'X509', client: 'RAWPK' })}`,
        ...keyed('p256').args,
      ])
      const known = await withCertificate.next()
      expect(known.info?.peer).toMatchObject({ publicKey: keyed('p256').spki, certificates: [] })
      await greeted(known)
      expect(await second.outcome).toMatchObject({ code: 0 })
      withCertificate.close()
    })

    it('gets from a server with both what it takes: a certificate or a key', async () => {
      const ours = await listen({
        provider,
        credentials: [
          await keyed('ed25519').credential(provider),
          await certificates.localhost.credential(provider),
        ],
      })
      for (const [args, type] of [
        [[], 'X.509'],
        [[`--priority=${rawAlone}`, unverified], 'Raw Public Key'],
      ] as const) {
        const peer = client(ours.port, files, args)
        await greeted(await ours.next())
        expect(await peer.outcome).toMatchObject({ code: 0 })
        expect(readFileSync(peer.log, 'utf8')).toContain(`Certificate type: ${type}`)
      }
      ours.close()
    })

    it('that takes only certificates is refused by a server that has only a key', async () => {
      const ours = await listen({ provider, credentials: [await keyed('p256').credential(provider)] })
      const peer = client(ours.port, files)
      await expect(ours.next()).rejects.toMatchObject({ code: 'ERR_TLS_UNSUPPORTED_CERTIFICATE_TYPE' })
      expect((await peer.outcome).code).not.toBe(0)
      expect(readFileSync(peer.log, 'utf8')).toContain('Certificate is not supported')
      ours.close()
    })
  },
)
