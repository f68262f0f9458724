/** What one provider makes, the others take: random inputs of random lengths, in both directions, against node:crypto. */
import { finiteFields, type AeadKey, type CryptoProvider } from '@mortise/crypto'
import { noble } from '@mortise/crypto-noble'
import { nodeCrypto } from '@mortise/crypto-node'
import { detectWebcrypto } from '@mortise/crypto-webcrypto'
import { fixedKey, type FixedKeyName } from '@mortise/testing'
import { Crypto as PeculiarCrypto } from '@peculiar/webcrypto'
import { describe, expect, it } from 'vitest'

const node = nodeCrypto()
const others: readonly (readonly [name: string, provider: CryptoProvider])[] = [
  ['crypto-noble', noble()],
  ['crypto-webcrypto', await detectWebcrypto()],
  ['crypto-webcrypto on @peculiar/webcrypto', await detectWebcrypto({ crypto: new PeculiarCrypto() })],
]

const { random } = node
const lengths = [0, 1, 15, 16, 17, 63, 64, 65, 255, 1000, 16_384]

/** Pairs of the descriptors that both have. */
function common<T extends { readonly name: string }>(
  ours: readonly T[],
  theirs: readonly T[],
): readonly (readonly [name: string, one: T, other: T])[] {
  return theirs.flatMap((other) => {
    const one = ours.find(({ name }) => name === other.name)
    return one ? [[other.name, one, other] as const] : []
  })
}

async function seal(
  key: AeadKey,
  nonce: Uint8Array,
  data: Uint8Array,
  text: Uint8Array,
  tag: number,
): Promise<Uint8Array> {
  const [content, trailer] = [text.subarray(0, text.length >> 1), text.subarray(text.length >> 1)]
  if (!key.sync) return key.seal(nonce, data, content, trailer)
  const out = new Uint8Array(text.length + tag)
  key.sealInto(nonce, data, content, trailer, out, 0)
  return out
}

describe.each(others)('node:crypto and %s', (_, provider) => {
  const [hash] = node.hashes
  if (!hash) throw new Error('no hash')

  it.each(common(node.hashes, provider.hashes))('%s, HMAC and HKDF', async (__, one, other) => {
    for (const length of lengths) {
      const [data, key] = [random(length), one.importSecret(random(length % 130))]
      expect(await other.digest(data)).toEqual(await one.digest(data))
      expect(await other.hmac(key, data)).toEqual(await one.hmac(key, data))
      const [mine, theirs] = [await one.extract(key, key), await other.extract(key, key)]
      const size = length % (255 * one.length)
      expect(await other.expandToBytes(theirs, data, size)).toEqual(await one.expandToBytes(mine, data, size))
    }
  })

  it.each(common(node.aeads, provider.aeads))('%s, sealed by either', async (__, one, other) => {
    const secret = hash.importSecret(random(one.keyLength))
    const [mine, theirs] = [await one.key(secret), await other.key(secret)]
    for (const length of lengths) {
      const [nonce, data, text] = [random(12), random(length % 41), random(length)]
      const sealed = await seal(mine, nonce, data, text, one.tagLength)
      expect(await seal(theirs, nonce, data, text, one.tagLength)).toEqual(sealed)
      expect(await theirs.open(nonce, data, sealed)).toEqual(text)
      expect(await mine.open(nonce, data, sealed)).toEqual(text)
    }
  })

  // The largest fields take JavaScript half a second for each power
  const large: ReadonlySet<string> = new Set(
    finiteFields().flatMap(({ name, length }) => (length > 384 ? [name] : [])),
  )
  const groups = common(node.groups, provider.groups).filter(([name]) => !large.has(name))
  it.each(groups)('%s, offered by either', async (__, one, other) => {
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      const offer = await from.offer()
      const { share, secret } = await to.respond(offer.share)
      expect((await offer.complete(share)).reveal()).toEqual(secret.reveal())
    }
  })

  /** Keys, and an algorithm without which a provider can't do anything with them. */
  const keys: readonly (readonly [FixedKeyName, string])[] = [
    ['p256', 'ecdsa_secp256r1_sha256'],
    ['p384', 'ecdsa_secp384r1_sha384'],
    ['p521', 'ecdsa_secp521r1_sha512'],
    ['ed25519', 'ed25519'],
    ['ed448', 'ed448'],
    ['rsa', 'rsa_pss_rsae_sha256'],
    ['rsaPss', 'rsa_pss_pss_sha256'],
  ]
  const known = keys.filter(([, needed]) => provider.signatures.some(({ name }) => name === needed))
  it.each(known)('signatures of a key of %s, made by either', async (name) => {
    const { pkcs8 } = fixedKey(name)
    const signers = [await node.importPrivateKey({ pkcs8 }), await provider.importPrivateKey({ pkcs8 })]
    expect(signers[0]?.schemes).toEqual(signers[1]?.schemes)
    const verifiers = [provider, node]
    for (const [i, signer] of signers.entries())
      for (const scheme of signer.schemes) {
        const message = random(200)
        const signature = await signer.sign(scheme, message)
        const algorithm = verifiers[i]?.signatures.find((item) => item.scheme === scheme)
        expect(await algorithm?.verify(signer.publicKey, message, signature), algorithm?.name).toBe(true)
      }
  })
})
