/** Hashes, HMAC, HKDF, and the secrets that go through them. */
import { hkdfLabel, type CryptoProvider, type Hash, type Secret } from '@mortise/crypto'
import { fromHex, hex } from '@mortise/wire'
import { seededRandom, type SeededRandom } from '../seededRandom.ts'
import { expectBytes, expectCryptoError, expectEqual, expectError, expectTrue, revealed } from './checks.ts'
import { conformanceCase, type ConformanceCase } from './conformanceCase.ts'
import { foreignSecret } from './foreignSecret.ts'
import { digests, hkdfs, macs } from './vectors/hashVectors.ts'

const none = new Uint8Array(0)

export function hashCases({ hashes }: CryptoProvider, seed: string): readonly ConformanceCase[] {
  return hashes.flatMap((hash) => {
    const check = (name: string, run: (random: SeededRandom) => void | Promise<void>): ConformanceCase =>
      conformanceCase(`hash ${hash.name}`, name, () => run(seededRandom(`${seed} ${hash.name} ${name}`)))
    return [
      check('digest: known answers of FIPS 180-4', () => knownDigests(hash)),
      check('HMAC: known answers of RFC 4231', () => knownMacs(hash)),
      check('HKDF: known answers of RFC 5869', () => knownExpansions(hash)),
      check('a hash in pieces equals the hash of the whole, with snapshots on the way', (random) =>
        inPieces(hash, random),
      ),
      check('update() borrows its input only until it returns', (random) => borrowsUpdates(hash, random)),
      check('HKDF-Extract of nothing is that of zeros (RFC 9846 §7.1)', () => extractsZeros(hash)),
      check('HKDF-Expand at every length up to the limit, and not beyond', (random) =>
        expandLengths(hash, random),
      ),
      check('expand and expandToBytes agree', (random) => expandsAlike(hash, random)),
      check('HkdfLabel with label and context as long as they can be', (random) => longLabels(hash, random)),
      check('importSecret copies', (random) => importCopies(hash, random)),
      check('secrets of any length can be HMAC keys', (random) => keyLengths(hash, random)),
      check('reveal() gives a copy', (random) => revealsCopies(hash, random)),
      check('a secret never prints its bytes', (random) => neverPrints(hash, random)),
      check('operations leave their secrets usable', (random) => leavesSecrets(hash, random)),
      check('a destroyed secret is refused', (random) => refusesDestroyed(hash, random)),
      check("another provider's secret is refused", () => refusesForeign(hash)),
    ]
  })
}

async function knownDigests(hash: Hash): Promise<void> {
  for (const { message, digests: expected } of digests) {
    expectBytes(
      await hash.digest(fromHex(message)),
      expected[hash.name],
      `digest of ${message.length / 2} bytes`,
    )
    const state = hash.create()
    state.update(fromHex(message))
    expectBytes(await state.snapshot(), expected[hash.name], `snapshot after ${message.length / 2} bytes`)
  }
}

async function knownMacs(hash: Hash): Promise<void> {
  for (const { key, data, macs: expected } of macs)
    expectBytes(
      await hash.hmac(hash.importSecret(fromHex(key)), fromHex(data)),
      expected[hash.name],
      `key ${key}`,
    )
}

async function knownExpansions(hash: Hash): Promise<void> {
  for (const { salt, ikm, info, length, outputs } of hkdfs) {
    const [extracted, expanded] = outputs[hash.name]
    const secret = await hash.extract(hash.importSecret(fromHex(salt)), hash.importSecret(fromHex(ikm)))
    expectEqual(secret.length, hash.length, 'length of an extracted secret')
    expectBytes(await hash.expandToBytes(secret, fromHex(info), length), expanded, 'HKDF-Expand')
    expectBytes(revealed(secret), extracted, 'HKDF-Extract')
  }
}

