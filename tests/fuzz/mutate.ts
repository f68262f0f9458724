/** Random changes of bytes, the same for the same seed. */
import { concat } from '@mortise/wire'
import type { SeededRandom } from '@mortise/testing'

/** A change, and what it is, for the message of a test that fails. */
export interface Mutation {
  readonly what: string
  readonly bytes: Uint8Array
}

const interesting: readonly number[] = [0, 1, 2, 0x0a, 0x1a, 0x20, 0x7f, 0x80, 0xfe, 0xff]

/** One random change that leaves other bytes than those that were there. */
export function mutate(bytes: Uint8Array, random: SeededRandom): Mutation {
  for (;;) {
    const mutation = draw(bytes, random)
    if (!same(mutation.bytes, bytes)) return mutation
  }
}

function draw(bytes: Uint8Array, random: SeededRandom): Mutation {
  const at = random.integer(bytes.length + 1)
  const length = 1 + random.integer(8)
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)]
  switch (random.integer(7)) {
    case 0:
      return { what: `bit flipped at ${at}`, bytes: set(bytes, at, (old) => old ^ (1 << random.integer(8))) }
    case 1:
      return {
        what: `byte set at ${at}`,
        bytes: set(bytes, at, () => interesting[random.integer(interesting.length)] ?? 0),
      }
    case 2:
      return { what: `${length} bytes put in at ${at}`, bytes: concat(before, random(length), after) }
    case 3:
      return { what: `${length} bytes left out at ${at}`, bytes: concat(before, after.subarray(length)) }
    case 4:
      return { what: `cut off at ${at}`, bytes: before.slice() }
    case 5:
      return {
        what: `${length} bytes twice at ${at}`,
        bytes: concat(before, after.subarray(0, length), after),
      }
    default:
      return {
        what: `number moved by one at ${at}`,
        bytes: set(bytes, at, (old) => old + (random.integer(2) ? 1 : -1)),
      }
  }
}

function set(bytes: Uint8Array, at: number, change: (old: number) => number): Uint8Array {
  const copy = bytes.slice()
  if (at < copy.length) copy[at] = change(copy[at] ?? 0)
  return copy
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}

/** Cut into random pieces of 1 to `max` bytes. */
export function pieces(bytes: Uint8Array, max: number, random: SeededRandom): readonly Uint8Array[] {
  const cut: Uint8Array[] = []
  for (let at = 0; at < bytes.length;) {
    const end = at + 1 + random.integer(max)
    cut.push(bytes.subarray(at, end))
    at = end
  }
  return cut
}
