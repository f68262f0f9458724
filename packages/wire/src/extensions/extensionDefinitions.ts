import { applicationLayerProtocolNegotiation } from './applicationLayerProtocolNegotiation.ts'
import { certificateAuthorities } from './certificateAuthorities.ts'
import { clientCertificateType } from './clientCertificateType.ts'
import { compressCertificate } from './compressCertificate.ts'
import { cookie } from './cookie.ts'
import { delegatedCredential } from './delegatedCredential.ts'
import { earlyData } from './earlyData.ts'
import { heartbeat } from './heartbeat.ts'
import { keyShare } from './keyShare.ts'
import { maxFragmentLength } from './maxFragmentLength.ts'
import { oidFilters } from './oidFilters.ts'
import { padding } from './padding.ts'
import { postHandshakeAuth } from './postHandshakeAuth.ts'
import { preSharedKey } from './preSharedKey.ts'
import { pskKeyExchangeModes } from './pskKeyExchangeModes.ts'
import { quicTransportParameters } from './quicTransportParameters.ts'
import { recordSizeLimit } from './recordSizeLimit.ts'
import { serverCertificateType } from './serverCertificateType.ts'
import { serverName } from './serverName.ts'
import { signatureAlgorithms } from './signatureAlgorithms.ts'
import { signatureAlgorithmsCert } from './signatureAlgorithmsCert.ts'
import { signedCertificateTimestamp } from './signedCertificateTimestamp.ts'
import { statusRequest } from './statusRequest.ts'
import { supportedGroups } from './supportedGroups.ts'
import { supportedVersions } from './supportedVersions.ts'
import { ticketRequest } from './ticketRequest.ts'
import { useSrtp } from './useSrtp.ts'
import type { ExtensionDefinition } from './definition.ts'

/** Every extension whose body we know. For traces and tests: whoever handles only some imports only those. */
export const extensionDefinitions: readonly ExtensionDefinition[] = [
  applicationLayerProtocolNegotiation,
  certificateAuthorities,
  clientCertificateType,
  compressCertificate,
  cookie,
  delegatedCredential,
  earlyData,
  heartbeat,
  keyShare,
  maxFragmentLength,
  oidFilters,
  padding,
  postHandshakeAuth,
  preSharedKey,
  pskKeyExchangeModes,
  quicTransportParameters,
  recordSizeLimit,
  serverCertificateType,
  serverName,
  signatureAlgorithms,
  signatureAlgorithmsCert,
  signedCertificateTimestamp,
  statusRequest,
  supportedGroups,
  supportedVersions,
  ticketRequest,
  useSrtp,
]
