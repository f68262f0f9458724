/** Hybrid key exchange: shares and secrets of two groups, one behind the other (draft-ietf-tls-ecdhe-mlkem). */
import { inWords } from '@mortise/wire'
import { CryptoError } from './error.ts'
import type { KeyExchangeGroup, KeyOffer } from './group.ts'
import type { MaybePromise } from './provider.ts'
import { bytesOf, plainSecret, type Secret } from './secret.ts'

/** One of the two: lengths in bytes of what a client and a server send, and of what `fromPrivateKey` takes. */
export interface HybridPart {
  readonly group: Omit<KeyExchangeGroup, 'group' | 'name'>
  readonly clientShare: number
  readonly serverShare: number
  readonly privateKey: number
}

type HybridCode = Pick<KeyExchangeGroup, 'group' | 'name'>

/**
 * The order of the parts is that of the group's definition: X25519MLKEM768 begins with ML-KEM, SecP256r1MLKEM768 with
 * P-256. It answers at once if both parts do.
 */
export function hybridGroup(code: HybridCode, first: HybridPart, second: HybridPart): KeyExchangeGroup {
  return { ...freshHybridGroup(code, first, second), ...fromPrivateKeys(first, second, code.name) }
}

/** The same without `fromPrivateKey`. */
export function freshHybridGroup(code: HybridCode, first: HybridPart, second: HybridPart): KeyExchangeGroup {
  const statuses = [first.group.approval, second.group.approval]
  return {
    ...code,
    approval: statuses.includes('not-approved')
      ? 'not-approved'
      : statuses.every((status) => status === 'approved')
        ? 'approved'
        : 'unknown',
    offer: () =>
      both(first.group.offer, second.group.offer, (one, two) =>
        joinOffers(one, two, first, second, code.name),
      ),
    respond: (peerShare) => {
      const [a, b] = split(peerShare, first.clientShare, second.clientShare, code.name)
      return both(
        () => first.group.respond(a),
        () => second.group.respond(b),
        (one, two) => ({ share: concat(one.share, two.share), secret: joinSecrets(one.secret, two.secret) }),
      )
    },
  }
}

/** Private keys are one behind the other, as shares are. */
function fromPrivateKeys(
  first: HybridPart,
  second: HybridPart,
  name: string,
): Pick<KeyExchangeGroup, 'fromPrivateKey'> {
  const [one, two] = [first.group.fromPrivateKey, second.group.fromPrivateKey]
  if (!one || !two) return {}
  return {
    fromPrivateKey: (privateKey) => {
      if (privateKey.length !== first.privateKey + second.privateKey)
        throw new CryptoError(
          'ERR_CRYPTO_INVALID_KEY',
          inWords && `a private key of ${name} has ${first.privateKey + second.privateKey} bytes`,
        )
      return both(
        () => one(privateKey.subarray(0, first.privateKey)),
        () => two(privateKey.subarray(first.privateKey)),
        (a, b) => joinOffers(a, b, first, second, name),
      )
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
    complete: (peerShare) => {
      const [a, b] = split(peerShare, first.serverShare, second.serverShare, name)
      return both(
        () => one.complete(a),
        () => two.complete(b),
        joinSecrets,
      )
    },
    destroy: () => {
      one.destroy()
      two.destroy()
    },
  }
}

/** Both results joined: at once if both are there at once, and no rejection of the one is lost while the other throws. */
function both<A, B, T>(
  one: () => MaybePromise<A>,
  two: () => MaybePromise<B>,
  join: (a: A, b: B) => T,
): MaybePromise<T> {
  const first = one()
  if (first instanceof Promise)
    return Promise.all([first, (async () => two())()]).then(([a, b]) => join(a, b))
  const second = two()
  return second instanceof Promise ? second.then((b) => join(first, b)) : join(first, second)
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
      inWords && `a share of ${name} has ${first + second} bytes, this one ${share.length}`,
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