async function inPieces(hash: Hash, random: SeededRandom): Promise<void> {
  for (let round = 0; round < 12; round++) {
    const message = random(random.integer(700))
    const state = hash.create()
    for (let at = 0; at < message.length;) {
      const end = Math.min(message.length, at + random.integer(130))
      state.update(message.subarray(at, end))
      at = end
      if (random.integer(4) !== 0) continue
      const snapshot = await state.snapshot()
      expectBytes(snapshot, await hash.digest(message.slice(0, at)), `snapshot after ${at} bytes`)
      snapshot.fill(0) // what was handed out has no part in what comes next
    }
    const whole = await hash.digest(message)
    expectBytes(await state.snapshot(), whole, `${message.length} bytes in pieces`)
    expectBytes(await state.snapshot(), whole, 'a second snapshot')
  }
}

async function borrowsUpdates(hash: Hash, random: SeededRandom): Promise<void> {
  const message = random(300)
  const state = hash.create()
  const buffer = new Uint8Array(100)
  for (let at = 0; at < message.length; at += buffer.length) {
    buffer.set(message.subarray(at, at + buffer.length))
    state.update(buffer)
    buffer.fill(0xff)
  }
  expectBytes(await state.snapshot(), await hash.digest(message), 'updates from one buffer')
}

async function extractsZeros(hash: Hash): Promise<void> {
  const zeros = (): Secret => hash.importSecret(new Uint8Array(hash.length))
  const bytes = (secret: Secret): unknown => hash.expandToBytes(secret, none, hash.length)
  const expected = (await bytes(await hash.extract(zeros(), zeros()))) as Uint8Array
  expectBytes(
    (await bytes(await hash.extract(undefined, undefined))) as Uint8Array,
    expected,
    'no salt, no IKM',
  )
  expectBytes((await bytes(await hash.extract(zeros(), undefined))) as Uint8Array, expected, 'no IKM')
  expectBytes((await bytes(await hash.extract(undefined, zeros()))) as Uint8Array, expected, 'no salt')
}

async function expandLengths(hash: Hash, random: SeededRandom): Promise<void> {
  const secret = hash.importSecret(random(hash.length))
  const info = random(20)
  const limit = 255 * hash.length
  const longest = await hash.expandToBytes(secret, info, limit)
  expectEqual(longest.length, limit, 'length')
  for (const length of [
    1,
    12,
    16,
    32,
    hash.length - 1,
    hash.length,
    hash.length + 1,
    3 * hash.length,
    limit - 1,
  ]) {
    const bytes = await hash.expandToBytes(secret, info, length)
    expectBytes(bytes, longest.subarray(0, length), `${length} bytes`)
  }
  await expectError(`${limit + 1} bytes`, () => hash.expandToBytes(secret, info, limit + 1))
  await expectError(`a secret of ${limit + 1} bytes`, () => hash.expand(secret, info, limit + 1))
}

async function expandsAlike(hash: Hash, random: SeededRandom): Promise<void> {
  for (const length of [1, 16, hash.length, 2 * hash.length + 1]) {
    const secret = hash.importSecret(random(hash.length))
    const info = random(random.integer(60))
    const expanded = await hash.expand(secret, info, length)
    expectEqual(expanded.length, length, 'length of an expanded secret')
    const bytes = await hash.expandToBytes(secret, info, length)
    expectBytes(
      await hash.hmac(expanded, info),
      await hash.hmac(hash.importSecret(bytes), info),
      `HMAC under ${length} bytes`,
    )
  }
}

async function longLabels(hash: Hash, random: SeededRandom): Promise<void> {
  const secret = hash.importSecret(random(hash.length))
  const info = hkdfLabel('l'.repeat(249), random(255), hash.length)
  const block = new Uint8Array([...info, 1])
  expectBytes(
    await hash.expandToBytes(secret, info, hash.length),
    await hash.hmac(secret, block),
    'one block',
  )
}

