/** X.509 certificates: parsing, path building and validation. Knows no TLS. */
export { type AlgorithmIdentifier } from './algorithmIdentifier.ts'
export { type Certificate, type Extension, parseCertificate } from './certificate.ts'
export { certificateKeyUsage, certificatePublicKey } from './certificatePublicKey.ts'
export { endPointHash } from './endPointHash.ts'
export type { GeneralName } from './generalName.ts'
export type { Name, NameAttribute } from './name.ts'
export { certificatesFromPem } from './pem.ts'
export type { PublicKey, RsaKey } from './publicKey.ts'
export { checkOf, type X509Reason, x509Reasons } from './reasons.ts'
export { isX509Error, X509Error } from './X509Error.ts'

// Extensions
export {
  type AccessDescription,
  authorityInformationAccess,
} from './extensions/authorityInformationAccess.ts'
export { type BasicConstraints, basicConstraints } from './extensions/basicConstraints.ts'
export { type ExtensionDefinition, readExtension } from './extensions/definition.ts'
export { delegationUsage } from './extensions/delegationUsage.ts'
export { cRLDistributionPoints, type DistributionPoint } from './extensions/distributionPoints.ts'
export { extendedKeyUsage, KeyPurpose } from './extensions/extendedKeyUsage.ts'
export {
  type AuthorityKeyIdentifier,
  authorityKeyIdentifier,
  subjectKeyIdentifier,
} from './extensions/keyIdentifiers.ts'
export { type KeyUsage, keyUsage } from './extensions/keyUsage.ts'
export { type NameConstraints, nameConstraints } from './extensions/nameConstraints.ts'
export {
  anyPolicy,
  type CertificatePolicies,
  certificatePolicies,
  inhibitAnyPolicy,
  type PolicyConstraints,
  policyConstraints,
  type PolicyMapping,
  policyMappings,
} from './extensions/policies.ts'
export { matchesFilter } from './extensions/matchesFilter.ts'
export { tlsFeature } from './extensions/tlsFeature.ts'
export { subjectAlternativeName } from './extensions/subjectAlternativeName.ts'

// Verification
export { defaultLimits, type Limits } from './path/limits.ts'
export type { ChainOptions, Purpose, VerifyChainOptions } from './path/options.ts'
export type {
  PathCheck,
  PathCheckContext,
  PathCheckFailure,
  StapleWishes,
  ValidPath,
} from './path/pathCheck.ts'
export type { PolicyOptions } from './path/policies.ts'
export type { Profile } from './path/profile.ts'
export { type NamedKey, type TrustAnchor, trustAnchor, type TrustAnchorInput } from './path/trustAnchor.ts'
export { verifyCertificateChain } from './path/verifyCertificateChain.ts'
export { type NameOptions, verifyServerName } from './names/serverName.ts'
export { defaultSignaturePolicy, type SignaturePolicy } from './signaturePolicy.ts'
export type { Accepted, Rejected, Verdict } from './verdict.ts'
export { type SignedData, verifySignedData } from './verifySignedData.ts'

// Checks of a valid path
export { revocationLists, type RevocationListsOptions } from './revocation/revocationLists.ts'
export { stapledOcsp, type StapledOcspOptions } from './revocation/stapledOcsp.ts'
export {
  certificateTransparency,
  type CertificateTransparencyOptions,
  type TransparencyLog,
} from './transparency/certificateTransparency.ts'

// Verifiers that a host plugs in
export { callback, unsafeAcceptAny } from './verifiers/callback.ts'
export { anchorVerifier, chainVerifier, type ChainVerifierOptions } from './verifiers/chainVerifier.ts'
export { pinned } from './verifiers/pinned.ts'
export { spiffe, type SpiffeOptions } from './verifiers/spiffe.ts'
export { type KeyStore, trustOnFirstUse } from './verifiers/trustOnFirstUse.ts'
export type {
  CertificateVerifier,
  KeyVerifierOptions,
  RawPublicKeys,
  VerifierInput,
} from './verifiers/verifier.ts'
