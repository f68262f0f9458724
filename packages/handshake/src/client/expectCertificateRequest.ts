/** CertificateRequest: the server wants to know who we are (RFC 9846 §4.4.2). */
import {
  certificateAuthorities,
  checkExtensions,
  readExtension,
  signatureAlgorithms,
  signatureAlgorithmsCert,
  signedCertificateTimestamp,
  statusRequest,
  TlsError,
  type CertificateRequest,
  inWords,
  faults,
} from '@mortise/wire'
import { checkRequestContext, noContext } from '../authentication/certificate.ts'
import type { ClientConfig } from '../config.ts'
import type { Received, Step } from '../machine.ts'
import type { ClientContext } from './context.ts'
import type { ExpectCertificate, ExpectCertificateOrRequest } from './states.ts'

export async function readCertificateRequest(
  state: ExpectCertificateOrRequest,
  { raw, body }: Received<'CertificateRequest'>,
  { config, transcript }: ClientContext,
): Promise<Step<ExpectCertificate>> {
  // RFC 9846 §4.4.2: empty unless used for post-handshake authentication
  checkRequestContext(body.certificateRequestContext, noContext)
  checkCertificateRequest(body, config)
  transcript.add(raw)
  return { next: { ...state, name: 'ExpectCertificate', request: body }, actions: [] }
}

export function checkCertificateRequest(
  request: CertificateRequest,
  { credentials }: Pick<ClientConfig, 'credentials'>,
): void {
  const { extensions } = request
  checkExtensions(extensions, 'certificateRequest', undefined)
  // RFC 9846 §4.4.2: signature_algorithms MUST be there
  if (!readExtension(extensions, signatureAlgorithms, 'certificateRequest'))
    throw new TlsError(faults.ERR_TLS_MISSING_EXTENSION, {
      detail: inWords && 'CertificateRequest has no signature_algorithms',
    })
  // Read here, so that what does not parse is refused whether or not it is needed later (RFC 9846 §4.3)
  readExtension(extensions, signatureAlgorithmsCert, 'certificateRequest')
  readExtension(extensions, certificateAuthorities, 'certificateRequest')
  readExtension(extensions, statusRequest, 'certificateRequest')
  readExtension(extensions, signedCertificateTimestamp, 'certificateRequest')
  credentials.checkRequest(request)
}
