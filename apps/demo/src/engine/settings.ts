/** What can be chosen for a handshake between two ends in this tab. */
import type { CipherSuite, NamedGroup } from '@mortise/wire'
import type { FixedKeyName } from '@mortise/testing'

/** `mixed`: WebCrypto, with the hashes of noble, since a call that answers at once beats a promise for small inputs. */
export const providerNames = ['webcrypto', 'noble', 'peculiar', 'mixed'] as const
export type ProviderName = (typeof providerNames)[number]

export const suiteNames = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
] as const satisfies readonly (keyof typeof CipherSuite)[]

export const groupNames = [
  'X25519MLKEM768',
  'SecP256r1MLKEM768',
  'x25519',
  'secp256r1',
  'secp384r1',
  'secp521r1',
  'x448',
] as const satisfies readonly (keyof typeof NamedGroup)[]

/** The scheme that the server's key makes, and the key. */
export const signatureKeys = {
  ecdsa_secp256r1_sha256: 'p256',
  ecdsa_secp384r1_sha384: 'p384',
  ecdsa_secp521r1_sha512: 'p521',
  ed25519: 'ed25519',
  ed448: 'ed448',
  rsa_pss_rsae_sha256: 'rsa',
} as const satisfies Readonly<Record<string, FixedKeyName>>

export const signatureNames = Object.keys(signatureKeys) as readonly SignatureName[]

export type SuiteName = (typeof suiteNames)[number]
export type GroupName = (typeof groupNames)[number]
export type SignatureName = keyof typeof signatureKeys

/** The first three happen on the way, the next three are a lie of whoever sends the message. */
export const faultNames = [
  'none',
  'networkFlip',
  'networkDrop',
  'networkSwap',
  'peerOmits',
  'peerSwaps',
  'peerAlters',
  'certificateName',
  'certificateIssuer',
  'certificateExpired',
  'certificateKey',
] as const
export type FaultName = (typeof faultNames)[number]

/** Faults that are about one message, which has to be chosen. */
export const needsMessage = (fault: FaultName): boolean => /^(network|peer)/.test(fault)

/** In the order in which they come; some only if the other settings bring them about. */
export const faultMessages = [
  'ClientHello',
  'ServerHello',
  'EncryptedExtensions',
  'CertificateRequest',
  'server Certificate',
  'server CertificateVerify',
  'server Finished',
  'client Certificate',
  'client CertificateVerify',
  'client Finished',
] as const
export type FaultMessage = (typeof faultMessages)[number]

export interface Settings {
  readonly clientProvider: ProviderName
  readonly serverProvider: ProviderName
  readonly suite: SuiteName
  readonly group: GroupName
  readonly signature: SignatureName
  readonly helloRetryRequest: boolean
  readonly clientCertificate: boolean
  readonly resumption: boolean
  /** Comes with a resumption only. */
  readonly earlyData: boolean
  readonly keyUpdate: boolean
  readonly fault: FaultName
  readonly faultMessage: FaultMessage
}

export const defaultSettings: Settings = {
  clientProvider: 'webcrypto',
  serverProvider: 'noble',
  suite: 'TLS_AES_128_GCM_SHA256',
  group: 'X25519MLKEM768',
  signature: 'ecdsa_secp256r1_sha256',
  helloRetryRequest: false,
  clientCertificate: false,
  resumption: false,
  earlyData: false,
  keyUpdate: false,
  fault: 'none',
  faultMessage: 'server CertificateVerify',
}

/** What fits together: early data comes with a resumption, and not through a HelloRetryRequest. */
export function consistent(settings: Settings): Settings {
  return { ...settings, earlyData: settings.earlyData && settings.resumption }
}
