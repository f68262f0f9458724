/** Key exchange: known answers, both sides agreeing, and every share that must be refused. */
import type { CryptoProvider, KeyExchangeGroup, KeyOffer, Secret } from '@mortise/crypto'
import { fromHex } from '@mortise/wire'
import { badShares, sharePartsOf, type SharePart } from './badShares.ts'
import {
  cryptoErrorCode,
  expectBytes,
  expectCryptoError,
  expectDifferent,
  expectEqual,
  expectTrue,
  revealed,
} from './checks.ts'
import { conformanceCase, fail, skip, type ConformanceCase } from './conformanceCase.ts'
import { groupVectors } from './vectors/groupVectors.ts'

const rounds = 3

export function groupCases({ groups }: CryptoProvider): readonly ConformanceCase[] {
  return groups.flatMap((group) => {
    const check = (name: string, run: () => void | Promise<void>): ConformanceCase =>
      conformanceCase(`group ${group.name}`, name, run)
    const parts = sharePartsOf(group.name)
    if (!parts)
      return [check('is known to this suite', () => skip(`no shares of ${group.name} are known here`))]
    return [
      check('known answers', () => knownAnswers(group)),
      check('client and server agree; shares and secret are as long as they must be', () =>
        agrees(group, parts),
      ),
      check('every offer and every response is fresh (RFC 9846 §4.3.8)', () => isFresh(group)),
      check('the server refuses bad shares', () => serverRefuses(group, parts)),
      check('the client refuses bad shares', () => clientRefuses(group, parts)),
      check('a share may be overwritten once a call has answered', () => borrowsShares(group)),
      check('a destroyed offer gives no secret', () => refusesAfterDestroy(group)),
      ...(group.name === 'x25519'
        ? [check('the highest bit is ignored (RFC 7748 §5)', () => ignoresHighBit(group))]
        : []),
      ...(parts.some(({ rejectsImplicitly }) => rejectsImplicitly)
        ? [
            check('a changed ML-KEM ciphertext gives another secret, no error (FIPS 203 §6.3)', () =>
              rejects(group, parts),
            ),
          ]
        : []),
    ]
  })
}

async function knownAnswers(group: KeyExchangeGroup): Promise<void> {
  const vectors = groupVectors.filter((vector) => vector.group === group.name)
  if (vectors.length === 0) skip(`no known answers of ${group.name} in the suite itself`)
  for (const { source, privateKey, share, peerShare, secret } of vectors) {
    const offer = await offerOf(group, privateKey)
    expectBytes(offer.share, share, `${source}: share`)
    expectBytes(revealed(await offer.complete(fromHex(peerShare))), secret, `${source}: secret`)
  }
}

/** Skips the case if the provider can't take a private key. */
export async function offerOf(group: KeyExchangeGroup, privateKey: string): Promise<KeyOffer> {
  if (!group.fromPrivateKey) skip('the provider takes no given private keys (fromPrivateKey)')
  return group.fromPrivateKey(fromHex(privateKey))
}

async function agrees(group: KeyExchangeGroup, parts: readonly SharePart[]): Promise<void> {
  const total = (key: 'clientLength' | 'serverLength' | 'secretLength'): number =>
    parts.reduce((sum, part) => sum + part[key], 0)
  for (let round = 0; round < rounds; round++) {
    const offer = await group.offer()
    expectEqual(offer.share.length, total('clientLength'), 'length of an offer')
    const { share, secret } = await group.respond(offer.share)
    expectEqual(share.length, total('serverLength'), 'length of a response')
    const own = await offer.complete(share)
    expectEqual(own.length, total('secretLength'), "length of the client's secret")
    expectEqual(secret.length, total('secretLength'), "length of the server's secret")
    expectBytes(revealed(own), revealed(secret), "the client's secret")
  }
}

async function isFresh(group: KeyExchangeGroup): Promise<void> {
  const [one, two] = [await group.offer(), await group.offer()]
  expectDifferent(one.share, two.share, 'offer')
  const [first, second] = [await group.respond(one.share), await group.respond(one.share)]
  expectDifferent(first.share, second.share, 'response to the same offer')
  expectDifferent(revealed(first.secret), revealed(second.secret), 'secret of two responses')
}

async function serverRefuses(group: KeyExchangeGroup, parts: readonly SharePart[]): Promise<void> {
  const good = await group.offer()
  for (const { what, share } of badShares(parts, 'client', good.share.slice()))
    await expectCryptoError(['ERR_CRYPTO_INVALID_KEY_SHARE'], what, () => group.respond(share))
}

async function clientRefuses(group: KeyExchangeGroup, parts: readonly SharePart[]): Promise<void> {
  const offer = await group.offer()
  const { share: good } = await group.respond(offer.share)
  for (const { what, share } of badShares(parts, 'server', good.slice()))
    await expectCryptoError(['ERR_CRYPTO_INVALID_KEY_SHARE'], what, () => offer.complete(share))
}

async function borrowsShares(group: KeyExchangeGroup): Promise<void> {
  const offer = await group.offer()
  const received = offer.share.slice()
  const { share, secret } = await group.respond(received)
  received.fill(0)
  const answer = share.slice()
  const own = await offer.complete(answer)
  answer.fill(0)
  expectBytes(revealed(own), revealed(secret), 'the secret after the shares were overwritten')
}

async function refusesAfterDestroy(group: KeyExchangeGroup): Promise<void> {
  const offer = await group.offer()
  const { share } = await group.respond(offer.share)
  offer.destroy()
  offer.destroy()
  let secret: Secret
  try {
    secret = await offer.complete(share)
  } catch (error) {
    expectTrue(cryptoErrorCode(error) !== undefined, `completing a destroyed offer threw ${String(error)}`)
    return
  }
  fail(`a destroyed offer gave a secret of ${secret.length} bytes`)
}

async function ignoresHighBit(group: KeyExchangeGroup): Promise<void> {
  const vector = groupVectors.find(({ group: name }) => name === 'x25519')
  if (!vector) fail('the vector of RFC 7748 is missing')
  const offer = await offerOf(group, vector.privateKey)
  const share = fromHex(vector.peerShare)
  share[31] = (share[31] ?? 0) ^ 0x80
  expectBytes(
    revealed(await offer.complete(share)),
    vector.secret,
    'the secret of a share with its highest bit set',
  )
}

async function rejects(group: KeyExchangeGroup, parts: readonly SharePart[]): Promise<void> {
  const offer = await group.offer()
  const { share, secret } = await group.respond(offer.share)
  let offset = 0
  for (const { rejectsImplicitly, serverLength } of parts) {
    for (const at of rejectsImplicitly ? [0, serverLength >> 1, serverLength - 1] : []) {
      const changed = share.slice()
      changed[offset + at] = (changed[offset + at] ?? 0) ^ 1
      const other = await offer.complete(changed)
      expectDifferent(revealed(other), revealed(secret), `secret of a ciphertext changed at ${at}`)
    }
    offset += serverLength
  }
}
