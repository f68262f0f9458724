/** AEADs: what they compute, what they refuse, and whom their buffers belong to. */
import type { Aead, AeadKey, CryptoProvider } from '@mortise/crypto'
import { concat, fromHex } from '@mortise/wire'
import { seededRandom, type SeededRandom } from '../seededRandom.ts'
import { expectBytes, expectCryptoError, expectEqual, expectError, expectTrue } from './checks.ts'
import { conformanceCase, fail, skip, type ConformanceCase } from './conformanceCase.ts'
import { foreignSecret } from './foreignSecret.ts'
import { aeadKey, sealWith, secretOf, type Sealing } from './sealing.ts'
import { aeadVectors } from './vectors/aeadVectors.ts'

const none = new Uint8Array(0)

/** Around the block sizes, and up to a full record with its content type (RFC 9846 §5.2). */
// prettier-ignore
const lengths = [0, 1, 15, 16, 17, 31, 32, 33, 47, 63, 64, 65, 127, 128, 129, 255, 256, 257, 1000, 4096, 16_383, 16_384, 16_385]

/** A fresh key and what to seal with it. */
interface Fixture extends Sealing {
  readonly key: AeadKey
  readonly tagLength: number
}

export function aeadCases(provider: CryptoProvider, seed: string): readonly ConformanceCase[] {
  return provider.aeads.flatMap((aead) => {
    const { keyLength, tagLength } = aead
    const check = (
      name: string,
      run: (fixture: Fixture, random: SeededRandom) => void | Promise<void>,
    ): ConformanceCase =>
      conformanceCase(`aead ${aead.name}`, name, async () => {
        const random = seededRandom(`${seed} ${aead.name} ${name}`)
        const key = await aeadKey(provider, aead, random(keyLength))
        const trailer = Uint8Array.of(23)
        const fixture = {
          key,
          tagLength,
          nonce: random(12),
          associatedData: random(5),
          content: random(40),
          trailer,
        }
        await run(fixture, random)
      })
    return [
      check('known answers', () => knownAnswers(provider, aead)),
      check('opens what it seals, at every length and split', sealsAndOpens),
      check('refuses a tag with any one bit changed', refusesTags),
      check('refuses changed ciphertext, associated data and nonce', refusesChanges),
      check('refuses what another key sealed', async (fixture, random) =>
        refusesOtherKeys(fixture, await aeadKey(provider, aead, random(keyLength))),
      ),
      check('refuses input of every length up to the tag', refusesShortInput),
      check('refuses truncated and extended input', refusesOtherLengths),
      check('inputs may be overwritten as soon as a call returns', borrowsInputs),
      check('outputs are no views of inputs, and inputs stay as they were', keepsInputs),
      check('an opened plaintext survives the next operation', keepsOutputs),
      check('many operations in flight do not mix', manyInFlight),
      check('takes a key of exactly its length', (_, random) => keyLengths(provider, aead, random)),
      check('a key outlives the secret it was made of', (_, random) =>
        outlivesSecret(provider, aead, random),
      ),
      check('a destroyed key neither seals nor opens', refusesAfterDestroy),
      check("refuses destroyed secrets and another provider's", (_, random) =>
        refusesSecrets(provider, aead, random),
      ),
    ]
  })
}

async function knownAnswers(provider: CryptoProvider, aead: Aead): Promise<void> {
  const vectors = aeadVectors.filter((vector) => vector.aead === aead.name)
  for (const vector of vectors) {
    const key = await aeadKey(provider, aead, fromHex(vector.key))
    const [nonce, associatedData] = [fromHex(vector.nonce), fromHex(vector.associatedData)]
    const content = fromHex(vector.plaintext)
    const sealed = await sealWith(key, aead.tagLength, { nonce, associatedData, content, trailer: none })
    expectBytes(sealed, vector.sealed, `${vector.source}: sealed`)
    const opened = await key.open(nonce, associatedData, fromHex(vector.sealed))
    expectBytes(opened ?? fail(`${vector.source}: not opened`), vector.plaintext, `${vector.source}: opened`)
  }
}

