/** Keys that a client and a server have agreed on outside TLS (RFC 9846 §4.3.11). */
import { clientPreSharedKeys, type ExternalPreSharedKey } from '@mortise/handshake'
import { preSharedKeysOptions, type PreparePreSharedKeys } from './preSharedKeys.ts'

/** For the option `preSharedKeys` of a client: keys, and the code to offer them. */
export interface ExternalPreSharedKeys {
  /** In order of preference. */
  readonly keys: readonly ExternalPreSharedKey[]
  /** Called once for each connection. */
  readonly prepare: PreparePreSharedKeys
}

/** Keys for a client to offer, in order of preference; imported ones, too (RFC 9258). */
export function externalPreSharedKeys(keys: readonly ExternalPreSharedKey[]): ExternalPreSharedKeys {
  return {
    keys,
    prepare: (options, sessionContext) => ({
      preSharedKeys: clientPreSharedKeys(preSharedKeysOptions(options, sessionContext)),
      connection: {},
    }),
  }
}
