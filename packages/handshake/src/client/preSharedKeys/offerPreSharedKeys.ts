/** The pre_shared_key extension of a ClientHello: identities, ages and binders (RFC 9846 §4.3.11). */
import {
  concat,
  earlyData,
  preSharedKey,
  pskKeyExchangeModes,
  writeExtension,
  type Extension,
} from '@mortise/wire'
import type { ClientConfig } from '../../config.ts'
import { binder, earlyStage, hashOf } from '../../preSharedKey/preSharedKey.ts'
import { isFresh, obfuscatedTicketAge, sessionKey } from '../../preSharedKey/session.ts'
import { retryPrefix } from '../../transcript.ts'
import type { OfferedEarlyData, OfferedKey, OfferedPreSharedKeys } from '../preSharedKeys.ts'
import type { PreSharedKeysConfig } from './clientPreSharedKeys.ts'
import { offerEarlyData } from './offerEarlyData.ts'
import { selectPreSharedKey } from './selectPreSharedKey.ts'

export async function offerPreSharedKeys(
  own: PreSharedKeysConfig,
  config: ClientConfig,
): Promise<OfferedPreSharedKeys> {
  const keys = await keysToOffer(own, config)
  return offered(own, keys, own.earlyData ? offerEarlyData(keys[0], config) : undefined)
}

function offered(
  own: PreSharedKeysConfig,
  keys: readonly OfferedKey[],
  early: OfferedEarlyData | undefined,
): OfferedPreSharedKeys {
  const { acceptTickets, pskKeyExchangeModes: keModes } = own
  const destroyAllBut = (...kept: readonly (OfferedKey | undefined)[]): void => {
    for (const key of keys) if (!kept.includes(key)) key.stage.destroy()
  }
  return {
    extensions: [
      ...(keys.length > 0 || acceptTickets
        ? [writeExtension(pskKeyExchangeModes, 'clientHello', { keModes })]
        : []),
      ...(early ? [writeExtension(earlyData, 'clientHello', {})] : []),
    ],
    last: keys.length > 0 ? [preSharedKeyExtension(keys)] : [],
    earlyData: early,
    fillBinders: (message, retry) => fillBinders(message, keys, retry),
    again: ({ hash }) => {
      // RFC 9846 §4.2.2: keys of another hash than the suite's are dropped, early data is not offered again
      const fitting = keys.filter(({ psk }) => psk.hash.name === hash.name)
      destroyAllBut(...fitting)
      return offered(own, fitting, undefined)
    },
    select: (serverHello, suite) => {
      const key = selectPreSharedKey(serverHello, keys, keModes, suite)
      destroyAllBut(key)
      return key
    },
    destroy: () => destroyAllBut(),
  }
}

/** The sessions and keys that fit the config; a session belongs to the name it was made with. */
async function keysToOffer(
  own: PreSharedKeysConfig,
  { provider, now, serverName, cipherSuites }: ClientConfig,
): Promise<readonly OfferedKey[]> {
  const time = now?.() ?? 0
  const sessions = (now ? own.sessions : [])
    .filter((session) => isFresh(session, time) && session.serverName === serverName)
    .filter(({ context }) => context === own.sessionContext)
    .filter(({ hash }) => cipherSuites.some((suite) => suite.hash.name === hash))
    .map((session) => ({
      session,
      psk: sessionKey(provider, session, session.ticket),
      obfuscatedTicketAge: obfuscatedTicketAge(session, time),
    }))
  const external = own.external.map(({ identity, key, hash = 'sha256', kind = 'external' }) => ({
    session: undefined,
    psk: { kind, identity, key, hash: hashOf(provider, hash) },
    obfuscatedTicketAge: 0,
  }))
  const keys: OfferedKey[] = []
  for (const key of [...sessions, ...external]) keys.push({ ...key, stage: await earlyStage(key.psk) })
  return keys
}

/** With binders of zeros, to be filled in when the rest of the message is known. */
function preSharedKeyExtension(keys: readonly OfferedKey[]): Extension {
  return writeExtension(preSharedKey, 'clientHello', {
    identities: keys.map(({ psk, obfuscatedTicketAge: age }) => ({
      identity: psk.identity,
      obfuscatedTicketAge: age,
    })),
    binders: keys.map(({ psk }) => new Uint8Array(psk.hash.length)),
  })
}

async function fillBinders(
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
