import type { CryptoProvider } from '@mortise/crypto'
import { digest } from '../digest.ts'

/** SHA-256 of a SubjectPublicKeyInfo in base64 (RFC 7469 §2.4). @throws Refusal `ERR_X509_PROVIDER` */
export async function spkiHash(provider: CryptoProvider, spki: Uint8Array): Promise<string> {
  return toBase64(await digest(provider, 'sha256', spki))
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    const digits = [18, 12, 6, 0].map((shift) => alphabet[(group >> shift) & 63])
    text += digits
      .slice(0, bytes.length - i + 1)
      .join('')
      .padEnd(4, '=')
  }
  return text
}
