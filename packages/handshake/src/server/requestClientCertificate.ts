/** Asks a client who it is, after the handshake (RFC 9846 §4.7.2). */
import { concat, hex, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import type { HandshakeAction } from '../action.ts'
import type {
  ExpectPostHandshakeCertificateVerify,
  ExpectPostHandshakeFinished,
  ServerConnected,
} from '../postHandshake/connected.ts'
import { composeCertificateRequest } from './certificateRequest.ts'

/** Of the random part of a context, in bytes. */
const randomLength = 16

/** The states in which a client may be asked: also while it is answering. */
type Asking = ServerConnected | ExpectPostHandshakeCertificateVerify | ExpectPostHandshakeFinished

export interface ClientCertificateRequest<State> {
  readonly next: State
  readonly actions: readonly HandshakeAction[]
  /** certificate_request_context: by it the answer is known. */
  readonly context: Uint8Array
}

/** @throws TlsError `ERR_TLS_CLIENT_CAN_NOT_BE_ASKED` */
export function requestClientCertificate(state: Asking): ClientCertificateRequest<Asking> {
  const { authentication } = state
  if (!authentication) throw new TlsError(faults.ERR_TLS_CLIENT_CAN_NOT_BE_ASKED)
  const { config, certificateType, asked, open } = authentication
  // RFC 9846 §4.4.2: unique on the connection by the number, unpredictable by the rest
  const number = Uint8Array.of(asked >>> 24, asked >>> 16, asked >>> 8, asked)
  const context = concat(number, config.provider.random(randomLength))
  const message = composeCertificateRequest(config, context)
  return {
    context,
    next: {
      ...state,
      authentication: {
        config,
        certificateType,
        asked: asked + 1,
        open: new Map([...open, [hex(context), message]]),
      },
    },
    actions: [{ kind: 'send', level: 'application', message }],
  }
}
