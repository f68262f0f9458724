/** The first ClientHello: options are chosen, then a HelloRetryRequest or the server's flight goes out (RFC 9846 §4.2). */
import {
  cookie,
  encodeHandshake,
  HandshakeType,
  helloRetryRequestRandom,
  inWords,
  keyShare,
  ProtocolVersion,
  PskKeyExchangeMode,
  ServerHello,
  supportedVersions,
  TlsError,
  writeExtension,
} from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import type { CipherSuite, KeyExchangeGroup } from '@mortise/crypto'
import { serverConfig, type ServerConfig } from '../config.ts'
import type { Received, Step } from '../machine.ts'
import type { Transcript } from '../transcript.ts'
import {
  readClientHelloInfo,
  requireKeyExchange,
  requireSignatureAlgorithms,
  type ClientHelloInfo,
} from './clientHelloInfo.ts'
import type { ServerContext } from './context.ts'
import { rejectedEarlyData } from './earlyData.ts'
import { chooseCipherSuite, chooseGroup } from './negotiate.ts'
import { selectPreSharedKey, type SelectedKey } from './selectPreSharedKey.ts'
import { composeServerFlight } from './serverFlight.ts'
import type {
  ExpectCertificate,
  ExpectClientHello,
  ExpectEndOfEarlyData,
  ExpectFinished,
  ExpectSecondClientHello,
} from './states.ts'

export async function readClientHello(
  _: ExpectClientHello,
  { raw, body }: Received<'ClientHello'>,
  context: ServerContext,
): Promise<Step<ExpectSecondClientHello | ExpectEndOfEarlyData | ExpectCertificate | ExpectFinished>> {
  const hello = readClientHelloInfo(body)
  const { config: source, transcript } = context
  const config = serverConfig(typeof source === 'function' ? await source(hello) : source)
  // RFC 9846 §4.3.2: none was issued yet
  if (hello.cookie)
    throw new TlsError(faults.ERR_TLS_WRONG_COOKIE, {
      detail: inWords && 'a cookie in the first ClientHello',
    })
  const key = await selectPreSharedKey(hello, raw, config)
  const suite = key?.suite ?? chooseCipherSuite(hello, config)
  if (!key) requireSignatureAlgorithms(hello)
  transcript.add(raw)
  transcript.use(suite.hash)
  if (key?.mode === PskKeyExchangeMode.psk_ke)
    return composeServerFlight({ config, hello, suite, key, exchange: undefined, retried: false }, context)
  requireKeyExchange(hello)
  const group = chooseGroup(hello, config)
  const share = hello.keyShares.find((entry) => entry.group === group.group)
  if (share)
    return composeServerFlight(
      { config, hello, suite, key, exchange: { group, share }, retried: false },
      context,
    )
  return retry({ config, hello, suite, group, raw, key }, transcript)
}

interface RetryReason {
  readonly config: ServerConfig
  readonly hello: ClientHelloInfo
  readonly suite: CipherSuite
  readonly group: KeyExchangeGroup
  readonly raw: Uint8Array
  readonly key: SelectedKey | undefined
}

async function retry(
  { config, hello, suite, group, raw, key }: RetryReason,
  transcript: Transcript,
): Promise<Step<ExpectSecondClientHello>> {
  const first = hello.message
  const cookieBytes = await config.retryCookie?.()
  const message = composeHelloRetryRequest(first.legacySessionId, suite, group, cookieBytes)
  await transcript.restartForRetry()
  transcript.add(message)
  return {
    next: {
      name: 'ExpectSecondClientHello',
      config,
      first,
      suite,
      group,
      cookie: cookieBytes,
      messages: { firstClientHello: raw, helloRetryRequest: message },
      key,
    },
    actions: [
      { kind: 'requireMessageBoundary' },
      { kind: 'allowChangeCipherSpec', allowed: true },
      { kind: 'send', level: 'initial', message },
      // RFC 9846 §E.4: right after the first handshake message, if the client is in compatibility mode
      ...(first.legacySessionId.length > 0 ? [{ kind: 'sendChangeCipherSpec' } as const] : []),
      ...(hello.earlyData ? [rejectedEarlyData(config, key)] : []),
    ],
  }
}

function composeHelloRetryRequest(
  legacySessionIdEcho: Uint8Array,
  { suite }: CipherSuite,
  { group }: KeyExchangeGroup,
  cookieBytes: Uint8Array | undefined,
): Uint8Array {
  return encodeHandshake(HandshakeType.server_hello, ServerHello, {
    legacyVersion: ProtocolVersion.TLS_1_2,
    random: helloRetryRequestRandom,
    legacySessionIdEcho,
    cipherSuite: suite,
    legacyCompressionMethod: 0,
    extensions: [
      writeExtension(keyShare, 'helloRetryRequest', { selectedGroup: group }),
      ...(cookieBytes ? [writeExtension(cookie, 'helloRetryRequest', { cookie: cookieBytes })] : []),
      writeExtension(supportedVersions, 'helloRetryRequest', { selectedVersion: ProtocolVersion.TLS_1_3 }),
    ],
  })
}
