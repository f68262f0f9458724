/**
 * As much of `node:crypto` as `@peculiar/webcrypto` needs for TLS, played by noble. The build puts it in the place of that
 * module, for that library alone.
 */
import type { HashState } from '@mortise/crypto'
import { Buffer } from 'buffer/index.js'
import { agree, atOnce, backend, hashOf } from './backend.ts'
import { createCipheriv, createDecipheriv } from './ciphers.ts'
import {
  base64Url,
  derOf,
  encodeKey,
  generateKeyPairSync,
  privateBytes,
  publicBytes,
  type KeySource,
} from './keys.ts'
import { constants, createSign, createVerify, sign, verify } from './signatures.ts'

function createHash(name: string) {
  const state: HashState = hashOf(name).create()
  const chain = {
    update: (bytes: Uint8Array) => {
      state.update(bytes)
      return chain
    },
    digest: (): Buffer => Buffer.from(atOnce(state.snapshot())),
  }
  return chain
}

function createHmac(name: string, key: Uint8Array) {
  const hash = hashOf(name)
  const pieces: Uint8Array[] = []
  const chain = {
    update: (bytes: Uint8Array) => {
      pieces.push(bytes)
      return chain
    },
    digest: (): Buffer => Buffer.from(atOnce(hash.hmac(hash.importSecret(key), Buffer.concat(pieces)))),
  }
  return chain
}

function createECDH(groupName: string) {
  let privateKey: Uint8Array = new Uint8Array(0)
  return {
    setPrivateKey: (bytes: Uint8Array): void => {
      privateKey = bytes
    },
    computeSecret: (peer: Uint8Array): Buffer => agree(groupName, privateKey, peer),
  }
}

function createPublicKey(source: KeySource) {
  const der = derOf(source)
  return {
    der,
    export: ({ format }: { readonly format: 'pem' | 'der' | 'jwk' }) =>
      format === 'jwk'
        ? { kty: 'OKP', x: base64Url(publicBytes(der)) }
        : encodeKey(der, 'PUBLIC KEY', { format }),
  }
}

const createPrivateKey = (source: KeySource) => ({ der: derOf(source) })

interface KeyObject {
  readonly der: Uint8Array
}

/** Of X25519 and X448, which their lengths tell apart. */
function diffieHellman(keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject }): Buffer {
  const privateKey = privateBytes(keys.privateKey.der)
  return agree(privateKey.length === 32 ? 'x25519' : 'x448', privateKey, publicBytes(keys.publicKey.der))
}

function randomFillSync(bytes: Uint8Array): Uint8Array {
  bytes.set(backend.random(bytes.length))
  return bytes
}

export default {
  constants,
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSign,
  createVerify,
  diffieHellman,
  generateKeyPairSync,
  getCiphers: (): readonly string[] => ['aes-128-gcm', 'aes-256-gcm'],
  getHashes: (): readonly string[] => ['sha256', 'sha384', 'sha512'],
  randomBytes: (length: number): Buffer => Buffer.from(backend.random(length)),
  randomFillSync,
  sign,
  verify,
}