async function importCopies(hash: Hash, random: SeededRandom): Promise<void> {
  const bytes = random(hash.length)
  const secret = hash.importSecret(bytes)
  const expected = await hash.hmac(hash.importSecret(bytes.slice()), none)
  bytes.fill(0)
  expectBytes(await hash.hmac(secret, none), expected, 'HMAC after the imported bytes were overwritten')
  expectEqual(secret.length, hash.length, 'length')
}

/** HMAC pads short keys with zeros and hashes long ones (RFC 2104 §2). */
async function keyLengths(hash: Hash, random: SeededRandom): Promise<void> {
  const block = hash.name === 'sha256' ? 64 : 128
  const data = random(50)
  for (const length of [1, hash.length, block - 1, block]) {
    const key = random(length)
    const padded = new Uint8Array(block)
    padded.set(key)
    const expected = await hash.hmac(hash.importSecret(padded), data)
    expectBytes(await hash.hmac(hash.importSecret(key), data), expected, `a key of ${length} bytes`)
  }
  const long = random(block + 1)
  const expected = await hash.hmac(hash.importSecret(await hash.digest(long)), data)
  expectBytes(await hash.hmac(hash.importSecret(long), data), expected, `a key of ${long.length} bytes`)
}

function revealsCopies(hash: Hash, random: SeededRandom): void {
  const bytes = random(hash.length)
  const secret = hash.importSecret(bytes)
  revealed(secret).fill(0)
  expectBytes(revealed(secret), bytes, 'revealed after an earlier copy was overwritten')
}

function neverPrints(hash: Hash, random: SeededRandom): void {
  const bytes = random(hash.length)
  const secret = hash.importSecret(bytes)
  const text = [JSON.stringify(secret), ...[secret, ...Object.values(secret)].map(String)].join(' ')
  for (const form of [hex(bytes), [...bytes].join(',')])
    expectTrue(!text.includes(form), 'the bytes of a secret are in what it prints')
  for (const [name, value] of Object.entries(secret))
    expectTrue(!ArrayBuffer.isView(value), `the secret shows bytes as its property ${name}`)
}

async function leavesSecrets(hash: Hash, random: SeededRandom): Promise<void> {
  const [salt, ikm] = [hash.importSecret(random(hash.length)), hash.importSecret(random(hash.length))]
  const once = await hash.expandToBytes(await hash.extract(salt, ikm), none, 32)
  await hash.hmac(salt, none)
  await hash.expand(ikm, none, 16)
  expectBytes(
    await hash.expandToBytes(await hash.extract(salt, ikm), none, 32),
    once,
    'the same extraction again',
  )
}

async function refusesDestroyed(hash: Hash, random: SeededRandom): Promise<void> {
  const secret = hash.importSecret(random(hash.length))
  secret.destroy()
  secret.destroy()
  await expectRefusedSecret(hash, secret, ['ERR_CRYPTO_SECRET_DESTROYED'])
  await expectCryptoError(
    ['ERR_CRYPTO_SECRET_DESTROYED', 'ERR_CRYPTO_SECRET_NOT_EXTRACTABLE'],
    'reveal()',
    () => secret.reveal(),
  )
}

async function refusesForeign(hash: Hash): Promise<void> {
  await expectRefusedSecret(hash, foreignSecret(hash.length), ['ERR_CRYPTO_FOREIGN_SECRET'])
}

async function expectRefusedSecret(
  hash: Hash,
  secret: Secret,
  codes: Parameters<typeof expectCryptoError>[0],
): Promise<void> {
  const good = hash.importSecret(new Uint8Array(hash.length))
  await expectCryptoError(codes, 'extract(salt)', () => hash.extract(secret, good))
  await expectCryptoError(codes, 'extract(ikm)', () => hash.extract(good, secret))
  await expectCryptoError(codes, 'expand', () => hash.expand(secret, none, 16))
  await expectCryptoError(codes, 'expandToBytes', () => hash.expandToBytes(secret, none, 16))
  await expectCryptoError(codes, 'hmac', () => hash.hmac(secret, none))
}
