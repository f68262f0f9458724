/** Which of the client's pre-shared keys to use, if any (RFC 9846 §4.3.11). */
import { constantTimeEqual, type CipherSuite } from '@mortise/crypto'
import { concat, equalBytes, inWords, PskKeyExchangeMode, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import type { ServerConfig } from '../config.ts'
import type { PreSharedKeyStage } from '../keySchedule.ts'
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
  readonly stage: PreSharedKeyStage
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
 * @throws TlsError `ERR_TLS_BAD_BINDER` if the chosen key's binder is wrong
 */
export async function selectPreSharedKey(
  hello: ClientHelloInfo,
  raw: Uint8Array,
  config: ServerConfig,
): Promise<SelectedKey | undefined> {
  const offered = hello.preSharedKeys
  const mode = chooseMode(hello, config)
  if (!offered || mode === undefined) return undefined
  const suites = commonCipherSuites(hello, config)
  for (const [index, { identity }] of offered.identities.slice(0, maxIdentities).entries()) {
    const found = await findKey(identity, hello, config)
    const suite = found && suites.find(({ hash }) => hash.name === found.psk.hash.name)
    const value = offered.binders[index]
    if (!found || !suite || !value) continue
    const stage = await earlyStage(found.psk)
    await checkBinder(found.psk, stage, value, hello, raw, undefined)
    return { ...found, index, suite, mode, stage, binder: value }
  }
  return undefined
}

/**
 * The key of the first ClientHello, as the second offers it; whoever keeps it is not asked again.
 * @throws TlsError if it is gone, though it fits the suite (RFC 9846 §4.2.2), or its binder is wrong
 */
export async function selectAgain(
  selected: SelectedKey,
  hello: ClientHelloInfo,
  raw: Uint8Array,
  retry: RetryMessages,
): Promise<SelectedKey> {
  const offered = hello.preSharedKeys
  if (!offered)
    throw new TlsError(faults.ERR_TLS_MISSING_EXTENSION, {
      detail: inWords && 'the second ClientHello has no pre_shared_key',
    })
  const index = offered.identities.findIndex(({ identity }) => equalBytes(identity, selected.psk.identity))
  const value = offered.binders[index]
  if (!value)
    throw new TlsError(faults.ERR_TLS_CLIENT_HELLO_CHANGED, {
      detail: inWords && 'the pre-shared key that fits is not offered again',
    })
  await checkBinder(selected.psk, selected.stage, value, hello, raw, retry)
  return { ...selected, index, binder: value }
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
  { serverName }: ClientHelloInfo,
  config: ServerConfig,
): Promise<{ psk: PreSharedKey; session: ServerSession | undefined } | undefined> {
  const { provider, tickets, now } = config
  const session = await tickets?.redeem(identity)
  // RFC 9846 §4.7.1: a session of another name is declined, so that the name of a connection is that of its session
  const fits = session?.serverName === serverName && session?.context === config.sessionContext
  if (session && fits && now && isFresh(session, now()))
    return { session, psk: sessionKey(provider, session, identity) }
  const external = await config.findPreSharedKey?.(identity)
  if (!external) return undefined
  const { key, hash = 'sha256', kind = 'external' } = external
  return { session: undefined, psk: { kind, identity, key, hash: hashOf(provider, hash) } }
}

async function checkBinder(
  psk: PreSharedKey,
  stage: PreSharedKeyStage,
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
  if (!constantTimeEqual(actual, expected)) throw new TlsError(faults.ERR_TLS_BAD_BINDER)
}
