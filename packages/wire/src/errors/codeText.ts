/** Code points in the details of errors. */
export { alertDescriptionName as alertDescription } from '../registry/alertDescription.ts'
export { certificateCompressionAlgorithmName as certificateCompressionAlgorithm } from '../registry/certificateCompressionAlgorithm.ts'
export { certificateTypeName as certificateType } from '../registry/certificateType.ts'
export { cipherSuiteName as cipherSuite } from '../registry/cipherSuite.ts'
export { extensionTypeName as extensionType } from '../registry/extensionType.ts'
export { handshakeTypeName as handshakeType } from '../registry/handshakeType.ts'
export { namedGroupName as namedGroup } from '../registry/namedGroup.ts'
export { signatureSchemeName as signatureScheme } from '../registry/signatureScheme.ts'
