/** ServerHello: version, suite and key exchange are settled, handshake keys begin (RFC 9846 §4.2.3). */
import type { CipherSuite, Secret } from '@mortise/crypto'
import {
  checkExtensions,
  codeText,
  downgradeToTls11,
  downgradeToTls12,
  equalBytes,
  inWords,
  keyShare,
  ProtocolVersion,
  readExtension,
  supportedVersions,
  TlsError,
  type KeyShareEntry,
  type ServerHello,
} from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import type { HandshakeAction } from '../action.ts'
import { invalidShare } from '../invalidShare.ts'
import { keyLog } from '../keyLog.ts'
import { startKeySchedule } from '../keySchedule.ts'
import type { Received, Step } from '../machine.ts'
import type { SentClientHello } from './clientHello.ts'
import type { ClientContext } from './context.ts'
import type { ExpectEncryptedExtensions, ExpectSecondServerHello, ExpectServerHello } from './states.ts'

export async function readServerHello(
  { hello }: ExpectServerHello,
  message: Received<'ServerHello'>,
  context: ClientContext,
): Promise<Step<ExpectEncryptedExtensions>> {
  const suite = checkServerHello(message.body, hello, context)
  return beginHandshakeKeys({ hello, suite, retried: false }, message, context)
}

export async function readSecondServerHello(
  { hello, suite: retrySuite, group }: ExpectSecondServerHello,
  message: Received<'ServerHello'>,
  context: ClientContext,
): Promise<Step<ExpectEncryptedExtensions>> {
  const suite = checkServerHello(message.body, hello, context)
  // RFC 9846 §4.2.4: suite and group are those of the HelloRetryRequest
  if (suite !== retrySuite)
    throw new TlsError(faults.ERR_TLS_CIPHER_SUITE_CHANGED, {
      detail: inWords && `${retrySuite.name} in HelloRetryRequest, ${suite.name} in ServerHello`,
    })
  const share = readExtension(message.body.extensions, keyShare, 'serverHello')
  if (group !== undefined && share && share.serverShare.group !== group)
    throw new TlsError(faults.ERR_TLS_WRONG_GROUP, {
      detail: inWords && `${codeText.namedGroup(share.serverShare.group)} was not requested`,
    })
  return beginHandshakeKeys({ hello, suite, retried: true }, message, context)
}

/** The checks that a HelloRetryRequest has in common with a ServerHello (RFC 9846 §4.2.3, §4.2.4). */
export function checkServerHello(
  serverHello: ServerHello,
  { clientHello, offered }: SentClientHello,
  { config }: ClientContext,
  kind: 'serverHello' | 'helloRetryRequest' = 'serverHello',
): CipherSuite {
  checkVersion(serverHello, kind)
  const { legacySessionIdEcho, cipherSuite, legacyCompressionMethod, extensions } = serverHello
  const { legacySessionId } = clientHello
  checkExtensions(extensions, kind, offered)
  if (
    legacySessionIdEcho.length !== legacySessionId.length ||
    legacySessionIdEcho.some((byte, i) => byte !== legacySessionId[i])
  )
    throw new TlsError(faults.ERR_TLS_SESSION_ID_MISMATCH)
  if (legacyCompressionMethod !== 0)
    throw new TlsError(faults.ERR_TLS_COMPRESSION, {
      detail: inWords && `legacy_compression_method ${legacyCompressionMethod}`,
    })
  const suite = config.cipherSuites.find(({ suite: offeredSuite }) => offeredSuite === cipherSuite)
  if (!suite)
    throw new TlsError(faults.ERR_TLS_CIPHER_SUITE_NOT_OFFERED, {
      detail: inWords && codeText.cipherSuite(cipherSuite),
    })
  return suite
}

