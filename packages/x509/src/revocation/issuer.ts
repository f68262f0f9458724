/** Who issued a certificate of a valid path: the next one, or the anchor. */
import { equalBytes } from '@mortise/wire'
import type { Certificate } from '../certificate.ts'
import { DerReader, readBytes, Tag } from '../der.ts'
import { readExtension } from '../extensions/definition.ts'
import { keyUsage, type KeyUsage } from '../extensions/keyUsage.ts'
import type { Name } from '../name.ts'
import type { ValidPath } from '../path/pathCheck.ts'
import type { PublicKey } from '../publicKey.ts'

export interface IssuerOfPath {
  readonly subject: Name
  readonly publicKey: PublicKey
  /** `undefined`: an anchor that was given as a name and a key. */
  readonly certificate: Certificate | undefined
}

/** Certificates of the path with their issuers, end entity first; none if the end entity is the anchor itself. */
export function issuedOnPath({
  certificates,
  anchor,
}: ValidPath): readonly (readonly [issued: Certificate, issuer: IssuerOfPath])[] {
  const [endEntity] = certificates
  if (
    certificates.length === 1 &&
    endEntity &&
    equalBytes(anchor.certificate?.der ?? anchorless, endEntity.der)
  )
    return []
  return certificates.map((issued, i) => {
    const next = certificates[i + 1]
    return [issued, next ? { subject: next.subject, publicKey: next.publicKey, certificate: next } : anchor]
  })
}

const anchorless = new Uint8Array(0)

/** RFC 5280 §4.2.1.3: without the extension, any usage. */
export function mayBeUsedFor(certificate: Certificate | undefined, usage: KeyUsage): boolean {
  return !certificate || (readExtension(certificate, keyUsage)?.has(usage) ?? true)
}

/** Content of the BIT STRING of a SubjectPublicKeyInfo: what key hashes are made of. */
export function keyBits({ spki }: PublicKey): Uint8Array {
  const fields = new DerReader(spki).reader()
  fields.any()
  return readBytes(fields.content(Tag.bitString))
}
