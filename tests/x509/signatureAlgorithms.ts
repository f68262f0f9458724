/** AlgorithmIdentifiers for the groups of Wycheproof's files, whatever Mortise thinks of them. */
import { writeConstructed, writeInteger, writeNull, writeOid, writeSequence } from '@mortise/crypto/der'

export interface SignatureGroup {
  readonly type: string
  /** Absent for EdDSA. */
  readonly sha?: string
  /** Of RSASSA-PSS, as the next one. */
  readonly mgfSha?: string
  readonly sLen?: number
  readonly publicKey?: { readonly curve?: string }
}

/** The last arc of each hash in its own identifier, in ECDSA's and in PKCS #1's. */
const hashes: Readonly<Record<string, readonly [identifier: string, ecdsa: string, pkcs1: string]>> = {
  'SHA-1': ['1.3.14.3.2.26', '1.2.840.10045.4.1', '1.2.840.113549.1.1.5'],
  'SHA-224': ['2.16.840.1.101.3.4.2.4', '1.2.840.10045.4.3.1', '1.2.840.113549.1.1.14'],
  'SHA-256': ['2.16.840.1.101.3.4.2.1', '1.2.840.10045.4.3.2', '1.2.840.113549.1.1.11'],
  'SHA-384': ['2.16.840.1.101.3.4.2.2', '1.2.840.10045.4.3.3', '1.2.840.113549.1.1.12'],
  'SHA-512': ['2.16.840.1.101.3.4.2.3', '1.2.840.10045.4.3.4', '1.2.840.113549.1.1.13'],
  'SHA-512/224': ['2.16.840.1.101.3.4.2.5', '', '1.2.840.113549.1.1.15'],
  'SHA-512/256': ['2.16.840.1.101.3.4.2.6', '', '1.2.840.113549.1.1.16'],
  SHAKE128: ['2.16.840.1.101.3.4.2.11', '', ''],
  SHAKE256: ['2.16.840.1.101.3.4.2.12', '', ''],
}

/** DER */
export function algorithmOf({ type, sha, mgfSha, sLen, publicKey }: SignatureGroup): Uint8Array {
  if (type === 'EddsaVerify')
    return writeSequence(writeOid(publicKey?.curve === 'edwards25519' ? '1.3.101.112' : '1.3.101.113'))
  const [identifier, ecdsa, pkcs1] = hashes[sha ?? ''] ?? []
  if (identifier === undefined || ecdsa === undefined || pkcs1 === undefined)
    throw new Error(`no identifier of ${sha}`)
  if (type === 'EcdsaVerify') return writeSequence(writeOid(ecdsa))
  if (type === 'RsassaPkcs1Verify') return writeSequence(writeOid(pkcs1), writeNull())
  const [mask] = hashes[mgfSha ?? sha ?? ''] ?? []
  if (mask === undefined) throw new Error(`no identifier of ${mgfSha}`)
  const hash = (oid: string): Uint8Array => writeSequence(writeOid(oid), writeNull())
  return writeSequence(
    writeOid('1.2.840.113549.1.1.10'),
    writeSequence(
      writeConstructed(0, hash(identifier)),
      writeConstructed(1, writeSequence(writeOid('1.2.840.113549.1.1.8'), hash(mask))),
      writeConstructed(2, writeInteger(sLen ?? 0)),
    ),
  )
}
