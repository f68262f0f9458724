/** A client that has nothing to show: it answers a CertificateRequest with an empty Certificate (RFC 9846 §4.5.1). */
import { defaultCertificateTypes } from '../authentication/certificateType.ts'
import { composeEmptyCertificate } from '../authentication/composeCertificate.ts'
import type { ClientCredentials } from './clientCredentials.ts'

export const noCredentials: ClientCredentials = {
  certificateTypes: defaultCertificateTypes,
  prove: async ({ certificateRequestContext }, { transcript }) => {
    const certificate = composeEmptyCertificate(certificateRequestContext)
    transcript.add(certificate)
    return { messages: [certificate], localSignatureScheme: undefined, localCertificates: [] }
  },
  answersLater: undefined,
}
