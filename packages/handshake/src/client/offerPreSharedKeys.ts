/** The pre_shared_key extension of a ClientHello: identities, ages and binders (RFC 9846 §4.3.11). */
import { concat, preSharedKey, writeExtension, type Extension } from '@mortise/wire'
import type { ClientConfig } from '../config.ts'
import type { EarlyStage } from '../keySchedule.ts'
import { binder, earlyStage, hashOf, type PreSharedKey } from '../preSharedKey/preSharedKey.ts'
import { retryPrefix } from '../transcript.ts'
import { isFresh, obfuscatedTicketAge, sessionKey, type ClientSession } from '../preSharedKey/session.ts'

/** A key that was offered, with the stage of the key schedule that it leads to. */
export interface OfferedKey {
  readonly psk: PreSharedKey
  /** `undefined` for an external key. */
  readonly session: ClientSession | undefined
  readonly stage: EarlyStage
  /** Of a ticket; 0 for an external key. */
  readonly obfuscatedTicketAge: number
}

/** The sessions and keys that fit the config; a session belongs to the name it was made with. */
export async function keysToOffer(config: ClientConfig): Promise<readonly OfferedKey[]> {
  const { provider, now } = config
  const time = now?.() ?? 0
  const sessions = config.sessions
    .filter((session) => isFresh(session, time) && session.serverName === config.serverName)
    .filter(({ context }) => context === config.sessionContext)
    .filter(({ hash }) => config.cipherSuites.some((suite) => suite.hash.name === hash))
    .map((session) => ({
      session,
      psk: sessionKey(provider, session, session.ticket),
      obfuscatedTicketAge: obfuscatedTicketAge(session, time),
    }))
  const external = config.preSharedKeys.map(({ identity, key, hash = 'sha256', kind = 'external' }) => ({
    session: undefined,
    psk: { kind, identity, key, hash: hashOf(provider, hash) },
    obfuscatedTicketAge: 0,
  }))
  const offered: OfferedKey[] = []
  for (const key of [...sessions, ...external]) offered.push({ ...key, stage: await earlyStage(key.psk) })
  return offered
}

/** With binders of zeros, to be filled in when the rest of the message is known. */
export function preSharedKeyExtension(keys: readonly OfferedKey[]): Extension {
  return writeExtension(preSharedKey, 'clientHello', {
    identities: keys.map(({ psk, obfuscatedTicketAge: age }) => ({
      identity: psk.identity,
      obfuscatedTicketAge: age,
    })),
    binders: keys.map(({ psk }) => new Uint8Array(psk.hash.length)),
  })
}

/**
 * Computes the binders of an encoded ClientHello and writes them into it.
 * @param retry the messages before it, if a HelloRetryRequest came
 */
export async function fillBinders(
  message: Uint8Array,
  keys: readonly OfferedKey[],
  retry: { readonly firstClientHello: Uint8Array; readonly helloRetryRequest: Uint8Array } | undefined,
): Promise<void> {
  // RFC 9846 §4.3.11.2: the binders are the end of the message, after a length of two bytes
  const bindersLength = keys.reduce((length, { psk }) => length + 1 + psk.hash.length, 0)
  const truncated = message.subarray(0, message.length - bindersLength - 2)
  let at = message.length - bindersLength
  for (const { psk, stage } of keys) {
    const prefix = retry
      ? await retryPrefix(psk.hash, retry.firstClientHello, retry.helloRetryRequest)
      : undefined
    const transcriptHash = await psk.hash.digest(prefix ? concat(prefix, truncated) : truncated)
    message.set(await binder(psk, stage, transcriptHash), at + 1)
    at += 1 + psk.hash.length
  }
}
