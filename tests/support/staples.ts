/** What servers staple: OCSP responses and signed certificate timestamps, made on the spot with fixed test keys. */
import { createHash, createPrivateKey, sign, type KeyObject } from 'node:crypto'
import {
  constructed,
  DerReader,
  primitive,
  readBytes,
  Tag,
  writeBitString,
  writeConstructed,
  writeElement,
  writeInteger,
  writeOctetString,
  writeOid,
  writeSequence,
} from '@mortise/crypto/der'
import { fixedKey } from '@mortise/testing'
import { parseCertificate } from '@mortise/x509'

/** Of the test authority, and of logs: P-256 with SHA-256. */
const signingKey = (): KeyObject =>
  createPrivateKey({ key: Buffer.from(fixedKey('p256').pkcs8), format: 'der', type: 'pkcs8' })
const ecdsaSha256 = writeSequence(writeOid('1.2.840.10045.4.3.2'))
const sha1 = (data: Uint8Array): Uint8Array => createHash('sha1').update(data).digest()

const time = (milliseconds: number): Uint8Array => {
  const digits = new Date(milliseconds).toISOString().replaceAll(/\D/g, '').slice(0, 14)
  return writeElement(Tag.generalizedTime, Buffer.from(`${digits}Z`))
}

const signed = (tbs: Uint8Array): Uint8Array =>
  writeSequence(tbs, ecdsaSha256, writeBitString(sign('sha256', tbs, signingKey())))

export type OcspStatus = 'good' | 'revoked' | 'unknown'

/** An OCSP response of the test authority, of `now` and good for an hour (RFC 6960 §4.2.1). */
export function ocspResponse(certificate: Uint8Array, now: number, status: OcspStatus = 'good'): Uint8Array {
  const { issuer, serialNumber } = parseCertificate(certificate)
  const keyHash = sha1(keyBits(fixedKey('p256').spki))
  const states = {
    good: writeElement(primitive(0)),
    revoked: writeConstructed(1, time(now - 1000)),
    unknown: writeElement(primitive(2)),
  }
  const id = writeSequence(
    writeSequence(writeOid('1.3.14.3.2.26')),
    writeOctetString(sha1(issuer.der)),
    writeOctetString(keyHash),
    writeElement(Tag.integer, serialNumber),
  )
  const single = writeSequence(id, states[status], time(now), writeConstructed(0, time(now + 3_600_000)))
  const data = writeSequence(writeConstructed(2, writeOctetString(keyHash)), time(now), writeSequence(single))
  return writeSequence(
    writeElement(Tag.enumerated, Uint8Array.of(0)),
    writeConstructed(0, writeSequence(writeOid('1.3.6.1.5.5.7.48.1.1'), writeOctetString(signed(data)))),
  )
}

/** A revocation list of the test authority (RFC 5280 §5.1). */
export function revocationList(certificate: Uint8Array, now: number): Uint8Array {
  const { issuer, serialNumber } = parseCertificate(certificate)
  const number = writeSequence(writeOid('2.5.29.20'), writeOctetString(writeInteger(1)))
  return signed(
    writeSequence(
      writeInteger(1),
      ecdsaSha256,
      issuer.der,
      time(now),
      time(now + 3_600_000),
      writeSequence(writeSequence(writeElement(Tag.integer, serialNumber), time(now - 1000))),
      writeElement(constructed(0), writeSequence(number)),
    ),
  )
}

/** SignedCertificateTimestampList of one log, whose key is the test authority's (RFC 6962 §3.3). */
export function timestampList(certificate: Uint8Array, now: number): Uint8Array {
  const timestamp = Buffer.alloc(8)
  timestamp.writeBigUInt64BE(BigInt(now))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(certificate.length)
  const entry = Buffer.concat([length.subarray(1), certificate])
  const data = Buffer.concat([Buffer.of(0, 0), timestamp, Buffer.of(0, 0), entry, Buffer.of(0, 0)])
  const id = createHash('sha256').update(fixedKey('p256').spki).digest()
  const sct = [Buffer.of(0), id, timestamp, Buffer.of(0, 0, 4, 3), short(sign('sha256', data, signingKey()))]
  return short(short(Buffer.concat(sct)))
}

function short(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(bytes.length >> 8, bytes.length & 255), bytes])
}

function keyBits(spki: Uint8Array): Uint8Array {
  const fields = new DerReader(spki).reader()
  fields.any()
  return readBytes(fields.content(Tag.bitString))
}
