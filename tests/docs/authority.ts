/** The authority behind all certificates that the guide's programs meet. */
import { nodeCrypto } from '@mortise/crypto-node'
import { testAuthority, type TestAuthority } from '@mortise/testing'

export const provider = nodeCrypto()
export const authority: TestAuthority = await testAuthority(provider, Date.now())

export function pem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}
