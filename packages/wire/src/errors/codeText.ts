/**
 * Code points in the details of errors, which are told behind `inWords` alone: no bundler has a reason to keep a registry for
 * a detail that is not told. Whoever shows a code point to people calls `cipherSuiteName` and the like, which name it in every
 * build.
 */
export {
  alertDescriptionName as alertDescription,
  certificateCompressionAlgorithmName as certificateCompressionAlgorithm,
  certificateTypeName as certificateType,
  cipherSuiteName as cipherSuite,
  extensionTypeName as extensionType,
  handshakeTypeName as handshakeType,
  namedGroupName as namedGroup,
  signatureSchemeName as signatureScheme,
} from '#texts'
