import { describe, expect, test } from 'vitest'
import { hybridGroup, type HybridPart } from './hybridGroup.ts'
import type { ApprovalStatus, MaybePromise } from './provider.ts'
import { plainSecret, type Secret } from './secret.ts'

const invalid: unknown = expect.objectContaining({ code: 'ERR_CRYPTO_INVALID_KEY_SHARE' })

interface Part extends HybridPart {
  readonly secrets: Secret[]
  readonly seen: Uint8Array[]
  destroyed: number
}

const outcome = async <T>(operation: () => MaybePromise<T>): Promise<T> => operation()

/** A group whose shares and secrets are all of one letter. */
function part(
  letter: number,
  clientShare: number,
  serverShare: number,
  approval: ApprovalStatus = 'unknown',
): Part {
  const secret = (peerShare: Uint8Array): Secret => {
    result.seen.push(peerShare.slice())
    const made = plainSecret(new Uint8Array(2).fill(letter))
    result.secrets.push(made)
    return made
  }
  const result: Part = {
    clientShare,
    serverShare,
    privateKey: clientShare,
    secrets: [],
    seen: [],
    destroyed: 0,
    group: {
      approval,
      offer: () => ({
        share: new Uint8Array(clientShare).fill(letter),
        complete: async (peerShare) => Promise.resolve(secret(peerShare)),
        destroy: () => {
          result.destroyed += 1
        },
      }),
      respond: (peerShare) => ({
        share: new Uint8Array(serverShare).fill(letter),
        secret: secret(peerShare),
      }),
    },
  }
  return result
}

const code = { group: 0x11ec, name: 'X25519MLKEM768' }

describe('a hybrid group (draft-ietf-tls-ecdhe-mlkem)', () => {
  test('puts shares and secrets one behind the other, in the order of its parts', async () => {
    const [one, two] = [part(1, 3, 2), part(2, 1, 4)]
    const group = hybridGroup(code, one, two)
    expect(group).toMatchObject(code)
    const offer = await group.offer()
    expect(offer.share).toEqual(Uint8Array.of(1, 1, 1, 2))
    const response = await group.respond(Uint8Array.of(7, 7, 7, 8))
    expect(response.share).toEqual(Uint8Array.of(1, 1, 2, 2, 2, 2))
    expect(response.secret.reveal()).toEqual(Uint8Array.of(1, 1, 2, 2))
    const secret = await offer.complete(Uint8Array.of(5, 5, 6, 6, 6, 6))
    expect(secret.reveal()).toEqual(Uint8Array.of(1, 1, 2, 2))
    expect(one.seen).toEqual([Uint8Array.of(7, 7, 7), Uint8Array.of(5, 5)])
    expect(two.seen).toEqual([Uint8Array.of(8), Uint8Array.of(6, 6, 6, 6)])
  })

  test('drops the secrets of its parts, and their keys with its own', async () => {
    const [one, two] = [part(1, 1, 1), part(2, 1, 1)]
    const offer = await hybridGroup(code, one, two).offer()
    await offer.complete(new Uint8Array(2))
    for (const secret of [...one.secrets, ...two.secrets])
      expect(() => secret.reveal()).toThrow(expect.objectContaining({ code: 'ERR_CRYPTO_SECRET_DESTROYED' }))
    offer.destroy()
    expect([one.destroyed, two.destroyed]).toEqual([1, 1])
  })

  test('refuses shares of another length before either part sees them', async () => {
    const [one, two] = [part(1, 3, 2), part(2, 1, 4)]
    const group = hybridGroup(code, one, two)
    const offer = await group.offer()
    for (const length of [0, 3, 5])
      await expect(outcome(() => group.respond(new Uint8Array(length)))).rejects.toThrow(invalid)
    for (const length of [0, 5, 7])
      await expect(outcome(() => offer.complete(new Uint8Array(length)))).rejects.toThrow(invalid)
    expect([...one.seen, ...two.seen]).toEqual([])
  })

  test('answers at once if its parts do, and when both have answered if one does not', async () => {
    const now = { ...part(1, 1, 1), group: synchronous(part(1, 1, 1)) }
    const offer = hybridGroup(code, now, now).offer()
    if (offer instanceof Promise) throw new Error('a promise')
    expect(offer.complete(new Uint8Array(2))).not.toBeInstanceOf(Promise)
    expect(hybridGroup(code, now, now).respond(new Uint8Array(2))).not.toBeInstanceOf(Promise)
    for (const [one, two] of [
      [now, part(2, 1, 1)],
      [part(2, 1, 1), now],
    ] as const) {
      const mixed = await hybridGroup(code, one, two).offer()
      const secret = mixed.complete(new Uint8Array(2))
      expect(secret).toBeInstanceOf(Promise)
      expect((await secret).length).toBe(4)
    }
  })

  test('one part that throws while the other rejects is one failure, and none is left unhandled', async () => {
    const fails = (complete: () => MaybePromise<Secret>): HybridPart => {
      const { group, ...lengths } = part(1, 1, 1)
      return {
        ...lengths,
        group: { ...group, offer: () => ({ share: new Uint8Array(1), complete, destroy: () => undefined }) },
      }
    }
    const rejects = fails(async () => Promise.reject(new Error('rejected')))
    const throws = fails(() => {
      throw new Error('thrown')
    })
    const offer = await hybridGroup(code, rejects, throws).offer()
    await expect(outcome(() => offer.complete(new Uint8Array(2)))).rejects.toThrow(/rejected|thrown/)
    const other = await hybridGroup(code, throws, rejects).offer()
    await expect(outcome(() => other.complete(new Uint8Array(2)))).rejects.toThrow('thrown')
  })

  test('takes private keys one behind the other, if both parts take them', async () => {
    const [one, two] = [part(1, 3, 2), part(2, 1, 4)]
    expect('fromPrivateKey' in hybridGroup(code, one, two)).toBe(false)
    const given: number[][] = []
    const taking = (of: Part): HybridPart => ({
      ...of,
      group: {
        ...of.group,
        fromPrivateKey: (key) => {
          given.push([...key])
          return of.group.offer()
        },
      },
    })
    expect('fromPrivateKey' in hybridGroup(code, taking(one), two)).toBe(false)
    const { fromPrivateKey } = hybridGroup(code, taking(one), taking(two))
    expect((await fromPrivateKey?.(Uint8Array.of(5, 6, 7, 8)))?.share).toEqual(Uint8Array.of(1, 1, 1, 2))
    expect(given).toEqual([[5, 6, 7], [8]])
    for (const length of [0, 3, 5])
      expect(() => fromPrivateKey?.(new Uint8Array(length))).toThrow(
        expect.objectContaining({ code: 'ERR_CRYPTO_INVALID_KEY' }),
      )
  })

  test.each([
    ['approved', 'approved', 'approved'],
    ['approved', 'unknown', 'unknown'],
    ['unknown', 'unknown', 'unknown'],
    ['approved', 'not-approved', 'not-approved'],
    ['not-approved', 'unknown', 'not-approved'],
  ] as const)('of %s and %s parts is %s', (one, two, both) => {
    expect(hybridGroup(code, part(1, 1, 1, one), part(2, 1, 1, two)).approval).toBe(both)
  })
})

function synchronous({ group }: Part): Part['group'] {
  return {
    ...group,
    offer: () => ({
      share: new Uint8Array(1),
      complete: () => plainSecret(new Uint8Array(2)),
      destroy: () => undefined,
    }),
  }
}
