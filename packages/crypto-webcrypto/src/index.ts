export { detectWebcrypto, probeWebcrypto, webcrypto, type WebcryptoOptions } from './webcrypto.ts'
export type { WebcryptoFeature, WebcryptoFeatures } from './features.ts'
export { webcryptoSigningKey, type WebcryptoSigningKeyOptions } from './signingKey.ts'