function checkVersion(
  { legacyVersion, random, extensions }: ServerHello,
  kind: 'serverHello' | 'helloRetryRequest',
): void {
  // RFC 9846 §4.2.3, §E.1: without supported_versions the server has chosen an older version
  const version = readExtension(extensions, supportedVersions, kind)
  // RFC 9846 §4.2.3: a server that says so would have chosen TLS 1.3, had it seen what we offered
  const ending = random.subarray(-downgradeToTls12.length)
  if (!version && (equalBytes(ending, downgradeToTls12) || equalBytes(ending, downgradeToTls11)))
    throw new TlsError(faults.ERR_TLS_DOWNGRADE)
  if (legacyVersion !== ProtocolVersion.TLS_1_2 || !version)
    throw new TlsError(faults.ERR_TLS_PROTOCOL_VERSION, {
      detail: inWords && 'the server does not speak TLS 1.3',
    })
  // RFC 9846 §4.3.1
  if (version.selectedVersion !== ProtocolVersion.TLS_1_3)
    throw new TlsError(faults.ERR_TLS_VERSION_NOT_OFFERED, {
      detail: inWords && `0x${version.selectedVersion.toString(16)}`,
    })
}

interface Agreed {
  readonly hello: SentClientHello
  readonly suite: CipherSuite
  readonly retried: boolean
}

async function beginHandshakeKeys(
  { hello, suite, retried }: Agreed,
  { raw, body }: Received<'ServerHello'>,
  { config, transcript }: ClientContext,
): Promise<Step<ExpectEncryptedExtensions>> {
  const key = hello.keys?.select(body, suite)
  const share = readExtension(body.extensions, keyShare, 'serverHello')?.serverShare
  // RFC 9846 §4.2.3: key_share, unless a key was selected
  if (!key && !share)
    throw new TlsError(faults.ERR_TLS_MISSING_EXTENSION, {
      detail: inWords && 'ServerHello has neither key_share nor pre_shared_key',
    })
  const sharedSecret = share && (await completeKeyExchange(hello, share))
  for (const offer of hello.offers.values()) offer.destroy()

  transcript.use(suite.hash)
  transcript.add(raw)
  const early = key?.stage ?? (await startKeySchedule(suite.hash))
  const stage = await early.mix(sharedSecret)
  const transcriptHash = await transcript.hash()
  const clientHandshakeSecret = await stage.clientHandshakeTrafficSecret(transcriptHash)
  const serverHandshakeSecret = await stage.serverHandshakeTrafficSecret(transcriptHash)
  const { random } = hello.clientHello
  // With early data under way, write keys change only when EncryptedExtensions has told its fate
  const early0 = hello.keys?.earlyData !== undefined
  const actions: HandshakeAction[] = [
    keyLog('CLIENT_HANDSHAKE_TRAFFIC_SECRET', random, clientHandshakeSecret),
    keyLog('SERVER_HANDSHAKE_TRAFFIC_SECRET', random, serverHandshakeSecret),
    { kind: 'installReadKeys', level: 'handshake', suite, secret: serverHandshakeSecret },
    // RFC 9846 §E.4: before our second flight, unless it went out before
    ...(config.compatibilityMode && !retried && !early0 ? [{ kind: 'sendChangeCipherSpec' } as const] : []),
    // At once, so that an alert from here on is protected (RFC 9846 §A.1)
    ...(early0
      ? []
      : [{ kind: 'installWriteKeys', level: 'handshake', suite, secret: clientHandshakeSecret } as const]),
  ]
  return {
    next: {
      name: 'ExpectEncryptedExtensions',
      hello,
      suite,
      group: share?.group,
      retried,
      key,
      stage,
      clientHandshakeSecret,
      serverHandshakeSecret,
    },
    actions,
  }
}

async function completeKeyExchange(hello: SentClientHello, share: KeyShareEntry): Promise<Secret> {
  const offer = hello.offers.get(share.group)
  // RFC 9846 §4.3.8: the group of one of our shares
  if (!offer)
    throw new TlsError(faults.ERR_TLS_WRONG_GROUP, {
      detail: inWords && `no share was sent for ${codeText.namedGroup(share.group)}`,
    })
  try {
    return await offer.complete(share.keyExchange)
  } catch (cause) {
    throw invalidShare(cause, share.group)
  }
}
