/** Handshakes of many kinds to start from. */
import { CipherSuite, NamedGroup } from '@mortise/wire'
import { compressedCertificates, zlib } from '@mortise/tls'
import { externalKey, resumed, retried } from '../misbehaving/client/settings.ts'
import { acceptsAnyone, hybridProvider, type WrongClient, type WrongServer } from '../misbehaving/scenario.ts'
import { authenticating, resuming, retrying, sharingKey } from '../misbehaving/server/settings.ts'

type Kinds<T> = Readonly<Record<string, T>>

const alpn = { alpn: ['h2', 'http/1.1'] }
const compressing = { certificateCompression: compressedCertificates([zlib()]) }

/** Sessions are used again and again. */
const [serverSession, serverEarly, clientSession, clientEarly] = [
  await resumed(),
  await resumed(1000),
  await resuming(),
  await resuming(1000),
]

export const servers: Kinds<WrongServer> = {
  'a full handshake': { client: alpn, server: alpn },
  'HelloRetryRequest and a cookie': {
    ...retried,
    server: { ...retried.server, retryCookie: () => new Uint8Array(40) },
  },
  'client authentication': { server: { clientAuthentication: { required: false, verifier: acceptsAnyone } } },
  'compressed certificates': { client: compressing, server: compressing },
  'a hybrid group': {
    client: { provider: hybridProvider, groups: [NamedGroup.X25519MLKEM768] },
    server: { provider: hybridProvider, groups: [NamedGroup.X25519MLKEM768] },
  },
  'a resumption': serverSession,
  'early data': serverEarly,
  'an external key, no key exchange': externalKey({ pskKeyExchangeModes: [0] }),
}

export const clients: Kinds<WrongClient> = {
  'a full handshake': { client: alpn, server: alpn },
  'HelloRetryRequest and a cookie': {
    ...retrying,
    server: { ...retrying.server, retryCookie: () => new Uint8Array(40) },
  },
  'client authentication': authenticating,
  'compressed certificates': {
    client: { ...authenticating.client, ...compressing },
    server: { ...authenticating.server, ...compressing },
  },
  'a hybrid group': {
    client: { provider: hybridProvider, groups: [NamedGroup.X25519MLKEM768] },
    server: { provider: hybridProvider, groups: [NamedGroup.X25519MLKEM768] },
  },
  'a resumption': clientSession,
  'early data': clientEarly,
  'an external key, no key exchange': {
    client: { ...sharingKey.client, pskKeyExchangeModes: [0] },
    server: {
      ...sharingKey.server,
      pskKeyExchangeModes: [0],
      cipherSuites: [CipherSuite.TLS_AES_128_GCM_SHA256],
    },
  },
}
