/** The options that both commands have. */
import type { SigningProvider } from '@mortise/crypto'
import { isTlsError, loadCredential, type Credential, type ExternalPreSharedKey } from '@mortise/tls'
import { fromHex } from '@mortise/wire'
import { readAlgorithms, splitList, type Algorithms } from './algorithms.ts'
import { lineAppender, readText } from './files.ts'
import type { GivenOptions, OptionSpec } from './options.ts'
import { loadProvider, parseProviderName, providerNames } from './providers.ts'
import { UsageError } from './usage.ts'

export type CommonOptionName =
  | 'provider'
  | 'ciphers'
  | 'groups'
  | 'sigalgs'
  | 'alpn'
  | 'psk-identity'
  | 'psk'
  | 'psk-hash'
  | 'keylog'
  | 'trace'
  | 'json'
  | 'help'

export const commonOptions: Readonly<Record<CommonOptionName, OptionSpec>> = {
  provider: { value: 'NAME', text: `the cryptography: ${providerNames.join(', ')}; default: node` },
  ciphers: {
    value: 'LIST',
    text: 'cipher suites in order of preference, between commas: TLS_AES_128_GCM_SHA256',
  },
  groups: { value: 'LIST', text: 'key exchange groups: X25519MLKEM768,x25519,secp256r1' },
  sigalgs: { value: 'LIST', text: 'signature schemes: ecdsa_secp256r1_sha256,rsa_pss_rsae_sha256' },
  alpn: { value: 'LIST', text: 'application protocols: h2,http/1.1' },
  'psk-identity': { value: 'TEXT', text: 'identity of an external pre-shared key' },
  psk: { value: 'HEX', text: 'the external pre-shared key, in hexadecimal' },
  'psk-hash': { value: 'HASH', text: 'the hash that the key is bound to: sha256 (default) or sha384' },
  keylog: { value: 'FILE', text: 'append secrets to FILE (RFC 9850): who reads it can read the connection' },
  trace: { text: 'show each message as an annotated tree with byte offsets, on stderr' },
  json: { text: 'one JSON object a line on stderr, in place of text' },
  help: { text: 'this text' },
}

export interface CommonSettings {
  readonly provider: SigningProvider
  readonly providerName: string
  /** For the options of a connection. */
  readonly algorithms: Algorithms & { readonly alpn?: readonly string[] }
  readonly preSharedKey: ExternalPreSharedKey | undefined
  readonly keyLog: ((line: string) => void) | undefined
}

type Given = GivenOptions<CommonOptionName>

/** @throws UsageError */
export async function readCommonSettings(given: Given): Promise<CommonSettings> {
  const providerName = parseProviderName(given.text('provider') ?? 'node')
  const alpn = given.text('alpn')
  const preSharedKey = readPreSharedKey(given)
  const provider = await loadProvider(providerName)
  const lists = {
    ciphers: given.text('ciphers'),
    groups: given.text('groups'),
    sigalgs: given.text('sigalgs'),
  }
  const keyLog = given.text('keylog')
  return {
    provider,
    providerName,
    algorithms: {
      ...readAlgorithms(lists, provider, providerName),
      ...(alpn === undefined ? {} : { alpn: splitList('alpn', alpn, ',') }),
    },
    preSharedKey,
    keyLog: keyLog === undefined ? undefined : lineAppender('--keylog', keyLog),
  }
}

function readPreSharedKey(given: Given): ExternalPreSharedKey | undefined {
  const identity = given.text('psk-identity')
  const hex = given.text('psk')
  const hash = given.text('psk-hash')
  if ((identity === undefined) !== (hex === undefined) || (hash !== undefined && hex === undefined))
    throw new UsageError('--psk-identity and --psk belong together')
  if (identity === undefined || hex === undefined) return undefined
  if (!/^(?:[0-9a-f]{2})+$/i.test(hex)) throw new UsageError('--psk: bytes in hexadecimal are needed')
  if (hash !== undefined && hash !== 'sha256' && hash !== 'sha384')
    throw new UsageError(`--psk-hash ${hash}: there are sha256 and sha384`)
  return { identity: new TextEncoder().encode(identity), key: fromHex(hex), ...(hash ? { hash } : {}) }
}

/** What a certificate and its key are read from. */
export interface CredentialFiles {
  readonly cert: string
  readonly key: string
  /** DER OCSPResponse. */
  readonly ocspResponse?: Uint8Array
}

/**
 * A credential that signs with the schemes that `--sigalgs` allows.
 * @throws UsageError
 */
export async function readCredential(
  { cert, key, ocspResponse }: CredentialFiles,
  { provider, algorithms }: CommonSettings,
): Promise<Credential> {
  const certificates = readText('--cert', cert)
  const privateKey = readText('--key', key)
  const credential = await configuring(`--cert ${cert} --key ${key}`, () =>
    loadCredential({ provider, certificates, privateKey, ...(ocspResponse ? { ocspResponse } : {}) }),
  )
  const { signatureSchemes } = algorithms
  if (!signatureSchemes) return credential
  const schemes = credential.key.schemes.filter((scheme) => signatureSchemes.includes(scheme))
  if (schemes.length === 0)
    throw new UsageError(`--sigalgs: the key ${key} can sign with none of these schemes`)
  const { publicKey, sign } = credential.key
  return { ...credential, key: { schemes, publicKey, sign } }
}

/** Runs `job`; what it refuses is the caller's mistake. @throws UsageError */
export async function configuring<T>(what: string, job: () => T | Promise<T>): Promise<T> {
  try {
    return await job()
  } catch (error) {
    if (isTlsError(error)) throw new UsageError(`${what}: ${error.detail ?? error.message}`)
    throw error
  }
}
