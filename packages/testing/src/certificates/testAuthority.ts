/** TEST ONLY. An authority and a server with fixed keys, in one call. */
import type { SigningProvider, MaybePromise } from '@mortise/crypto'
import type { Credential } from '@mortise/handshake'
import { fixedKey, type FixedKeyName } from '../keys/fixedKeys.ts'
import { issueCertificate, type CertificateOptions } from './issueCertificate.ts'

/** An authority that everybody can be, since its key is published. */
export interface TestAuthority {
  /** DER of its certificate: the anchor to trust in a test. */
  readonly certificate: Uint8Array
  /** A credential of the named key, good for these DNS names from an hour ago for a day. */
  readonly issue: (
    names: readonly string[],
    key?: FixedKeyName,
    options?: Partial<CertificateOptions>,
  ) => Promise<Credential>
}

const hour = 3_600_000

/**
 * Makes the authority of a fixed, published key.
 * @param now milliseconds since 1970
 * @param key of the authority
 * @param name its common name, ASCII
 */
export async function testAuthority(
  provider: SigningProvider,
  now: number,
  key: FixedKeyName = 'p256',
  name: string = 'Mortise test authority',
): Promise<TestAuthority> {
  const issuer = { subject: name, key: await importKey(provider, key) }
  const common = {
    issuer,
    random: provider.random,
    notBefore: new Date(now - hour),
    notAfter: new Date(now + 23 * hour),
  }
  return {
    certificate: await issueCertificate({
      ...common,
      subject: issuer.subject,
      publicKey: issuer.key.publicKey,
      ca: true,
    }),
    issue: async (names, ownKey = 'p384', options = {}) => {
      const own = await importKey(provider, ownKey)
      const certificate = await issueCertificate({
        ...common,
        subject: names[0] ?? 'nobody',
        dnsNames: names,
        publicKey: own.publicKey,
        ...options,
      })
      return { certificates: [certificate], key: own, ...(names.length > 0 ? { names } : {}) }
    },
  }
}

function importKey(
  provider: SigningProvider,
  name: FixedKeyName,
): MaybePromise<Awaited<ReturnType<SigningProvider['importPrivateKey']>>> {
  return provider.importPrivateKey({ pkcs8: fixedKey(name).pkcs8 })
}
