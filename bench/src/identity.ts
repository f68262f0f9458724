/** One server and the authority that vouches for it, the same for every subject: P-256 keys, a chain of one below the anchor. */
import { nodeCrypto } from '@mortise/crypto-node'
import { fixedKey, testAuthority } from '@mortise/testing'

export interface Identity {
  /** DER. */
  readonly anchor: Uint8Array
  readonly certificate: Uint8Array
  /** PKCS #8. */
  readonly privateKey: Uint8Array
}

export const hostName = 'localhost'

export async function makeIdentity(): Promise<Identity> {
  const authority = await testAuthority(nodeCrypto(), Date.now(), 'p256')
  const { certificates } = await authority.issue([hostName], 'p256')
  const [certificate] = certificates
  if (!(certificate instanceof Uint8Array)) throw new Error('no certificate')
  return { anchor: authority.certificate, certificate, privateKey: fixedKey('p256').pkcs8 }
}

export function pem(label: 'CERTIFICATE' | 'PRIVATE KEY', der: Uint8Array): string {
  const lines = Buffer.from(der)
    .toString('base64')
    .match(/.{1,64}/g)
  const body = (lines ?? []).join('\n')
  return `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`
}
