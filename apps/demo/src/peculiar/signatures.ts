/** Signatures in the shape of `node:crypto`'s. */
import { readSubjectPublicKeyInfo } from '@mortise/crypto'
import { SignatureScheme } from '@mortise/wire'
import { Buffer } from 'buffer/index.js'
import { atOnce, backend, hashOf } from './backend.ts'
import { derOf, type KeySource } from './keys.ts'

export const constants = { RSA_PKCS1_PADDING: 1, RSA_PKCS1_PSS_PADDING: 6 } as const

interface SignatureOptions {
  readonly key: string
  readonly padding?: number
}

/** @param hashName as OpenSSL has it */
export function createSign(hashName: string) {
  const pieces: Uint8Array[] = []
  return {
    update: (bytes: Uint8Array): void => void pieces.push(bytes),
    sign: ({ key, padding }: SignatureOptions): Buffer => {
      const signer = atOnce(backend.importPrivateKey({ pkcs8: derOf(key) }))
      const isPss = padding === constants.RSA_PKCS1_PSS_PADDING
      const wanted = isPss ? `rsa_pss_rsae_${hashOf(hashName).name}` : undefined
      const scheme = isPss
        ? SignatureScheme[wanted as keyof typeof SignatureScheme]
        : signer.schemes.find((own) => own < rsaPss)
      return Buffer.from(atOnce(signer.sign(scheme ?? 0, Buffer.concat(pieces))))
    },
  }
}

/** The code points of RSASSA-PSS begin here (RFC 9846 §4.3.3); those of ECDSA stand below. */
const rsaPss = 0x0804

export function createVerify(hashName: string) {
  const pieces: Uint8Array[] = []
  return {
    update: (bytes: Uint8Array): void => void pieces.push(bytes),
    verify: ({ key, padding }: SignatureOptions, signature: Uint8Array): boolean => {
      const rsaPadding = padding === constants.RSA_PKCS1_PSS_PADDING ? 'pss' : 'pkcs1'
      return verifyWith(derOf(key), hashOf(hashName).name, rsaPadding, Buffer.concat(pieces), signature)
    },
  }
}

function verifyWith(
  spki: Uint8Array,
  hash: string | undefined,
  rsaPadding: 'pss' | 'pkcs1',
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const info = readSubjectPublicKeyInfo(spki)
  const algorithm = backend.signatures.find(
    ({ key, hash: own, padding }) =>
      key.type === info.type &&
      own === hash &&
      (key.type !== 'ec' || info.type !== 'ec' || key.curve === info.curve) &&
      (padding === undefined || padding === rsaPadding),
  )
  if (!algorithm) throw new Error('no such signature here')
  return atOnce(algorithm.verify(spki, message, signature))
}

/** Of EdDSA, which has no hash to be named. */
export function sign(_: null, message: Uint8Array, key: KeySource): Buffer {
  const signer = atOnce(backend.importPrivateKey({ pkcs8: derOf(key) }))
  return Buffer.from(atOnce(signer.sign(signer.schemes[0] ?? 0, message)))
}

export function verify(_: null, message: Uint8Array, key: KeySource, signature: Uint8Array): boolean {
  return verifyWith(derOf(key), undefined, 'pss', message, signature)
}
