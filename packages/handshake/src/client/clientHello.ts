/** Makes our ClientHello, the first and the second (RFC 9846 §4.2.2). */
import type { CipherSuite, CryptoProvider, KeyOffer } from '@mortise/crypto'
import {
  applicationLayerProtocolNegotiation,
  certificateAuthorities,
  ClientHello,
  cookie,
  encodeHandshake,
  ExtensionType,
  HandshakeType,
  keyShare,
  postHandshakeAuth,
  ProtocolVersion,
  recordSizeLimit,
  serverName,
  signatureAlgorithms,
  signatureAlgorithmsCert,
  signedCertificateTimestamp,
  statusRequest,
  supportedGroups,
  supportedVersions,
  writeExtension,
  type Codec,
  type Extension,
  type ExtensionBodies,
  type ExtensionDefinition,
  type ExtensionValue,
  type KeyShareEntry,
} from '@mortise/wire'
import { protocolBytes } from '../alpn.ts'
import { certificateTypeOffer } from '../authentication/certificateType.ts'
import type { ClientConfig } from '../config.ts'
import { drawGrease, type Grease } from '../grease.ts'
import { hostNameBytes } from '../serverName.ts'
import { padClientHello } from './padClientHello.ts'
import type { OfferedPreSharedKeys } from './preSharedKeys.ts'

const empty = new Uint8Array(0)

/** A ClientHello of ours, and what belongs to it until the answer is here. */
export interface SentClientHello {
  readonly clientHello: ClientHello
  /** Header included. */
  readonly message: Uint8Array
  /** By group; our private keys. */
  readonly offers: ReadonlyMap<number, KeyOffer>
  /** Types of the extensions offered: a response may carry no other. */
  readonly offered: ReadonlySet<number>
  /** Pre-shared keys. */
  readonly keys: OfferedPreSharedKeys | undefined
  /** Destroys private keys and secrets of pre-shared keys. Idempotent. */
  readonly destroy: () => void
}

/** How a first ClientHello is made of a config; known-answer tests bring their own. */
export type ComposeClientHello = (config: ClientConfig) => Promise<SentClientHello>

/** The ClientHello that a config makes, binders included. */
export async function composeClientHello(config: ClientConfig): Promise<SentClientHello> {
  const { provider } = config
  const grease = config.grease ? drawGrease(provider) : undefined
  const offers = new Map<number, KeyOffer>()
  for (const group of config.keyShares) offers.set(group.group, await group.offer())
  const keys = await config.preSharedKeys?.offer(config)

  const extensions = [...knownExtensions(config, grease, offers), ...(keys?.extensions ?? [])]
  if (config.permuteExtensions) shuffle(extensions, provider)
  if (grease) {
    extensions.unshift({ extensionType: grease.extensions[0], extensionData: empty })
    extensions.push({ extensionType: grease.extensions[1], extensionData: Uint8Array.of(0) })
  }
  // RFC 9846 §4.3.11: behind all others
  if (keys) extensions.push(...keys.last)
  const clientHello: ClientHello = {
    legacyVersion: ProtocolVersion.TLS_1_2,
    random: provider.random(32),
    legacySessionId: config.compatibilityMode ? provider.random(32) : empty,
    cipherSuites: [...(grease ? [grease.cipherSuite] : []), ...config.cipherSuites.map(({ suite }) => suite)],
    legacyCompressionMethods: Uint8Array.of(0),
    extensions,
  }
  const sent = sentClientHello(padClientHello(clientHello, config.padClientHello), offers, keys)
  await keys?.fillBinders(sent.message, undefined)
  return sent
}

/** What a HelloRetryRequest asked for. */
export interface Retry {
  /** A share for the requested group, replacing all others; `undefined` if none was requested. */
  readonly offer: { readonly group: number; readonly offer: KeyOffer } | undefined
  readonly cookie: Uint8Array | undefined
  readonly suite: CipherSuite
  /** The HelloRetryRequest, header included. */
  readonly message: Uint8Array
}

/**
 * The ClientHello that answers a HelloRetryRequest: the first one, changed only where RFC 9846 §4.2.2 says so.
 */
