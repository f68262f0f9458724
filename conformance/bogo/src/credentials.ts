/** The credentials that a test's flags describe. */
import { readFileSync } from 'node:fs'
import { createPrivateKey } from 'node:crypto'
import type { SigningProvider, SigningKey } from '@mortise/crypto'
import {
  importPreSharedKey,
  rawPublicKey,
  type Credential,
  type ExternalPreSharedKey,
} from '@mortise/handshake'
import { hex } from '@mortise/wire'
import type { CredentialFlags, Flags } from './flags.ts'
import { policyOf } from './policies.ts'

/** A certificate with its key, or a key alone. */
export interface Identity {
  readonly kind: 'identity'
  readonly credential: Credential
  /** Only for a peer that names its issuer. */
  readonly mustMatchIssuer: boolean
}

/** A pre-shared key, imported for each hash. */
export interface SharedKeys {
  readonly kind: 'preSharedKey'
  readonly keys: readonly ExternalPreSharedKey[]
}

/** Credentials of a test, in its order; and which of them was used. */
export interface Credentials {
  readonly inOrder: readonly (Identity | SharedKeys)[]
  readonly identities: readonly Identity[]
  readonly preSharedKeys: readonly ExternalPreSharedKey[]
  /** The index that the runner counts: -1 for the certificate that is configured without a number. */
  readonly selected: (preSharedKeyIdentity: Uint8Array | undefined) => number | undefined
}

type OwnFlags = CredentialFlags['flags']

/** Far ahead: the runner's delegated credentials live for a day. */
const neverExpires = 8.64e15

export async function readCredentials(flags: Flags, provider: SigningProvider): Promise<Credentials> {
  let signer: number | undefined
  const inOrder: (Identity | SharedKeys)[] = []
  const indexes = new Map<string, number>()
  const all = [
    ...flags.credentials.map((one, index) => ({ ...one, index })),
    { type: 'x509' as const, flags, index: -1 },
  ]
  for (const { type, flags: own, index } of all) {
    if (type === 'psk') {
      const keys = await importKeys(own, provider)
      for (const { identity } of keys) indexes.set(hex(identity), index)
      inOrder.push({ kind: 'preSharedKey', keys })
      continue
    }
    const key = await readKey(own, flags, provider, () => {
      signer = index
    })
    const credential = key && (type === 'rpk' ? rawPublicKey(key) : certified(own, flags, key))
    if (credential) inOrder.push({ kind: 'identity', credential, mustMatchIssuer: own['must-match-issuer'] })
  }
  return {
    inOrder,
    identities: inOrder.filter((one) => one.kind === 'identity'),
    preSharedKeys: inOrder.flatMap((one) => (one.kind === 'preSharedKey' ? one.keys : [])),
    selected: (identity) => (identity ? indexes.get(hex(identity)) : signer),
  }
}

function importKeys(flags: OwnFlags, provider: SigningProvider): Promise<readonly ExternalPreSharedKey[]> {
  return importPreSharedKey(provider, {
    identity: flags['psk-importer-identity'] ?? new Uint8Array(0),
    key: flags['psk-importer-key'] ?? new Uint8Array(0),
    context: flags['psk-importer-context'] ?? new Uint8Array(0),
    hash: flags['psk-importer-sha384'] ? 'sha384' : 'sha256',
  })
}

/** @param used is told when it signs */
async function readKey(
  flags: OwnFlags,
  test: Flags,
  provider: SigningProvider,
  used: () => void,
): Promise<SigningKey | undefined> {
  const file = flags['key-file'] ?? flags['cert-file']
  if (file === undefined) return undefined
  const key = await provider.importPrivateKey({
    pkcs8: createPrivateKey(readFileSync(file)).export({ format: 'der', type: 'pkcs8' }),
  })
  const preferred = flags['signing-prefs'] ?? policyOf(test)?.signatureSchemes
  return {
    ...key,
    schemes: preferred ? preferred.filter((scheme) => key.schemes.includes(scheme)) : key.schemes,
    sign: (...input) => {
      used()
      return key.sign(...input)
    },
  }
}

function certified(flags: OwnFlags, test: Flags, key: SigningKey): Credential | undefined {
  if (flags['cert-file'] === undefined) return undefined
  const ocspResponse = test['decline-ocsp-callback'] ? undefined : flags['ocsp-response']
  const timestamps = flags['signed-cert-timestamps']
  const delegated = flags['delegated-credential']
  return {
    certificates: readCertificates(flags['cert-file']),
    key,
    ...(delegated && { delegated: { credential: delegated, expiresAt: neverExpires } }),
    ...(ocspResponse && { ocspResponse }),
    ...(timestamps && { signedCertificateTimestamps: timestamps }),
  }
}

/** DER certificates of a PEM file. */
export function readCertificates(file: string): readonly Uint8Array[] {
  const blocks = readFileSync(file, 'latin1').matchAll(
    /-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g,
  )
  return [...blocks].map(([, base64 = '']) => Uint8Array.from(Buffer.from(base64, 'base64')))
}
