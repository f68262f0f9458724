/** What every file here needs of SubtleCrypto: typed input, errors of one kind, and the methods that DOM types lack. */
import { CryptoError, type CryptoErrorCode } from '@mortise/crypto'

/** WebCrypto's types want bytes that are surely not shared. Nobody here shares memory, so this is only a matter of types. */
export function source(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>
}

/**
 * The result of an operation; its failure becomes a CryptoError. Implementations reject with whatever they like
 * (DOMException, Error, OpenSSL's errors), so nothing is read from that.
 */
export async function attempt<T>(
  code: CryptoErrorCode,
  message: string | false,
  operation: () => Promise<T>,
): Promise<T> {
  try {
    return await operation()
  } catch (cause) {
    if (cause instanceof CryptoError) throw cause
    throw new CryptoError(code, message, { cause })
  }
}

/** Modern Algorithms in the Web Cryptography API (WICG draft), as far as it is used here. */
export interface ModernSubtleCrypto {
  readonly importKey: (
    format: 'raw-secret' | 'raw-public' | 'raw-seed',
    keyData: Uint8Array,
    algorithm: { readonly name: string },
    extractable: boolean,
    usages: readonly string[],
  ) => Promise<CryptoKey>
  readonly exportKey: (format: 'raw-public', key: CryptoKey) => Promise<ArrayBuffer>
  readonly generateKey: (
    algorithm: { readonly name: string },
    extractable: boolean,
    usages: readonly string[],
  ) => Promise<CryptoKeyPair>
  readonly encapsulateBits: (
    algorithm: { readonly name: string },
    key: CryptoKey,
  ) => Promise<{ readonly sharedKey: ArrayBuffer; readonly ciphertext: ArrayBuffer }>
  readonly decapsulateBits: (
    algorithm: { readonly name: string },
    key: CryptoKey,
    ciphertext: Uint8Array,
  ) => Promise<ArrayBuffer>
  readonly getPublicKey: (key: CryptoKey, usages: readonly string[]) => Promise<CryptoKey>
}

export function modern(subtle: SubtleCrypto): ModernSubtleCrypto {
  return subtle as unknown as ModernSubtleCrypto
}