async function sealsAndOpens({ key, tagLength }: Fixture, random: SeededRandom): Promise<void> {
  for (const length of lengths) {
    const [nonce, associatedData, plaintext] = [random(12), random(random.integer(3) * 5), random(length)]
    const sealSplit = (split: number): Promise<Uint8Array> =>
      sealWith(key, tagLength, {
        nonce,
        associatedData,
        content: plaintext.subarray(0, split),
        trailer: plaintext.subarray(split),
      })
    const sealed = await sealSplit(length)
    expectEqual(sealed.length, length + tagLength, 'length of what was sealed')
    for (const split of [0, Math.max(0, length - 1), Math.max(0, length - 17)])
      expectBytes(await sealSplit(split), sealed, `${length} bytes split at ${split}`)
    const opened = await key.open(nonce, associatedData, sealed)
    expectBytes(opened ?? fail(`${length} bytes were not opened`), plaintext, `${length} bytes`)
  }
}

async function refusesTags(fixture: Fixture): Promise<void> {
  const sealed = await seal(fixture)
  for (let bit = 0; bit < 8 * fixture.tagLength; bit++)
    await expectRefused(fixture, flipped(sealed, sealed.length * 8 - 1 - bit), `bit ${bit} of the tag`)
}

async function refusesChanges(fixture: Fixture): Promise<void> {
  const sealed = await seal(fixture)
  const { nonce, associatedData } = fixture
  for (let byte = 0; byte < sealed.length - fixture.tagLength; byte++)
    await expectRefused(fixture, flipped(sealed, byte * 8 + (byte % 8)), `byte ${byte} of the ciphertext`)
  for (let bit = 0; bit < 8 * associatedData.length; bit++)
    await expectRefused(
      { ...fixture, associatedData: flipped(associatedData, bit) },
      sealed,
      'associated data',
    )
  for (let bit = 0; bit < 8 * nonce.length; bit++)
    await expectRefused({ ...fixture, nonce: flipped(nonce, bit) }, sealed, `bit ${bit} of the nonce`)
  await expectRefused({ ...fixture, associatedData: none }, sealed, 'no associated data')
  const longer = concat(associatedData, Uint8Array.of(0))
  await expectRefused({ ...fixture, associatedData: longer }, sealed, 'associated data with a zero behind')
}

async function refusesOtherKeys(fixture: Fixture, key: AeadKey): Promise<void> {
  await expectRefused({ ...fixture, key }, await seal(fixture), 'sealed with another key')
}

async function refusesShortInput(fixture: Fixture): Promise<void> {
  const sealed = await seal({ ...fixture, content: none, trailer: none })
  for (let length = 0; length < fixture.tagLength; length++)
    await expectRefused(fixture, sealed.slice(0, length), `${length} bytes`)
  await expectRefused(fixture, new Uint8Array(fixture.tagLength), 'a tag of zeros')
}

async function refusesOtherLengths(fixture: Fixture): Promise<void> {
  const sealed = await seal(fixture)
  for (let length = 0; length < sealed.length; length++)
    await expectRefused(fixture, sealed.slice(0, length), `the first ${length} bytes`)
  await expectRefused(fixture, concat(sealed, Uint8Array.of(0)), 'a zero behind')
  await expectRefused(fixture, concat(Uint8Array.of(0), sealed), 'a zero in front')
}

async function borrowsInputs(fixture: Fixture, random: SeededRandom): Promise<void> {
  const { key, tagLength } = fixture
  const expected = await seal(fixture)
  const inputs = {
    nonce: fixture.nonce.slice(),
    associatedData: fixture.associatedData.slice(),
    content: fixture.content.slice(),
    trailer: fixture.trailer.slice(),
  }
  const sealing = sealWith(key, tagLength, inputs)
  for (const buffer of Object.values(inputs)) buffer.set(random(buffer.length))
  expectBytes(await sealing, expected, 'sealed from buffers that were then overwritten')

  const [nonce, associatedData, sealed] = [
    fixture.nonce.slice(),
    fixture.associatedData.slice(),
    expected.slice(),
  ]
  const opening = key.open(nonce, associatedData, sealed)
  for (const buffer of [nonce, associatedData, sealed]) buffer.set(random(buffer.length))
  const plaintext = concat(fixture.content, fixture.trailer)
  expectBytes(
    (await opening) ?? fail('not opened'),
    plaintext,
    'opened from buffers that were then overwritten',
  )
}

async function keepsInputs(fixture: Fixture): Promise<void> {
  const { key, nonce, associatedData, content, trailer } = fixture
  const inputs = [nonce, associatedData, content, trailer]
  const before = inputs.map((input) => input.slice())
  const sealed = await seal(fixture)
  const sealedBefore = sealed.slice()
  const opened = (await key.open(nonce, associatedData, sealed)) ?? fail('not opened')
  for (const [i, input] of inputs.entries()) expectBytes(input, before[i] ?? none, `input ${i}`)
  expectBytes(sealed, sealedBefore, 'the sealed input')
  expectTrue(opened.buffer !== sealed.buffer, 'the opened plaintext is a view of the input')
  for (const input of inputs)
    expectTrue(sealed.buffer !== input.buffer, 'what was sealed is a view of an input')
}

