export type { Aead, AeadKey, AeadName, AsyncAeadKey, SyncAeadKey } from './aead.ts'
export { CryptoError, type CryptoErrorCode } from './error.ts'
export type { KeyExchangeGroup, KeyOffer, KeyResponse } from './group.ts'
export type { Hash, HashName, HashState } from './hash.ts'
export type { ApprovalStatus, CryptoProvider, MaybePromise, SigningProvider } from './provider.ts'
export { bytesOf, plainSecret, type Secret } from './secret.ts'
export type {
  AbortSignalLike,
  Curve,
  PrivateKeyInput,
  SignatureAlgorithm,
  SignatureKeyType,
  SigningKey,
} from './signature.ts'
export { type CipherSuite, cipherSuites } from './cipherSuite.ts'
export { constantTimeEqual } from './constantTimeEqual.ts'
export { deriveSecret, expandLabel, expandLabelToBytes, hkdfLabel } from './expandLabel.ts'
export { type SignatureDescriptor, signatureDescriptors } from './signatureTable.ts'
export { type FiniteField, finiteFields, fromBigInt, readFiniteFieldShare, toBigInt } from './finiteField.ts'
export { freshHybridGroup, hybridGroup, type HybridPart } from './hybridGroup.ts'
export { mlKem768, mlKem1024, type MlKemParameters, mlKemSeedLength } from './mlKem.ts'
export { ecdsaSignatureFromDer, ecdsaSignatureToDer } from './keys/ecdsaSignature.ts'
export { publicKeyFor, signingAlgorithmsOf } from './keys/fit.ts'
export { type PemBlock, readPem } from './keys/pem.ts'
export { plainRsaPkcs8, plainRsaSpki } from './keys/plainRsa.ts'
export {
  type PrivateKeyInfo,
  readPrivateKeyInfo,
  type RsaPrivateNumbers,
  writeEcPrivateKey,
  writePrivateKeyInfo,
} from './keys/privateKey.ts'
export { privateKeyFromPem } from './keys/privateKeyFromPem.ts'
export { type PssParameters, readPssParameters } from './keys/pssParameters.ts'
export {
  readPublicKey,
  readSubjectPublicKeyInfo,
  type RsaPublicNumbers,
  type SubjectPublicKeyInfo,
  writeRsaPublicKey,
  writeSubjectPublicKeyInfo,
  type UnknownPublicKey,
} from './keys/publicKey.ts'
export { checkRsaPrivateNumbers } from './keys/rsaNumbers.ts'
