/** What each side shows to prove who it is: an X.509 certificate, or a key and nothing else (RFC 7250). */
import {
  CertificateType,
  clientCertificateType,
  codeText,
  inWords,
  readExtension,
  serverCertificateType,
  TlsError,
  writeExtension,
  type EncryptedExtensions,
  type Extension,
} from '@mortise/wire'
import * as faults from '@mortise/wire/faults'

/** Code points of CertificateType that a peer can be told of. */
const known: readonly number[] = /* @__PURE__ */ Object.freeze([
  CertificateType.X509,
  CertificateType.RawPublicKey,
])

/** What holds where nothing was negotiated (RFC 9846 §4.5.1.2). */
export const defaultCertificateTypes: readonly number[] = /* @__PURE__ */ Object.freeze([
  CertificateType.X509,
])

/**
 * RFC 9846 §4.5.1: OpenPGP MUST NOT be used with TLS 1.3.
 * @throws TlsError `ERR_TLS_CONFIG`
 */
export function checkCertificateTypes(types: readonly number[]): readonly number[] {
  const wrong = types.find((type, i) => !known.includes(type) || types.indexOf(type) !== i)
  if (types.length === 0 || wrong !== undefined)
    throw new TlsError(faults.ERR_TLS_CONFIG, {
      detail:
        inWords &&
        `certificate types: ${wrong === undefined ? 'none' : `${codeText.certificateType(wrong)}, unknown or twice`}`,
    })
  return types
}

/** What a client takes of a server, and what it can show of its own; CertificateType code points, best first. */
export interface ClientCertificateTypes {
  readonly serverCertificateTypes: readonly number[]
  readonly clientCertificateTypes: readonly number[]
}

/** RFC 7250 §4.1: nothing is said where X.509 is all there is. */
export function certificateTypeOffer({
  serverCertificateTypes,
  clientCertificateTypes,
}: ClientCertificateTypes): readonly Extension[] {
  return [
    ...(isDefault(serverCertificateTypes)
      ? []
      : [writeExtension(serverCertificateType, 'clientHello', { serverCertificateTypes })]),
    ...(isDefault(clientCertificateTypes)
      ? []
      : [writeExtension(clientCertificateType, 'clientHello', { clientCertificateTypes })]),
  ]
}

/**
 * A list of a ClientHello, as it came.
 * @throws TlsError `ERR_TLS_ILLEGAL_PARAMETER` for X.509 alone, of which nothing must be said (RFC 7250 §4.1)
 */
export function checkOfferedTypes(types: readonly number[] | undefined): readonly number[] | undefined {
  if (types && isDefault(types))
    throw new TlsError(faults.ERR_TLS_ILLEGAL_PARAMETER, {
      detail: inWords && 'a list of certificate types has X509 alone',
    })
  return types
}

/** The kinds that were agreed on: CertificateType code points. */
export interface AgreedCertificateTypes {
  readonly serverCertificateType: number
  readonly clientCertificateType: number
}

/**
 * What EncryptedExtensions say; without a word it is X.509 (RFC 9846 §4.5.1.2).
 * @param certificateIsDue the server will show something: no pre-shared key takes its place
 * @throws TlsError for a type that was not offered
 */
export function readAgreedTypes(
  { extensions }: EncryptedExtensions,
  { serverCertificateTypes, clientCertificateTypes }: ClientCertificateTypes,
  certificateIsDue: boolean,
): AgreedCertificateTypes {
  const server = readExtension(extensions, serverCertificateType, 'encryptedExtensions')
  const client = readExtension(extensions, clientCertificateType, 'encryptedExtensions')
  // RFC 7250 §4.2: selected from the values of the ClientHello
  checkSelected(server?.serverCertificateType, serverCertificateTypes)
  checkSelected(client?.clientCertificateType, clientCertificateTypes)
  if (certificateIsDue && !server && !serverCertificateTypes.includes(CertificateType.X509))
    throw new TlsError(faults.ERR_TLS_UNSUPPORTED_CERTIFICATE_TYPE, {
      detail: inWords && 'the server has X.509 certificates only',
    })
  return {
    serverCertificateType: server?.serverCertificateType ?? CertificateType.X509,
    clientCertificateType: client?.clientCertificateType ?? CertificateType.X509,
  }
}

function checkSelected(selected: number | undefined, offered: readonly number[]): void {
  if (selected !== undefined && !offered.includes(selected))
    throw new TlsError(faults.ERR_TLS_ILLEGAL_PARAMETER, {
      detail: inWords && `certificate type ${codeText.certificateType(selected)} was not offered`,
    })
}

function isDefault(types: readonly number[]): boolean {
  return types.length === 1 && types[0] === CertificateType.X509
}