async function keepsOutputs(fixture: Fixture, random: SeededRandom): Promise<void> {
  const { key, nonce, associatedData, content, trailer } = fixture
  const sealed = await seal(fixture)
  const other = { ...fixture, nonce: random(12), content: random(content.length) }
  const sealedOther = await seal(other)
  const opened = (await key.open(nonce, associatedData, sealed)) ?? fail('not opened')
  await key.open(other.nonce, associatedData, sealedOther)
  await key.open(other.nonce, associatedData, sealed)
  expectBytes(opened, concat(content, trailer), 'the first plaintext after further operations')
}

async function manyInFlight({ key, tagLength }: Fixture, random: SeededRandom): Promise<void> {
  const sealings = Array.from({ length: 40 }, (_, i) => ({
    nonce: random(12),
    associatedData: random(5),
    content: random(i % 3 === 0 ? 5000 : i),
    trailer: Uint8Array.of(i),
  }))
  const sealed = await Promise.all(sealings.map((sealing) => sealWith(key, tagLength, sealing)))
  const opened = await Promise.all(
    sealings.map(async ({ nonce, associatedData }, i) => key.open(nonce, associatedData, sealed[i] ?? none)),
  )
  for (const [i, { content, trailer }] of sealings.entries())
    expectBytes(
      opened[i] ?? fail(`operation ${i} was not opened`),
      concat(content, trailer),
      `operation ${i}`,
    )
  if (!key.sync) expectTrue(key.maxInFlight >= 1, `maxInFlight is ${key.maxInFlight}`)
}

async function keyLengths(provider: CryptoProvider, aead: Aead, random: SeededRandom): Promise<void> {
  for (const length of [0, 1, 8, aead.keyLength - 1, aead.keyLength + 1, aead.keyLength === 16 ? 32 : 16])
    await expectCryptoError(['ERR_CRYPTO_INVALID_KEY'], `a key of ${length} bytes`, () =>
      aead.key(secretOf(provider, random(length))),
    )
}

/** So that the record layer can destroy a traffic secret's expansion at once. */
async function outlivesSecret(provider: CryptoProvider, aead: Aead, random: SeededRandom): Promise<void> {
  const bytes = random(aead.keyLength)
  const sealing = { nonce: random(12), associatedData: none, content: random(20), trailer: none }
  const expected = await sealWith(await aeadKey(provider, aead, bytes), aead.tagLength, sealing)
  const secret = secretOf(provider, bytes)
  const key = await aead.key(secret)
  secret.destroy()
  expectBytes(await sealWith(key, aead.tagLength, sealing), expected, 'sealed after the secret was destroyed')
}

/** Least of all under a key of zeros. */
async function refusesAfterDestroy(fixture: Fixture): Promise<void> {
  const { key, nonce, associatedData } = fixture
  const sealed = await seal(fixture)
  key.destroy()
  key.destroy()
  await expectError('sealing with a destroyed key', () => seal(fixture))
  let opened: Uint8Array | undefined
  try {
    opened = await key.open(nonce, associatedData, sealed)
  } catch {
    return
  }
  expectTrue(opened === undefined, 'a destroyed key opened what it had sealed')
}

async function refusesSecrets(provider: CryptoProvider, aead: Aead, random: SeededRandom): Promise<void> {
  if (provider.hashes.length === 0) skip('no hash to import a secret with')
  const destroyed = secretOf(provider, random(aead.keyLength))
  destroyed.destroy()
  await expectCryptoError(['ERR_CRYPTO_SECRET_DESTROYED'], 'a destroyed secret', () => aead.key(destroyed))
  const foreign = foreignSecret(aead.keyLength)
  await expectCryptoError(['ERR_CRYPTO_FOREIGN_SECRET'], 'a foreign secret', () => aead.key(foreign))
}

function seal({ key, tagLength, ...sealing }: Fixture): Promise<Uint8Array> {
  return sealWith(key, tagLength, sealing)
}

async function expectRefused(
  { key, nonce, associatedData }: Fixture,
  sealed: Uint8Array,
  what: string,
): Promise<void> {
  if ((await key.open(nonce, associatedData, sealed)) !== undefined) fail(`${what}: opened, must be refused`)
}

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = bytes.slice()
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return copy
}
