/**
 * Code points in the details of errors: as registered; with the condition `production` in hexadecimal, so that pages carry
 * no names. Whoever shows a code point to people calls `cipherSuiteName` and the like, which name it in every build.
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
