/** What both roles, and all doors, take. */
import type { CommonOptions as HandshakeOptions } from '@mortise/handshake'
import { defaultMaxHandshakeMessage, type PaddingPolicy } from '@mortise/record'
import { HandshakeType, inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { systemClock } from './clock.ts'
import type { ConnectionOptions as CoreOptions } from './core/api.ts'
import type { ConnectionEvents, TraceEvent } from './core/events.ts'
import { defined, given, type OptionNames } from './optionNames.ts'

/** What can be negotiated. */
export interface NegotiationOptions extends Omit<
  HandshakeOptions,
  'now' | 'signal' | 'maxCertificateLength'
> {
  /** Milliseconds since 1970: what certificates and tickets are judged by. Default: `Date.now`. */
  readonly now?: () => number
}

/** What holds for a connection from its first byte on, whatever is negotiated. */
export interface ConnectionSettings {
  /** Gives the connection up, at any time, and everything that waits for it. */
  readonly signal?: AbortSignal
  /** Milliseconds that the handshake may take; 0: as long as it likes. Default: 15,000. */
  readonly handshakeTimeout?: number
  /** How much records are padded (RFC 9846 §5.4). Default: not at all. */
  readonly padding?: PaddingPolicy
  /** Bytes of content per record that we send: 1 to 2^14, the default. */
  readonly maxFragment?: number
  /** The longest Certificate message that is taken, in bytes. Default: 102,400. */
  readonly maxCertificateLength?: number
  /** Called with each line of the key log (RFC 9850), without a line end. Whoever has them can read the connection. */
  readonly keyLog?: (line: string) => void
  /** Called with each message that is sent or received. */
  readonly trace?: (event: TraceEvent) => void
}

export const negotiationOptionNames: OptionNames<NegotiationOptions> = {
  provider: true,
  cipherSuites: true,
  groups: true,
  signatureSchemes: true,
  signatureSchemesCert: true,
  delegatedCredentials: true,
  alpn: true,
  extensions: true,
  recordSizeLimit: true,
  certificateCompression: true,
  now: true,
}

export const connectionSettingNames: OptionNames<ConnectionSettings> = {
  signal: true,
  handshakeTimeout: true,
  padding: true,
  maxFragment: true,
  maxCertificateLength: true,
  keyLog: true,
  trace: true,
}

/** The handshake's part of options that both roles have. */
export function handshakeOptions(
  options: NegotiationOptions,
  { maxCertificateLength }: ConnectionSettings,
  signal: AbortSignal,
): HandshakeOptions & { readonly now: () => number } {
  const { provider, now = systemClock } = options
  return {
    ...given(options, negotiationOptionNames),
    ...defined({ maxCertificateLength }),
    provider,
    now,
    signal,
  }
}

/** The record layer's part. @throws TlsError `ERR_TLS_CONFIG` */
export function recordOptions({
  padding,
  maxFragment,
  maxCertificateLength,
}: ConnectionSettings): Pick<CoreOptions, 'reader' | 'writer'> {
  const max = maxCertificateLength ?? defaultMaxHandshakeMessage(HandshakeType.certificate)
  if (!(max > 0 && max < 2 ** 24))
    throw new TlsError(faults.ERR_TLS_CONFIG, {
      detail: inWords && `maxCertificateLength ${max}, allowed 1 to 2^24 - 1`,
    })
  return {
    writer: defined({ padding, maxFragment }),
    reader: {
      maxHandshakeMessage: (type) =>
        type === HandshakeType.certificate || type === HandshakeType.compressed_certificate
          ? max
          : defaultMaxHandshakeMessage(type),
    },
  }
}

/**
 * Events that also reach the observers of the settings, and tell by a signal whoever works for the connection that it has
 * failed: keys that are far away.
 */
export function cancelling(
  events: ConnectionEvents,
  { keyLog, trace }: ConnectionSettings,
): {
  readonly events: ConnectionEvents
  readonly signal: AbortSignal
} {
  const controller = new AbortController()
  const failed = (error: TlsError): void => {
    controller.abort(error)
    events.failed(error)
  }
  return { events: { ...defined({ keyLog, trace }), ...events, failed }, signal: controller.signal }
}
