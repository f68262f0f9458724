/** Early data: what goes with the ClientHello, and what EncryptedExtensions says of it (RFC 9846 §4.3.10). */
import type { CipherSuite } from '@mortise/crypto'
import {
  earlyData,
  encodeHandshake,
  EndOfEarlyData,
  HandshakeType,
  inWords,
  readExtension,
  TlsError,
  type EncryptedExtensions,
} from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import type { HandshakeAction, InstallKeys } from '../../action.ts'
import type { ClientConfig } from '../../config.ts'
import { keyLog } from '../../keyLog.ts'
import type { ClientSession } from '../../preSharedKey/session.ts'
import type { SentClientHello } from '../clientHello.ts'
import type { ClientContext } from '../context.ts'
import type { DecidedEarlyData, OfferedEarlyData, OfferedKey } from '../preSharedKeys.ts'
import type { ExpectEncryptedExtensions } from '../states.ts'

/** What early data is sent under. */
interface EarlyDataKey {
  readonly key: OfferedKey
  readonly session: ClientSession
  readonly suite: CipherSuite
}

/** Early data goes with the first key, if that is a session's: its suite and ALPN protocol must be ours to offer. */
export function offerEarlyData(
  key: OfferedKey | undefined,
  { cipherSuites, alpn }: ClientConfig,
): OfferedEarlyData | undefined {
  const session = key?.session
  if (!session || session.maxEarlyDataSize === 0) return undefined
  const suite = cipherSuites.find((item) => item.suite === session.cipherSuite)
  const sameProtocol = session.alpn === undefined || alpn.includes(session.alpn)
  if (!suite || !sameProtocol) return undefined
  return {
    begin: (hello, context) => beginEarlyData({ key, session, suite }, hello, context),
    endByRetry: [{ kind: 'removeWriteKeys' }, { kind: 'earlyData', accepted: false }],
    keysForAlert: handshakeKeys,
    decide: (body, state, protocol) => {
      const accepted = isAccepted({ key, session, suite }, body, state, protocol)
      return accepted ? acceptedEarlyData(state) : rejectedEarlyData(state)
    },
  }
}

/** Right behind the ClientHello, under the first key's early traffic secret. */
async function beginEarlyData(
  { key, session, suite }: EarlyDataKey,
  { clientHello, message }: SentClientHello,
  context: ClientContext,
): Promise<readonly HandshakeAction[]> {
  const transcriptHash = await suite.hash.digest(message)
  const secret = await key.stage.clientEarlyTrafficSecret(transcriptHash)
  const exporter = await key.stage.earlyExporterSecret(transcriptHash)
  context.retired = [secret]
  context.earlyExporter = { hash: suite.hash, secret: exporter }
  return [
    ...(context.config.compatibilityMode ? [{ kind: 'sendChangeCipherSpec' } as const] : []),
    keyLog('CLIENT_EARLY_TRAFFIC_SECRET', clientHello.random, secret),
    keyLog('EARLY_EXPORTER_SECRET', clientHello.random, exporter),
    { kind: 'installWriteKeys', level: 'early', suite, secret },
    { kind: 'offerEarlyData', maxSize: session.maxEarlyDataSize },
  ]
}

/** Accepted early data means the first key, and its session's suite and ALPN protocol. */
function isAccepted(
  early: EarlyDataKey,
  { extensions }: EncryptedExtensions,
  { key, suite }: ExpectEncryptedExtensions,
  alpn: string | undefined,
): boolean {
  if (readExtension(extensions, earlyData, 'encryptedExtensions') === undefined) return false
  if (key !== early.key || suite.suite !== early.session.cipherSuite || early.session.alpn !== alpn)
    throw new TlsError(faults.ERR_TLS_EARLY_DATA_NOT_ALLOWED, {
      detail:
        inWords &&
        'early data was accepted with another key, cipher suite or ALPN protocol than it was sent with',
    })
  return true
}

/** It may go on until the server's Finished has come (RFC 9846 §4.6). */
function acceptedEarlyData(state: ExpectEncryptedExtensions): DecidedEarlyData {
  return {
    accepted: true,
    actions: [{ kind: 'earlyData', accepted: true }],
    end: (transcript) => {
      const message = encodeHandshake(HandshakeType.end_of_early_data, EndOfEarlyData, {})
      transcript.add(message)
      return [{ kind: 'send', level: 'early', message }, handshakeKeys(state)]
    },
  }
}

/** It is over, and handshake keys are due. */
function rejectedEarlyData(state: ExpectEncryptedExtensions): DecidedEarlyData {
  return {
    accepted: false,
    actions: [{ kind: 'earlyData', accepted: false }, handshakeKeys(state)],
    end: () => [],
  }
}

function handshakeKeys({ suite, clientHandshakeSecret: secret }: ExpectEncryptedExtensions): InstallKeys {
  return { kind: 'installWriteKeys', level: 'handshake', suite, secret }
}
