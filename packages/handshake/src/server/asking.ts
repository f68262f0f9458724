/** Whether a client is asked for a certificate, when, and for what kind of one (RFC 9846 §4.4.2, §4.7.2; RFC 7250 §4.2). */
import { CertificateType } from '@mortise/wire'
import type { ServerConfig } from '../config.ts'
import type { ClientHelloInfo } from './clientHelloInfo.ts'
import { chooseClientCertificateType } from './negotiate.ts'
import type { SelectedKey } from './selectPreSharedKey.ts'

export interface Asking {
  readonly inHandshake: boolean
  /** It may be asked after the handshake. */
  readonly later: boolean
  /** CertificateType code point. */
  readonly certificateType: number
}

const nobody: Asking = { inHandshake: false, later: false, certificateType: CertificateType.X509 }

/** @throws TlsError `ERR_TLS_UNSUPPORTED_CERTIFICATE_TYPE` */
export function decideAsking(
  config: ServerConfig,
  hello: ClientHelloInfo,
  key: SelectedKey | undefined,
): Asking {
  if (!config.clientAuthentication) return nobody
  // RFC 9846 §4.4.2: no CertificateRequest in a handshake that a pre-shared key authenticates, and none ever with an external one
  const inHandshake = config.clientAuthentication.inHandshake && !key
  const later = hello.postHandshakeAuthentication && (!key || key.session !== undefined)
  if (!inHandshake && !later) return nobody
  const certificateType = chooseClientCertificateType(hello, config, inHandshake)
  return certificateType === undefined ? nobody : { inHandshake, later, certificateType }
}
