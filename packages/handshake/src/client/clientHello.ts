/** Makes our ClientHello, the first and the second (RFC 9846 §4.2.2). */
import type { CryptoProvider, KeyOffer } from '@mortise/crypto'
import {
  applicationLayerProtocolNegotiation,
  ClientHello,
  cookie,
  encodeHandshake,
  HandshakeType,
  keyShare,
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
  type Extension,
  type KeyShareEntry,
} from '@mortise/wire'
import { protocolBytes } from '../alpn.ts'
import type { ClientConfig } from '../config.ts'
import { hostNameBytes } from '../serverName.ts'
import { drawGrease, type Grease } from './grease.ts'

export interface SentClientHello {
  readonly clientHello: ClientHello
  /** Header included. */
  readonly message: Uint8Array
  /** By group; our private keys. */
  readonly offers: ReadonlyMap<number, KeyOffer>
  /** Types of the extensions offered: a response may carry no other. */
  readonly offered: ReadonlySet<number>
}

/** How a first ClientHello is made of a config; known-answer tests bring their own. */
export type ComposeClientHello = (config: ClientConfig) => Promise<SentClientHello>

export async function composeClientHello(config: ClientConfig): Promise<SentClientHello> {
  const { provider } = config
  const grease = config.grease ? drawGrease(provider) : undefined
  const offers = new Map<number, KeyOffer>()
  for (const group of config.keyShares) offers.set(group.group, await group.offer())
  const extensions = knownExtensions(config, grease, offers)
  if (config.permuteExtensions) shuffle(extensions, provider)
  return sentClientHello(
    {
      legacyVersion: ProtocolVersion.TLS_1_2,
      random: provider.random(32),
      legacySessionId: config.compatibilityMode ? provider.random(32) : new Uint8Array(0),
      cipherSuites: [...(grease ? [grease.cipherSuite] : []), ...config.cipherSuites.map(({ suite }) => suite)],
      legacyCompressionMethods: Uint8Array.of(0),
      extensions: grease
        ? [
            { extensionType: grease.extensions[0], extensionData: new Uint8Array(0) },
            ...extensions,
            { extensionType: grease.extensions[1], extensionData: Uint8Array.of(0) },
          ]
        : extensions,
    },
    offers,
  )
}

/**
 * The ClientHello that answers a HelloRetryRequest: the first one, changed only where RFC 9846 §4.2.2 says so.
 * @param offer a share for the requested group, replacing all others; `undefined` if none was requested
 */
export function composeSecondClientHello(
  first: SentClientHello,
  offer: { readonly group: number; readonly offer: KeyOffer } | undefined,
  retryCookie: Uint8Array | undefined,
): SentClientHello {
  const shares = offer && [{ group: offer.group, keyExchange: offer.offer.share }]
  const extensions = first.clientHello.extensions.map((extension) =>
    shares && extension.extensionType === keyShare.type
      ? writeExtension(keyShare, 'clientHello', { clientShares: shares })
      : extension,
  )
  if (retryCookie) extensions.push(writeExtension(cookie, 'clientHello', { cookie: retryCookie }))
  return sentClientHello(
    { ...first.clientHello, extensions },
    offer ? new Map([[offer.group, offer.offer]]) : first.offers,
  )
}

export function sentClientHello(clientHello: ClientHello, offers: ReadonlyMap<number, KeyOffer>): SentClientHello {
  return {
    clientHello,
    message: encodeHandshake(HandshakeType.client_hello, ClientHello, clientHello),
    offers,
    offered: new Set(clientHello.extensions.map(({ extensionType }) => extensionType)),
  }
}

function knownExtensions(
  config: ClientConfig,
  grease: Grease | undefined,
  offers: ReadonlyMap<number, KeyOffer>,
): Extension[] {
  const hostName = hostNameBytes(config.serverName)
  const shares: KeyShareEntry[] = [...offers].map(([group, { share }]) => ({ group, keyExchange: share }))
  const wants = config.verifier.wants
  const extensions: Extension[] = [
    writeExtension(supportedVersions, 'clientHello', {
      versions: [...(grease ? [grease.version] : []), ProtocolVersion.TLS_1_3],
    }),
    writeExtension(supportedGroups, 'clientHello', {
      namedGroupList: [...(grease ? [grease.group] : []), ...config.groups.map(({ group }) => group)],
    }),
    writeExtension(keyShare, 'clientHello', {
      clientShares: [...(grease ? [{ group: grease.group, keyExchange: Uint8Array.of(0) }] : []), ...shares],
    }),
    writeExtension(signatureAlgorithms, 'clientHello', {
      supportedSignatureAlgorithms: [...(grease ? [grease.signatureScheme] : []), ...config.signatureSchemes],
    }),
  ]
  if (config.signatureSchemesCert)
    extensions.push(
      writeExtension(signatureAlgorithmsCert, 'clientHello', { supportedSignatureAlgorithms: config.signatureSchemesCert }),
    )
  if (hostName)
    extensions.push(writeExtension(serverName, 'clientHello', { serverNameList: [{ nameType: 0, name: hostName }] }))
  if (config.alpn.length > 0)
    extensions.push(
      writeExtension(applicationLayerProtocolNegotiation, 'clientHello', { protocolNameList: config.alpn.map(protocolBytes) }),
    )
  if (wants?.ocspResponse)
    extensions.push(
      writeExtension(statusRequest, 'clientHello', {
        statusType: 1,
        responderIdList: [],
        requestExtensions: new Uint8Array(0),
      }),
    )
  if (wants?.signedCertificateTimestamps)
    extensions.push({ extensionType: signedCertificateTimestamp.type, extensionData: new Uint8Array(0) })
  if (config.recordSizeLimit !== undefined)
    extensions.push(writeExtension(recordSizeLimit, 'clientHello', { recordSizeLimit: config.recordSizeLimit }))
  return extensions
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
