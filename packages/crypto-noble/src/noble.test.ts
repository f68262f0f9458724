import { expect, test } from 'vitest'
import { noble } from './noble.ts'

test('random gives as many bytes as asked for, more than getRandomValues does at once', () => {
  const { random } = noble()
  for (const length of [0, 1, 32, 65_536, 65_537, 200_000]) expect(random(length).length).toBe(length)
  const many = random(200_000)
  for (const at of [0, 65_500, 131_050, 199_900])
    expect(many.subarray(at, at + 100).some((byte) => byte !== 0)).toBe(true)
})

test('everything can be made of bytes that the caller gives', async () => {
  const asked: number[] = []
  const random = (length: number): Uint8Array => {
    asked.push(length)
    return new Uint8Array(length).fill(7)
  }
  const provider = noble({ random })
  expect(provider.random(5)).toEqual(new Uint8Array(5).fill(7))
  const group = provider.groups.find(({ name }) => name === 'x25519')
  expect((await group?.offer())?.share).toEqual((await group?.offer())?.share)
  expect(asked).toEqual([5, 32, 32])
})
