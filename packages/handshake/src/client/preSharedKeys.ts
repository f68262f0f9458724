/**
 * Pre-shared keys as the client's handshake uses them: what it calls, and no code of theirs. The code comes with the value
 * that `clientPreSharedKeys` makes, so that who offers no keys does not carry it.
 */
import type { CipherSuite } from '@mortise/crypto'
import type { EncryptedExtensions, Extension, NewSessionTicket, ServerHello } from '@mortise/wire'
import type { HandshakeAction, InstallKeys } from '../action.ts'
import type { ClientConfig } from '../config.ts'
import type { PreSharedKeyStage } from '../keySchedule.ts'
import type { ClientConnected } from '../postHandshake/connected.ts'
import type { PreSharedKey } from '../preSharedKey/preSharedKey.ts'
import type { ClientSession } from '../preSharedKey/session.ts'
import type { Transcript } from '../transcript.ts'
import type { SentClientHello } from './clientHello.ts'
import type { ClientContext } from './context.ts'
import type { ExpectEncryptedExtensions } from './states.ts'

/** Made by `clientPreSharedKeys`; its methods are for the handshake. */
export interface ClientPreSharedKeys {
  /** What the first ClientHello of a connection offers. */
  readonly offer: (config: ClientConfig) => Promise<OfferedPreSharedKeys>
  /** A ticket came that is well-formed. */
  readonly receiveTicket: (
    ticket: NewSessionTicket,
    maxEarlyDataSize: number,
    state: ClientConnected,
    config: ClientConfig,
  ) => Promise<readonly HandshakeAction[]>
}

/** What a ClientHello offers of pre-shared keys. */
export interface OfferedPreSharedKeys {
  /** Those that may stand anywhere: psk_key_exchange_modes, early_data. */
  readonly extensions: readonly Extension[]
  /** Those that stand behind all others (RFC 9846 §4.3.11): pre_shared_key, its binders still zeros. */
  readonly last: readonly Extension[]
  readonly earlyData: OfferedEarlyData | undefined
  /**
   * Computes the binders of the encoded ClientHello and writes them into it.
   * @param retry the messages before it, if a HelloRetryRequest came
   */
  readonly fillBinders: (
    message: Uint8Array,
    retry: { readonly firstClientHello: Uint8Array; readonly helloRetryRequest: Uint8Array } | undefined,
  ) => Promise<void>
  /** What the second ClientHello offers, `suite` being that of the HelloRetryRequest. */
  readonly again: (suite: CipherSuite) => OfferedPreSharedKeys
  /**
   * The key that the server has selected. Secrets of all others are destroyed.
   * @throws TlsError for one that was not offered like that
   */
  readonly select: (serverHello: ServerHello, suite: CipherSuite) => OfferedKey | undefined
  /** Destroys the secrets of all keys. Idempotent. */
  readonly destroy: () => void
}

/** A key that was offered, with the stage of the key schedule that it leads to. */
export interface OfferedKey {
  readonly psk: PreSharedKey
  /** `undefined` for an external key. */
  readonly session: ClientSession | undefined
  readonly stage: PreSharedKeyStage
  /** Of a ticket; 0 for an external key. */
  readonly obfuscatedTicketAge: number
}

/** Early data on its way (RFC 9846 §4.3.10). */
export interface OfferedEarlyData {
  /** The ClientHello is out. */
  readonly begin: (hello: SentClientHello, context: ClientContext) => Promise<readonly HandshakeAction[]>
  /** A HelloRetryRequest came, which ends it. */
  readonly endByRetry: readonly HandshakeAction[]
  /** RFC 9846 §A.1: handshake keys, which early data has kept from being used. */
  readonly keysForAlert: (state: ExpectEncryptedExtensions) => InstallKeys
  /**
   * What the server says of it.
   * @throws TlsError if it was accepted with other parameters than it was sent with
   */
  readonly decide: (
    body: EncryptedExtensions,
    state: ExpectEncryptedExtensions,
    alpn: string | undefined,
  ) => DecidedEarlyData
}

export interface DecidedEarlyData {
  readonly accepted: boolean
  /** Due at once. */
  readonly actions: readonly HandshakeAction[]
  /** The server's Finished has come: what is due before our own flight, its messages added to the transcript. */
  readonly end: (transcript: Transcript) => readonly HandshakeAction[]
}
