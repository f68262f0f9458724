/** Channel bindings: what ties authentication above TLS to the connection below (RFC 5056). */
import type { CryptoProvider, HashName } from '@mortise/crypto'
import type { HandshakeInfo } from '@mortise/handshake'
import { inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { endPointHash, isX509Error, parseCertificate } from '@mortise/x509'
import type { Connection } from './core/api.ts'

/** `tls-exporter` where there is a choice: it is the one for TLS 1.3 (RFC 9266 §3). */
export type ChannelBindingType = 'tls-exporter' | 'tls-server-end-point'

/** Bytes of a tls-exporter binding (RFC 9266 §2). */
const exporterLength = 32

/** Whose end of a connection it is, and the cryptography of that end. */
export interface Party {
  readonly role: 'client' | 'server'
  readonly provider: CryptoProvider
}

/** What of a connection its bindings are made of: every `TlsConnection` has it. */
export interface BindableConnection extends Party, Pick<Connection, 'exportKeyingMaterial'> {
  readonly info: Pick<HandshakeInfo, 'localCertificates' | 'peer'> | undefined
}

/**
 * What ties authentication above to this connection.
 * @returns 32 bytes of tls-exporter (RFC 9266), or the hash of the server's certificate (RFC 5929 §4)
 * @throws TlsError `ERR_TLS_NOT_CONNECTED` before the handshake is complete; `ERR_TLS_NO_CHANNEL_BINDING` if there is no
 *   certificate (a pre-shared key, a raw public key, a server whose session was resumed), or none with a hash of its own
 */
export async function channelBinding(
  connection: BindableConnection,
  type: ChannelBindingType,
): Promise<Uint8Array> {
  if (type === 'tls-exporter')
    return connection.exportKeyingMaterial('EXPORTER-Channel-Binding', new Uint8Array(0), exporterLength)
  if (type !== 'tls-server-end-point')
    throw new TlsError(faults.ERR_TLS_CONFIG, {
      detail: inWords && `channel binding ${JSON.stringify(type)}`,
    })
  const { role, provider, info } = connection
  if (!info) throw new TlsError(faults.ERR_TLS_NOT_CONNECTED)
  const [certificate] = role === 'server' ? info.localCertificates : (info.peer?.certificates ?? [])
  if (!certificate) throw none(inWords && 'the server has shown no certificate')
  const name = hashNameOf(certificate)
  const hash = provider.hashes.find((item) => item.name === name)
  if (!hash) throw none(inWords && `there is no hash for the server's certificate`)
  return hash.digest(certificate)
}

function hashNameOf(certificate: Uint8Array): HashName | undefined {
  try {
    return endPointHash(parseCertificate(certificate))
  } catch (cause) {
    if (isX509Error(cause)) throw none(inWords && 'its certificate can not be read')
    throw cause
  }
}

function none(detail: string | false): TlsError {
  return new TlsError(faults.ERR_TLS_NO_CHANNEL_BINDING, { detail })
}
