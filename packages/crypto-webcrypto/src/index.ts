export {
  detectWebcrypto,
  detectWebcryptoWithoutPrivateKeys,
  probeWebcrypto,
  webcrypto,
  webcryptoWithoutPrivateKeys,
  type WebcryptoOptions,
} from './webcrypto.ts'
export type { WebcryptoFeature, WebcryptoFeatures } from './features.ts'
export { webcryptoSigningKey, type WebcryptoSigningKeyOptions } from './signingKey.ts'
