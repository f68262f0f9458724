/**
 * What the cryptography of a connection costs without one: the operations of a full handshake at both ends, and
 * sealing and opening full records.
 */
import { expandLabel, type Aead, type AeadKey, type SigningProvider } from '@mortise/crypto'
import { SignatureScheme } from '@mortise/wire'
import { sample } from './processorTime.ts'
import { algorithms, type BareCosts } from './subject.ts'

/** Derivations of the key schedule at each end: extracts, secrets, keys, IVs, Finished keys and MACs (RFC 9846 §7.1). */
const derivations = 22
/** Hashes of the transcript at each end. */
const transcripts = 5
const recordLength = 16_384
const repetitions = { handshake: 8, records: 32 }

export function bareCosts(provider: SigningProvider, pkcs8: Uint8Array): BareCosts {
  return {
    handshake: async () => {
      const handshake = await prepareHandshake(provider, pkcs8)
      await handshake()
      return perAmount(async () => {
        for (let i = 0; i < repetitions.handshake; i++) await handshake()
        return repetitions.handshake
      })
    },
    megabyte: async () => {
      const aead = only(provider.aeads, algorithms.suite.includes('128') ? 'aes-128-gcm' : 'aes-256-gcm')
      const key = await aead.key(only(provider.hashes, 'sha256').importSecret(new Uint8Array(aead.keyLength)))
      return perAmount(() => sealAndOpen(aead, key))
    },
  }
}

async function perAmount(work: () => Promise<number>): Promise<number> {
  const { amount, processorMs } = await sample(work)
  return processorMs / amount
}

/** Two key shares, one signature, the certificate's and the handshake's verification, and the key schedule twice. */
async function prepareHandshake(provider: SigningProvider, pkcs8: Uint8Array): Promise<() => Promise<void>> {
  const group = only(provider.groups, algorithms.group)
  const hash = only(provider.hashes, 'sha256')
  const key = await provider.importPrivateKey({ pkcs8 })
  const { verify } = only(provider.signatures, 'ecdsa_secp256r1_sha256')
  const message = provider.random(130)
  return async () => {
    const offer = await group.offer()
    const { share, secret } = await group.respond(offer.share)
    await offer.complete(share)
    const signature = await key.sign(SignatureScheme.ecdsa_secp256r1_sha256, message)
    for (let i = 0; i < 2; i++) await verify(key.publicKey, message, signature)
    for (let i = 0; i < 2 * derivations; i++)
      await expandLabel(hash, secret, 'derived', message.subarray(0, 32), 32)
    for (let i = 0; i < 2; i++) {
      const state = hash.create()
      for (let j = 0; j < transcripts; j++) {
        state.update(message)
        await state.snapshot()
      }
    }
  }
}

/** Megabytes. As many at once as are worth it, where it is asynchronous. */
async function sealAndOpen({ tagLength }: Aead, key: AeadKey): Promise<number> {
  const [nonce, data] = [new Uint8Array(12), new Uint8Array(5)]
  const [content, trailer] = [new Uint8Array(recordLength), Uint8Array.of(23)]
  const length = recordLength + 1 + tagLength
  let records = 0
  while (records < repetitions.records) {
    if (key.sync) {
      const out = new Uint8Array(length)
      key.sealInto(nonce, data, content, trailer, out, 0)
      key.open(nonce, data, out)
      records++
    } else {
      const { seal, open, maxInFlight } = key
      const sealed = await Promise.all(
        Array.from({ length: maxInFlight }, async () => seal(nonce, data, content, trailer)),
      )
      await Promise.all(sealed.map(async (bytes) => open(nonce, data, bytes)))
      records += maxInFlight
    }
  }
  return (records * recordLength) / 1_000_000
}

function only<T extends { readonly name: string }>(items: readonly T[], name: string): T {
  const item = items.find((candidate) => candidate.name === name)
  if (!item) throw new Error(`the provider has no ${name}`)
  return item
}
