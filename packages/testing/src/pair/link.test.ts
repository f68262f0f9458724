import { expect, it } from 'vitest'
import { link } from './link.ts'

it('delivers in order, one piece after the other, until both ends are silent', async () => {
  const heard: string[] = []
  const joined = link(() => ({
    left: {
      receive: (bytes) => {
        heard.push(`left ${bytes.join()}`)
        if (bytes[0] === 1) joined.toRight(Uint8Array.of(3))
      },
    },
    right: {
      receive: async (bytes) => {
        await Promise.resolve()
        heard.push(`right ${bytes.join()}`)
        if (bytes[0] === 2) joined.toLeft(Uint8Array.of(4))
      },
    },
  }))
  joined.toLeft(Uint8Array.of(1))
  joined.toRight(Uint8Array.of(2))
  joined.toRight(Uint8Array.of(5, 6))
  expect(heard).toEqual([])
  await joined.settle()
  expect(heard).toEqual(['left 1', 'right 2', 'right 5,6', 'right 3', 'left 4'])
})

it('asks for its ends when the first bytes arrive', async () => {
  let asked = false
  const end = { receive: () => {} }
  const joined = link(() => {
    asked = true
    return { left: end, right: end }
  })
  await joined.settle()
  expect(asked).toBe(false)
  joined.toLeft(Uint8Array.of(1))
  await joined.settle()
  expect(asked).toBe(true)
})
