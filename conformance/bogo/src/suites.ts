/** Cipher suites as BoringSSL's server prefers them. */
import { cipherSuites, type SigningProvider } from '@mortise/crypto'
import { CipherSuite } from '@mortise/wire'
import type { Flags } from './flags.ts'
import { policyOf } from './policies.ts'

const chaCha20 = CipherSuite.TLS_CHACHA20_POLY1305_SHA256

/** Whether AES is as good as ChaCha20, which in BoringSSL is up to the hardware: with us, what the provider puts first. */
export function hasFastAes(provider: SigningProvider): boolean {
  return cipherSuites(provider)[0]?.suite !== chaCha20
}

/** A policy's order, or the client's; but ChaCha20 first where AES is slow. */
export function cipherSuitesFor(
  flags: Flags,
  provider: SigningProvider,
  offered: readonly number[],
): readonly number[] {
  const policy = policyOf(flags)
  if (policy) return policy.cipherSuites
  const rank = hasFastAes(provider) ? () => 0 : (suite: number) => (suite === chaCha20 ? 0 : 1)
  return cipherSuites(provider)
    .filter(({ aead }) => !aead.name.includes('ccm'))
    .map(({ suite }) => suite)
    .filter((suite) => offered.includes(suite))
    .toSorted((a, b) => rank(a) - rank(b) || offered.indexOf(a) - offered.indexOf(b))
}
