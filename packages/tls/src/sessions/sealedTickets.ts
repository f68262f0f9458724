/**
 * Tickets that hold the session themselves, sealed with a key that only servers have: nothing to store, and any server
 * that has the key can resume. Who learns a key can read every session that was resumed by it without a key exchange,
 * and pose as the client of the others: keys are to be rotated (RFC 9846 §F.1, RFC 5077 §5.5).
 */
import type { Aead, AeadKey, CryptoProvider, MaybePromise } from '@mortise/crypto'
import { concat, inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { decodeServerSession, encodeSession } from './sessionCodec.ts'
import type { TicketStore } from './ticketStore.ts'

/** A key that tickets are sealed with. */
export interface TicketKey {
  /** 16 bytes, public: stands in the ticket and tells which key sealed it. */
  readonly name: Uint8Array
  /** 32 bytes of AES-256-GCM. */
  readonly key: Uint8Array
}

/** Keys in rotation: the current one moves to the front of `previous` when a new one takes its place. */
export interface TicketKeys {
  /** Seals new tickets. */
  readonly current: TicketKey
  /** Still open old ones. */
  readonly previous?: readonly TicketKey[]
}

const nameLength = 16
const nonceLength = 12
const keyLength = 32

/**
 * @param keys as a function, asked anew each time, so that keys can be rotated while the server runs
 * @throws TlsError `ERR_TLS_CONFIG` if the provider has no AES-256-GCM, or a key has another length
 */
export function sealedTickets(
  provider: CryptoProvider,
  keys: TicketKeys | (() => MaybePromise<TicketKeys>),
): TicketStore {
  const aead = provider.aeads.find(({ name }) => name === 'aes-256-gcm')
  if (!aead)
    throw new TlsError(faults.ERR_TLS_CONFIG, { detail: inWords && 'the provider has no aes-256-gcm' })
  if (typeof keys === 'object') [keys.current, ...(keys.previous ?? [])].forEach(checkKey)
  const current = async (): Promise<TicketKeys> => (typeof keys === 'function' ? keys() : keys)
  return {
    issue: async (session) => {
      const key = checkKey((await current()).current)
      const nonce = provider.random(nonceLength)
      const sealed = await withKey({ aead, provider }, key, (opened) =>
        seal(opened, nonce, key.name, encodeSession(session), aead.tagLength),
      )
      return concat(key.name, nonce, sealed)
    },
    redeem: async (ticket) => {
      if (ticket.length < nameLength + nonceLength + aead.tagLength) return undefined
      const { current: newest, previous = [] } = await current()
      const key = [newest, ...previous].find(({ name }) => startsWith(ticket, name))
      if (!key) return undefined
      const nonce = ticket.subarray(nameLength, nameLength + nonceLength)
      const sealed = ticket.subarray(nameLength + nonceLength)
      // `undefined` too for a ticket that was forged
      const bytes = await withKey({ aead, provider }, checkKey(key), (opened) =>
        opened.open(nonce, key.name, sealed),
      )
      return bytes && decodeServerSession(bytes)
    },
  }
}

function checkKey(key: TicketKey): TicketKey {
  if (key.name.length !== nameLength || key.key.length !== keyLength)
    throw new TlsError(faults.ERR_TLS_CONFIG, {
      detail: inWords && `a ticket key has a name of ${nameLength} bytes and a key of ${keyLength}`,
    })
  return key
}

const startsWith = (ticket: Uint8Array, name: Uint8Array): boolean =>
  name.every((byte, index) => byte === ticket[index])

async function withKey<T>(
  { aead, provider }: { readonly aead: Aead; readonly provider: CryptoProvider },
  { key }: TicketKey,
  use: (opened: AeadKey) => MaybePromise<T>,
): Promise<T> {
  const [hash] = provider.hashes
  if (!hash) throw new TlsError(faults.ERR_TLS_CONFIG, { detail: inWords && 'the provider has no hash' })
  const secret = hash.importSecret(key.slice())
  const opened = await aead.key(secret)
  try {
    return await use(opened)
  } finally {
    opened.destroy()
    secret.destroy()
  }
}

function seal(
  key: AeadKey,
  nonce: Uint8Array,
  name: Uint8Array,
  content: Uint8Array,
  tagLength: number,
): MaybePromise<Uint8Array> {
  if (!key.sync) return key.seal(nonce, name, content, new Uint8Array(0))
  const out = new Uint8Array(content.length + tagLength)
  key.sealInto(nonce, name, content, new Uint8Array(0), out, 0)
  return out
}