export async function composeSecondClientHello(
  first: SentClientHello,
  { offer: share, cookie: retryCookie, suite, message }: Retry,
): Promise<SentClientHello> {
  const keys = first.keys?.again(suite)
  const extensions: Extension[] = []
  for (const extension of first.clientHello.extensions) {
    const { extensionType } = extension
    if (extensionType === keyShare.type && share)
      extensions.push(
        helloExtension(keyShare, { clientShares: [{ group: share.group, keyExchange: share.offer.share }] }),
      )
    else if (extensionType !== ExtensionType.early_data && extensionType !== ExtensionType.pre_shared_key)
      extensions.push(extension)
  }
  if (retryCookie) extensions.push(helloExtension(cookie, { cookie: retryCookie }))
  if (keys) extensions.push(...keys.last)
  const sent = sentClientHello(
    { ...first.clientHello, extensions },
    share ? new Map([[share.group, share.offer]]) : first.offers,
    keys,
  )
  await keys?.fillBinders(sent.message, { firstClientHello: first.message, helloRetryRequest: message })
  return sent
}

export function sentClientHello(
  clientHello: ClientHello,
  offers: ReadonlyMap<number, KeyOffer>,
  keys?: OfferedPreSharedKeys,
): SentClientHello {
  return {
    clientHello,
    message: encodeHandshake(HandshakeType.client_hello, ClientHello, clientHello),
    offers,
    offered: new Set(clientHello.extensions.map(({ extensionType }) => extensionType)),
    keys,
    destroy: () => {
      for (const offer of offers.values()) offer.destroy()
      keys?.destroy()
    },
  }
}

/** What is offered; the order is for `permuteExtensions` to change. */
function knownExtensions(
  config: ClientConfig,
  grease: Grease | undefined,
  offers: ReadonlyMap<number, KeyOffer>,
): Extension[] {
  const hostName = hostNameBytes(config.serverName)
  const shares: KeyShareEntry[] = [...offers].map(([group, { share }]) => ({ group, keyExchange: share }))
  const { wants } = config.verifier
  const known: readonly (Extension | false | undefined)[] = [
    helloExtension(supportedVersions, {
      versions: [...(grease ? [grease.version] : []), ProtocolVersion.TLS_1_3],
    }),
    helloExtension(supportedGroups, {
      namedGroupList: [...(grease ? [grease.group] : []), ...config.groups.map(({ group }) => group)],
    }),
    helloExtension(keyShare, {
      clientShares: [...(grease ? [{ group: grease.group, keyExchange: Uint8Array.of(0) }] : []), ...shares],
    }),
    helloExtension(signatureAlgorithms, {
      supportedSignatureAlgorithms: [...(grease ? [grease.signatureScheme] : []), ...config.signatureSchemes],
    }),
    config.signatureSchemesCert &&
      helloExtension(signatureAlgorithmsCert, { supportedSignatureAlgorithms: config.signatureSchemesCert }),
    hostName && helloExtension(serverName, { serverNameList: [{ nameType: 0, name: hostName }] }),
    config.alpn.length > 0 &&
      helloExtension(applicationLayerProtocolNegotiation, {
        protocolNameList: config.alpn.map(protocolBytes),
      }),
    wants?.ocspResponse &&
      helloExtension(statusRequest, { statusType: 1, responderIdList: [], requestExtensions: empty }),
    wants?.signedCertificateTimestamps && helloExtension(signedCertificateTimestamp, {}),
    config.certificateAuthorities.length > 0 &&
      helloExtension(certificateAuthorities, { authorities: config.certificateAuthorities }),
    config.credentials.answersLater && helloExtension(postHandshakeAuth, {}),
    config.recordSizeLimit !== undefined &&
      helloExtension(recordSizeLimit, { recordSizeLimit: config.recordSizeLimit }),
  ]
  return [
    ...known.filter((extension) => typeof extension === 'object'),
    ...(config.certificateCompression?.offer('clientHello') ?? []),
    ...certificateTypeOffer(config),
    ...(config.delegatedCredentials?.offer('clientHello') ?? []),
    ...config.extensions,
  ]
}

function helloExtension<Bodies extends ExtensionBodies & { readonly clientHello: Codec<unknown> }>(
  definition: ExtensionDefinition<Bodies>,
  value: ExtensionValue<Bodies, 'clientHello'>,
): Extension {
  return writeExtension(definition, 'clientHello', value)
}

/** Fisher-Yates; the modulo's bias is of no consequence for an order. */
function shuffle(items: Extension[], provider: CryptoProvider): void {
  const random = provider.random(items.length * 2)
  for (let i = items.length - 1; i > 0; i--) {
    const j = (((random[2 * i] ?? 0) << 8) | (random[2 * i + 1] ?? 0)) % (i + 1)
    const [a, b] = [items[i], items[j]]
    if (a && b) [items[i], items[j]] = [b, a]
  }
}
