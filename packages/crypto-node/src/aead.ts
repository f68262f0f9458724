/** AEADs on node:crypto's ciphers. */
import {
  createCipheriv,
  createDecipheriv,
  type CipherCCMTypes,
  type CipherChaCha20Poly1305Types,
  type CipherGCMTypes,
} from 'node:crypto'
import {
  bytesOf,
  CryptoError,
  type Aead,
  type AeadName,
  type Secret,
  type SyncAeadKey,
} from '@mortise/crypto'
import type { Approval } from './approval.ts'
import { plainBytes, release } from './bytes.ts'

interface Parameters {
  readonly cipher: string
  readonly keyLength: number
  readonly tagLength: number
  readonly allowed: boolean
}

const parameters: Readonly<Record<AeadName, Parameters>> = {
  'aes-128-gcm': { cipher: 'aes-128-gcm', keyLength: 16, tagLength: 16, allowed: true },
  'aes-256-gcm': { cipher: 'aes-256-gcm', keyLength: 32, tagLength: 16, allowed: true },
  'chacha20-poly1305': { cipher: 'chacha20-poly1305', keyLength: 32, tagLength: 16, allowed: false },
  'aes-128-ccm': { cipher: 'aes-128-ccm', keyLength: 16, tagLength: 16, allowed: true },
  'aes-128-ccm-8': { cipher: 'aes-128-ccm', keyLength: 16, tagLength: 8, allowed: true },
}

/** node:crypto's types tie a cipher's name to its methods; all AEADs have these. */
type AnyAead = CipherGCMTypes & CipherCCMTypes & CipherChaCha20Poly1305Types

export function nodeAead(name: AeadName, approval: Approval): Aead {
  const { cipher, keyLength, tagLength, allowed } = parameters[name]
  return {
    name,
    keyLength,
    nonceLength: 12,
    tagLength,
    approval: approval(allowed),
    key: (secret) => aeadKey(cipher as AnyAead, keyBytes(name, secret, keyLength), tagLength),
  }
}

function keyBytes(name: AeadName, secret: Secret, length: number): Uint8Array {
  const bytes = bytesOf(secret)
  if (bytes.length !== length)
    throw new CryptoError('ERR_CRYPTO_INVALID_KEY', `${name}: a key of ${bytes.length} bytes, not ${length}`)
  return new Uint8Array(bytes)
}

function aeadKey(cipher: AnyAead, key: Uint8Array, tagLength: number): SyncAeadKey {
  const options = { authTagLength: tagLength }
  const tag = new Uint8Array(tagLength)
  let destroyed = false
  const requireKey = (): void => {
    if (destroyed) throw new CryptoError('ERR_CRYPTO_SECRET_DESTROYED', 'the AEAD key was destroyed')
  }
  return {
    sync: true,
    sealInto: (nonce, associatedData, content, trailer, out, offset) => {
      requireKey()
      const sealer = createCipheriv(cipher, key, nonce, options)
      const length = content.length + trailer.length
      sealer.setAAD(associatedData, { plaintextLength: length })
      // In one piece: a copy costs a tenth of a second call, and CCM takes no two
      out.set(content, offset)
      out.set(trailer, offset + content.length)
      const sealed = sealer.update(out.subarray(offset, offset + length))
      out.set(sealed, offset)
      release(sealed)
      sealer.final()
      out.set(sealer.getAuthTag(), offset + length)
    },
    open: (nonce, associatedData, sealed) => {
      requireKey()
      const length = sealed.length - tagLength
      if (length < 0) return undefined
      const opener = createDecipheriv(cipher, key, nonce, options)
      for (let i = 0; i < tagLength; i++) tag[i] = sealed[length + i] ?? 0 // for which a view would be dearer
      opener.setAuthTag(tag)
      opener.setAAD(associatedData, { plaintextLength: length })
      try {
        const plaintext = opener.update(sealed.subarray(0, length))
        opener.final()
        return plainBytes(plaintext)
      } catch {
        return undefined
      }
    },
    destroy: () => {
      destroyed = true
      key.fill(0)
    },
  }
}
