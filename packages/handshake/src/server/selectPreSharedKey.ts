/** Which of the client's pre-shared keys to use, if any (RFC 9846 §4.3.11). */
import { constantTimeEqual, type CipherSuite } from '@mortise/crypto'
import { concat, PskKeyExchangeMode, TlsError } from '@mortise/wire'
import type { ServerConfig } from '../config.ts'
import type { EarlyStage } from '../keySchedule.ts'
import { binder, earlyStage, hashOf, type PreSharedKey } from '../preSharedKey/preSharedKey.ts'
import { isFresh, sessionKey, type ServerSession } from '../preSharedKey/session.ts'
import { retryPrefix } from '../transcript.ts'
import type { ClientHelloInfo } from './clientHelloInfo.ts'
import { commonCipherSuites } from './negotiate.ts'

/** Identities that are looked up in one ClientHello; the rest is ignored. */
export const maxIdentities = 8

export interface SelectedKey {
  readonly psk: PreSharedKey
  /** selected_identity. */
  readonly index: number
  readonly suite: CipherSuite
  /** Whether there is a key exchange beside the key. */
  readonly mode: number
  /** `undefined` for an external key. */
  readonly session: ServerSession | undefined
  readonly stage: EarlyStage
  /** The binder, which no two ClientHellos share. */
  readonly binder: Uint8Array
}

/** The messages before a second ClientHello. */
export interface RetryMessages {
  readonly firstClientHello: Uint8Array
  readonly helloRetryRequest: Uint8Array
}

/**
 * The first key that we know and that fits a common suite and mode.
 * @param raw the ClientHello, header included
 * @param suites to choose from: one alone after a HelloRetryRequest
 * @throws TlsError `ERR_TLS_BAD_BINDER` if the chosen key's binder is wrong
 */
export async function selectPreSharedKey(
  hello: ClientHelloInfo,
  raw: Uint8Array,
  config: ServerConfig,
  suites: readonly CipherSuite[] = commonCipherSuites(hello, config),
  retry?: RetryMessages,
): Promise<SelectedKey | undefined> {
  const offered = hello.preSharedKeys
  const mode = chooseMode(hello, config)
  if (!offered || mode === undefined) return undefined
  for (const [index, { identity }] of offered.identities.slice(0, maxIdentities).entries()) {
    const found = await findKey(identity, config)
    const suite = found && suites.find(({ hash }) => hash.name === found.psk.hash.name)
    const value = offered.binders[index]
    if (!found || !suite || !value) continue
    const stage = await earlyStage(found.psk)
    await checkBinder(found.psk, stage, value, hello, raw, retry)
    return { ...found, index, suite, mode, stage, binder: value }
  }
  return undefined
}

function chooseMode(hello: ClientHelloInfo, config: ServerConfig): number | undefined {
  return config.pskKeyExchangeModes.find(
    (mode) =>
      hello.pskKeyExchangeModes.includes(mode) &&
      // RFC 9846 §4.2.1: with no common group, only psk_ke is left
      (mode === PskKeyExchangeMode.psk_ke || config.groups.some(({ group }) => hello.groups.includes(group))),
  )
}

async function findKey(
  identity: Uint8Array,
  config: ServerConfig,
): Promise<{ psk: PreSharedKey; session: ServerSession | undefined } | undefined> {
  const { provider, tickets, now } = config
  const session = await tickets?.redeem(identity)
  if (session && now && isFresh(session, now()) && session.context === config.sessionContext)
    return { session, psk: sessionKey(provider, session, identity) }
  const external = await config.findPreSharedKey?.(identity)
  if (!external) return undefined
  const { key, hash = 'sha256', kind = 'external' } = external
  return { session: undefined, psk: { kind, identity, key, hash: hashOf(provider, hash) } }
}

async function checkBinder(
  psk: PreSharedKey,
  stage: EarlyStage,
  actual: Uint8Array,
  { preSharedKeys }: ClientHelloInfo,
  raw: Uint8Array,
  retry: RetryMessages | undefined,
): Promise<void> {
  // RFC 9846 §4.3.11.2: the list of binders, its length included, is the end of the message
  const bindersLength = (preSharedKeys?.binders ?? []).reduce(
    (length, { length: own }) => length + 1 + own,
    2,
  )
  const truncated = raw.subarray(0, raw.length - bindersLength)
  const prefix = retry && (await retryPrefix(psk.hash, retry.firstClientHello, retry.helloRetryRequest))
  const transcriptHash = await psk.hash.digest(prefix ? concat(prefix, truncated) : truncated)
  const expected = await binder(psk, stage, transcriptHash)
  if (!constantTimeEqual(actual, expected)) throw new TlsError('ERR_TLS_BAD_BINDER')
}
