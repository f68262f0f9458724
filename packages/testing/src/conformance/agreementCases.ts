/**
 * Two providers held against each other on random inputs: what one makes, the other must take. Known answers are few;
 * this is where an error that shows once in a thousand shares or lengths is found.
 */
import type { Aead, SigningProvider, Hash, KeyExchangeGroup, SigningKey } from '@mortise/crypto'
import { fixedKey, type FixedKeyName } from '../keys/fixedKeys.ts'
import { seededRandom, type SeededRandom } from '../seededRandom.ts'
import { cryptoErrorCode, expectBytes, expectEqual, revealed } from './checks.ts'
import { conformanceCase, fail, skip, type ConformanceCase } from './conformanceCase.ts'
import { schemesOfKeys } from './privateKeyCases.ts'
import { aeadKey, sealWith } from './sealing.ts'

/** How two providers are compared. */
export interface AgreementOptions {
  /** Of the random inputs: another seed, other inputs. Key pairs and signatures are the providers' own and always fresh. */
  readonly seed?: string | number
  /** How often each algorithm is tried. By default 4. */
  readonly rounds?: number
}

/**
 * Cases for every algorithm that both have: hashes, AEADs, groups in both roles, and signatures of every kind of key.
 * Independent of each other, like those of `conformanceCases`.
 */
export function agreementCases(
  one: SigningProvider,
  other: SigningProvider,
  { seed = 'mortise', rounds = 4 }: AgreementOptions = {},
): readonly ConformanceCase[] {
  const inRounds = (
    group: string,
    name: string,
    run: (random: SeededRandom) => Promise<void>,
  ): ConformanceCase =>
    conformanceCase(group, name, async () => {
      for (let round = 0; round < rounds; round++)
        await run(seededRandom(`${seed} ${group} ${name} ${round}`))
    })
  return [
    ...common(one.hashes, other.hashes).map(([a, b]) =>
      inRounds(`hash ${a.name}`, 'digest, HMAC and HKDF are the same', (random) => hashes(a, b, random)),
    ),
    ...common(one.aeads, other.aeads).flatMap(([a, b]) =>
      (
        [
          [one, a, other, b],
          [other, b, one, a],
        ] as const
      ).map(([sealer, own, opener, theirs], at) =>
        inRounds(`aead ${a.name}`, directions[at] ?? '', (random) =>
          opens(sealer, own, opener, theirs, random),
        ),
      ),
    ),
    ...common(one.groups, other.groups).flatMap(([a, b]) =>
      (
        [
          [a, b],
          [b, a],
        ] as const
      ).map(([client, server], at) =>
        inRounds(`group ${a.name}`, directions[at] ?? '', () => exchanges(client, server)),
      ),
    ),
    ...schemesOfKeys.flatMap(([key]) =>
      (
        [
          [one, other],
          [other, one],
        ] as const
      ).map(([signer, verifier], at) =>
        inRounds(`private key ${key}`, directions[at] ?? '', (random) =>
          verifies(signer, verifier, key, random),
        ),
      ),
    ),
  ]
}

const directions = ['the other takes what the one makes', 'the one takes what the other makes']

function common<T extends { readonly name: string }>(
  one: readonly T[],
  other: readonly T[],
): readonly (readonly [T, T])[] {
  return one.flatMap((item) => {
    const same = other.find(({ name }) => name === item.name)
    return same ? [[item, same] as const] : []
  })
}

async function hashes(one: Hash, other: Hash, random: SeededRandom): Promise<void> {
  const [data, key, salt] = [random(random.integer(2000)), random(random.integer(200)), random(one.length)]
  const info = random(random.integer(300))
  const length = 1 + random.integer(255 * one.length)
  const all = async (hash: Hash): Promise<readonly Uint8Array[]> => {
    const state = hash.create()
    for (let at = 0; at < data.length; at += 97) state.update(data.subarray(at, at + 97))
    const extracted = await hash.extract(hash.importSecret(salt), hash.importSecret(key))
    return [
      await state.snapshot(),
      await hash.digest(data),
      await hash.hmac(hash.importSecret(key), data),
      await hash.expandToBytes(extracted, info, length),
    ]
  }
  const [mine, theirs] = [await all(one), await all(other)]
  for (const [at, what] of ['transcript', 'digest', 'HMAC', 'HKDF'].entries())
    expectBytes(theirs[at] ?? fail('missing'), mine[at] ?? fail('missing'), what)
}

async function opens(
  sealer: SigningProvider,
  own: Aead,
  opener: SigningProvider,
  theirs: Aead,
  random: SeededRandom,
): Promise<void> {
  const bytes = random(own.keyLength)
  const [sealingKey, openingKey] = [await aeadKey(sealer, own, bytes), await aeadKey(opener, theirs, bytes)]
  for (const length of [0, random.integer(64), random.integer(1000), random.integer(16_385)]) {
    const sealing = {
      nonce: random(12),
      associatedData: random(random.integer(20)),
      content: random(length),
      trailer: random(random.integer(40)),
    }
    const sealed = await sealWith(sealingKey, own.tagLength, sealing)
    const opened = await openingKey.open(sealing.nonce, sealing.associatedData, sealed)
    const { content, trailer } = sealing
    expectBytes(
      opened ?? fail(`${length} bytes were not opened`),
      Uint8Array.of(...content, ...trailer),
      'opened',
    )
  }
}

async function exchanges(client: KeyExchangeGroup, server: KeyExchangeGroup): Promise<void> {
  const offer = await client.offer()
  const { share, secret } = await server.respond(offer.share)
  expectBytes(revealed(await offer.complete(share)), revealed(secret), "the client's secret")
  offer.destroy()
}

async function verifies(
  signer: SigningProvider,
  verifier: SigningProvider,
  name: FixedKeyName,
  random: SeededRandom,
): Promise<void> {
  const key = await keyOf(signer, name)
  const message = random(random.integer(500))
  for (const scheme of key.schemes) {
    const algorithm =
      verifier.signatures.find((item) => item.scheme === scheme) ??
      skip(`no scheme 0x${scheme.toString(16)} of ${name} in both`)
    const signature = await key.sign(scheme, message)
    expectEqual(await algorithm.verify(key.publicKey, message, signature), true, algorithm.name)
    message[0] = (message[0] ?? 0) ^ 1
    const changed = message.length > 0 ? message : Uint8Array.of(1)
    expectEqual(
      await algorithm.verify(key.publicKey, changed, signature),
      false,
      `${algorithm.name}, changed`,
    )
  }
}

async function keyOf({ importPrivateKey }: SigningProvider, name: FixedKeyName): Promise<SigningKey> {
  try {
    return await importPrivateKey({ pkcs8: fixedKey(name).pkcs8 })
  } catch (error) {
    if (cryptoErrorCode(error) === 'ERR_CRYPTO_UNSUPPORTED') skip(`keys like ${name} are not supported`)
    throw error
  }
}
