/** AEADs on WebCrypto. Each operation is a promise; several are in flight at once. */
import { bytesOf, CryptoError, type Aead, type AeadName, type AsyncAeadKey } from '@mortise/crypto'
import { inWords } from '@mortise/wire'
import { attempt, modern, source } from './subtle.ts'

const tagLength = 16

export function aesGcm(
  name: AeadName & `aes-${string}-gcm`,
  subtle: SubtleCrypto,
  maxInFlight: number,
): Aead {
  const keyLength = name === 'aes-128-gcm' ? 16 : 32
  return aead(name, keyLength, 'AES-GCM', subtle, maxInFlight, (bytes) =>
    subtle.importKey('raw', source(bytes), { name: 'AES-GCM' }, false, ['encrypt', 'decrypt']),
  )
}

export function chaCha20Poly1305(subtle: SubtleCrypto, maxInFlight: number): Aead {
  const algorithm = { name: 'ChaCha20-Poly1305' }
  return aead('chacha20-poly1305', 32, algorithm.name, subtle, maxInFlight, (bytes) =>
    modern(subtle).importKey('raw-secret', bytes, algorithm, false, ['encrypt', 'decrypt']),
  )
}

function aead(
  name: AeadName,
  keyLength: number,
  algorithm: string,
  subtle: SubtleCrypto,
  maxInFlight: number,
  importKey: (bytes: Uint8Array) => Promise<CryptoKey>,
): Aead {
  return {
    name,
    keyLength,
    nonceLength: 12,
    tagLength,
    approval: 'unknown',
    key: async (secret) => {
      const bytes = bytesOf(secret)
      if (bytes.length !== keyLength)
        throw new CryptoError(
          'ERR_CRYPTO_INVALID_KEY',
          inWords && `${name}: a key of ${bytes.length} bytes, not ${keyLength}`,
        )
      const key = await attempt('ERR_CRYPTO_OPERATION_FAILED', inWords && `importing a key of ${name}`, () =>
        importKey(bytes),
      )
      return aeadKey(algorithm, key, subtle, maxInFlight)
    },
  }
}

function aeadKey(name: string, imported: CryptoKey, subtle: SubtleCrypto, maxInFlight: number): AsyncAeadKey {
  let key: CryptoKey | undefined = imported
  const use = (): CryptoKey => {
    if (!key) throw new CryptoError('ERR_CRYPTO_SECRET_DESTROYED', inWords && 'the AEAD key was destroyed')
    return key
  }
  const parameters = (nonce: Uint8Array, associatedData: Uint8Array): AesGcmParams => ({
    name,
    iv: source(nonce),
    additionalData: source(associatedData),
    tagLength: 8 * tagLength,
  })
  return {
    sync: false,
    maxInFlight,
    seal: (nonce, associatedData, content, trailer) =>
      attempt('ERR_CRYPTO_OPERATION_FAILED', inWords && `sealing with ${name}`, async () => {
        const text = new Uint8Array(content.length + trailer.length)
        text.set(content)
        text.set(trailer, content.length)
        return new Uint8Array(await subtle.encrypt(parameters(nonce, associatedData), use(), text))
      }),
    open: async (nonce, associatedData, sealed) => {
      const opener = use()
      if (sealed.length < tagLength) return undefined
      try {
        return new Uint8Array(await subtle.decrypt(parameters(nonce, associatedData), opener, source(sealed)))
      } catch {
        return undefined
      }
    },
    destroy: () => {
      key = undefined
    },
  }
}
