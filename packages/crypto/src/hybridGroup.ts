/** Hybrid key exchange: shares and secrets of two groups, one behind the other (draft-ietf-tls-ecdhe-mlkem). */
import { CryptoError } from './error.ts'
import type { KeyExchangeGroup, KeyOffer } from './group.ts'
import { bytesOf, plainSecret, type Secret } from './secret.ts'

/** One of the two: lengths in bytes of what a client and a server send. */
export interface HybridPart {
  readonly group: Omit<KeyExchangeGroup, 'group' | 'name'>
  readonly clientShare: number
  readonly serverShare: number
}

/** The order of the parts is that of the group's definition: X25519MLKEM768 begins with ML-KEM, SecP256r1MLKEM768 with P-256. */
export function hybridGroup(
  code: { readonly group: number; readonly name: string },
  first: HybridPart,
  second: HybridPart,
): KeyExchangeGroup {
  const statuses = [first.group.approval, second.group.approval]
  return {
    ...code,
    approval: statuses.includes('not-approved')
      ? 'not-approved'
      : statuses.every((status) => status === 'approved')
        ? 'approved'
        : 'unknown',
    offer: async () =>
      joinOffers(await first.group.offer(), await second.group.offer(), first, second, code.name),
    respond: async (peerShare) => {
      const [a, b] = split(peerShare, first.clientShare, second.clientShare, code.name)
      const one = await first.group.respond(a)
      const two = await second.group.respond(b)
      return { share: concat(one.share, two.share), secret: joinSecrets(one.secret, two.secret) }
    },
  }
}

function joinOffers(
  one: KeyOffer,
  two: KeyOffer,
  first: HybridPart,
  second: HybridPart,
  name: string,
): KeyOffer {
  return {
    share: concat(one.share, two.share),
    complete: async (peerShare) => {
      const [a, b] = split(peerShare, first.serverShare, second.serverShare, name)
      return joinSecrets(await one.complete(a), await two.complete(b))
    },
    destroy: () => {
      one.destroy()
      two.destroy()
    },
  }
}

function split(
  share: Uint8Array,
  first: number,
  second: number,
  name: string,
): readonly [Uint8Array, Uint8Array] {
  if (share.length !== first + second)
    throw new CryptoError(
      'ERR_CRYPTO_INVALID_KEY_SHARE',
      `a share of ${name} has ${first + second} bytes, this one ${share.length}`,
    )
  return [share.subarray(0, first), share.subarray(first)]
}

function joinSecrets(one: Secret, two: Secret): Secret {
  const joined = plainSecret(concat(bytesOf(one), bytesOf(two)))
  one.destroy()
  two.destroy()
  return joined
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length)
  joined.set(a)
  joined.set(b, a.length)
  return joined
}
