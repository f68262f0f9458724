/** AES-GCM in the shape of `node:crypto`'s ciphers. */
import { plainSecret, type SyncAeadKey } from '@mortise/crypto'
import { Buffer } from 'buffer/index.js'
import { atOnce, backend } from './backend.ts'

const tagLength = 16

interface CipherOptions {
  readonly authTagLength: number
}

function keyOf(name: string, key: Uint8Array, { authTagLength }: CipherOptions): SyncAeadKey {
  const aead = backend.aeads.find((candidate) => candidate.name === name)
  if (!aead || authTagLength !== tagLength) throw new Error(`no cipher ${name} here`)
  return atOnce(aead.key(plainSecret(key.slice()))) as SyncAeadKey
}

/** Everything is given out by `final`. */
export function createCipheriv(name: string, keyBytes: Uint8Array, iv: Uint8Array, options: CipherOptions) {
  const key = keyOf(name, keyBytes, options)
  let associated: Uint8Array = new Uint8Array(0)
  const pieces: Uint8Array[] = []
  let tag = Buffer.alloc(0)
  return {
    setAAD: (bytes: Uint8Array): void => {
      associated = bytes
    },
    update: (bytes: Uint8Array): Buffer => {
      pieces.push(new Uint8Array(bytes))
      return Buffer.alloc(0)
    },
    final: (): Buffer => {
      const content = Buffer.concat(pieces)
      const sealed = Buffer.alloc(content.length + tagLength)
      key.sealInto(iv, associated, content, new Uint8Array(0), sealed, 0)
      tag = Buffer.from(sealed.subarray(content.length))
      return Buffer.from(sealed.subarray(0, content.length))
    },
    getAuthTag: (): Buffer => tag,
  }
}

export function createDecipheriv(name: string, keyBytes: Uint8Array, iv: Uint8Array, options: CipherOptions) {
  const key = keyOf(name, keyBytes, options)
  let associated: Uint8Array = new Uint8Array(0)
  const pieces: Uint8Array[] = []
  let tag: Uint8Array = new Uint8Array(0)
  return {
    setAAD: (bytes: Uint8Array): void => {
      associated = bytes
    },
    setAuthTag: (bytes: Uint8Array): void => {
      tag = new Uint8Array(bytes)
    },
    update: (bytes: Uint8Array): Buffer => {
      pieces.push(new Uint8Array(bytes))
      return Buffer.alloc(0)
    },
    final: (): Buffer => {
      const opened = key.open(iv, associated, Buffer.concat([...pieces, tag]))
      if (!opened) throw new Error('unable to authenticate data')
      return Buffer.from(opened)
    },
  }
}
