/** TEST ONLY keys with certificates made on the spot: whom the two ends of the tab trust, and whom they should not. */
import type { SigningProvider } from '@mortise/crypto'
import { fixedKey, testAuthority, type CertificateOptions, type TestAuthority } from '@mortise/testing'
import type { Credential } from '@mortise/tls'
import { flipLastBit } from './faults.ts'
import { signatureKeys, type Settings } from './settings.ts'

export const serverName = 'demo.example'

export interface Identities {
  readonly now: () => number
  readonly anchors: readonly Uint8Array[]
  readonly server: Credential
  readonly client: Credential
}

const day = 86_400_000

export async function makeIdentities(
  provider: SigningProvider,
  { signature, fault }: Settings,
): Promise<Identities> {
  const now = (): number => Date.now()
  const authority = await testAuthority(provider, now())
  const key = signatureKeys[signature]
  return {
    now,
    anchors: [authority.certificate],
    server: await serverCredential(provider, authority, key, fault),
    client: await authority.issue(['client.example'], 'p256'),
  }
}

type Key = Parameters<TestAuthority['issue']>[1]

/** A certificate that is right, but for what the fault says. */
async function serverCredential(
  provider: SigningProvider,
  authority: TestAuthority,
  key: Key,
  fault: Settings['fault'],
): Promise<Credential> {
  switch (fault) {
    case 'certificateName':
      return authority.issue(['elsewhere.example'], key)
    case 'certificateExpired':
      return authority.issue([serverName], key, {
        notBefore: new Date(Date.now() - 2 * day),
        notAfter: new Date(Date.now() - day),
      })
    case 'certificateIssuer':
      return authority.issue([serverName], key, { issuer: await stranger(provider) })
    case 'certificateKey': {
      const right = await authority.issue([serverName], key)
      return { ...right, key: forgetful(right.key) }
    }
    default:
      return authority.issue([serverName], key)
  }
}

/** An authority that nobody trusts. */
async function stranger(provider: SigningProvider): Promise<CertificateOptions['issuer']> {
  const { pkcs8 } = fixedKey('p384')
  return { subject: 'An authority of its own', key: await provider.importPrivateKey({ pkcs8 }) }
}

/** Who has a certificate but not its key can't sign this handshake: a signature of something else stands for that. */
function forgetful(key: Credential['key']): Credential['key'] {
  return { ...key, sign: (scheme, message, options) => key.sign(scheme, flipLastBit(message), options) }
}
