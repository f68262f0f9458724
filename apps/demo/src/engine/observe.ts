/**
 * Watches a provider at work. A provider is a plain value, so that one which tells what it does is the same value with
 * other functions in it: this is all that the key schedule of the page is made of, and no package knows of it.
 */
import type { SigningProvider, Hash, KeyExchangeGroup, KeyOffer, Secret } from '@mortise/crypto'
import { hex } from '@mortise/wire'

/** One secret, or what was made of one. */
export interface Derivation {
  readonly id: number
  readonly kind: 'sharedSecret' | 'import' | 'extract' | 'expand' | 'output' | 'mac'
  /** Of HKDF-Expand-Label (RFC 9846 §7.1), without its prefix; a group's name; empty for the rest. */
  readonly label: string
  /** Context of the label: a transcript hash, mostly. Hexadecimal. */
  readonly context: string
  /** What it was made of: the salt of an extract, the secret of the rest. */
  readonly parent: number | undefined
  /** Input keying material of an extract. */
  readonly input: number | undefined
  /** Hexadecimal. */
  readonly value: string
}

export type Observer = (derivation: Derivation) => void

/** @param tell called for each, in order; its ids count from 0 */
export function observed(provider: SigningProvider, tell: Observer): SigningProvider {
  const journal = createJournal(tell)
  return {
    ...provider,
    hashes: provider.hashes.map((hash) => observedHash(hash, journal)),
    groups: provider.groups.map((group) => observedGroup(group, journal)),
  }
}

interface Journal {
  readonly idOf: (secret: Secret | undefined) => number | undefined
  readonly note: (made: Partial<Derivation> & Pick<Derivation, 'kind' | 'value'>) => number
  /** Notes a secret, so that what is made of it finds it. */
  readonly keep: (secret: Secret, made: Partial<Derivation> & Pick<Derivation, 'kind'>) => Secret
}

function createJournal(tell: Observer): Journal {
  const ids = new WeakMap<Secret, number>()
  let count = 0
  const note: Journal['note'] = (made) => {
    const id = count++
    tell({ id, label: '', context: '', parent: undefined, input: undefined, ...made })
    return id
  }
  return {
    idOf: (secret) => secret && ids.get(secret),
    note,
    keep: (secret, made) => {
      ids.set(secret, note({ ...made, value: hex(secret.reveal()) }))
      return secret
    },
  }
}

function observedHash(hash: Hash, { idOf, note, keep }: Journal): Hash {
  return {
    ...hash,
    importSecret: (bytes) => keep(hash.importSecret(bytes), { kind: 'import' }),
    extract: async (salt, ikm) =>
      keep(await hash.extract(salt, ikm), { kind: 'extract', parent: idOf(salt), input: idOf(ikm) }),
    expand: async (secret, info, length) => {
      const parent = idOf(secret)
      return keep(await hash.expand(secret, info, length), { kind: 'expand', parent, ...readLabel(info) })
    },
    expandToBytes: async (secret, info, length) => {
      const parent = idOf(secret)
      const bytes = await hash.expandToBytes(secret, info, length)
      note({ kind: 'output', parent, ...readLabel(info), value: hex(bytes) })
      return bytes
    },
    hmac: async (key, data) => {
      const parent = idOf(key)
      const bytes = await hash.hmac(key, data)
      note({ kind: 'mac', parent, context: hex(data), value: hex(bytes) })
      return bytes
    },
  }
}

function observedGroup(group: KeyExchangeGroup, { keep }: Journal): KeyExchangeGroup {
  const shared = (secret: Secret): Secret => keep(secret, { kind: 'sharedSecret', label: group.name })
  const observedOffer = (offer: KeyOffer): KeyOffer => ({
    ...offer,
    complete: async (peerShare) => shared(await offer.complete(peerShare)),
  })
  return {
    ...group,
    offer: async () => observedOffer(await group.offer()),
    respond: async (peerShare) => {
      const response = await group.respond(peerShare)
      return { ...response, secret: shared(response.secret) }
    },
  }
}

const prefix = 'tls13 '

/** HkdfLabel (RFC 9846 §7.1): length, label with its prefix, context. */
function readLabel(info: Uint8Array): Pick<Derivation, 'label' | 'context'> {
  const labelLength = info[2] ?? 0
  const label = String.fromCharCode(...info.subarray(3, 3 + labelLength))
  const context = info.subarray(4 + labelLength)
  return { label: label.startsWith(prefix) ? label.slice(prefix.length) : label, context: hex(context) }
}
