import { concat } from '@mortise/wire'
import { describe, expect, it } from 'vitest'
import { clear } from './fixtures/peer.ts'
import { createFraming } from './framing.ts'

const small = clear(22, Uint8Array.of(1, 2, 3))
const other = clear(23, Uint8Array.of(4, 5))

describe('framing', () => {
  it('hands out records that lie whole in a chunk as views of it', () => {
    const framing = createFraming()
    const chunk = concat(small, other)
    framing.append(chunk)
    expect(framing.header()).toEqual({ type: 22, version: 0x0303, length: 3 })
    const record = framing.take(false)
    expect(record).toEqual(small)
    expect(record?.buffer).toBe(chunk.buffer)
    expect(framing.header()?.type).toBe(23)
    expect(framing.take(false)).toEqual(other)
    expect(framing.header()).toBeUndefined()
    expect(framing.buffered()).toBe(0)
  })

  it('copies only a record that straddles chunks, and lets go of the chunk', () => {
    const framing = createFraming()
    const chunk = concat(small, other.subarray(0, 6))
    framing.append(chunk)
    framing.header()
    framing.take(false)
    expect(framing.header()?.length).toBe(2)
    expect(framing.take(false)).toBeUndefined()
    expect(framing.buffered()).toBe(6)
    chunk.fill(0)
    framing.append(other.subarray(6))
    expect(framing.header()?.length).toBe(2)
    expect(framing.take(false)).toEqual(other)
  })

  it('uses the buffer of a straddling record again, unless that is to be kept', () => {
    const framing = createFraming()
    function straddle(record: Uint8Array, keep: boolean): Uint8Array | undefined {
      framing.append(record.subarray(0, 6))
      framing.append(record.subarray(6))
      framing.header()
      return framing.take(keep)
    }
    const first = straddle(small, false)
    const second = straddle(small, true)
    const third = straddle(small, false)
    expect(second?.buffer).toBe(first?.buffer)
    expect(third?.buffer).not.toBe(second?.buffer)
    expect(second).toEqual(small)
  })

  it('waits for a header that comes byte by byte, and ignores empty chunks', () => {
    const framing = createFraming()
    for (const byte of small.subarray(0, 4)) {
      framing.append(Uint8Array.of(byte))
      framing.append(new Uint8Array(0))
      expect(framing.header()).toBeUndefined()
    }
    expect(framing.buffered()).toBe(4)
    framing.append(small.subarray(4))
    expect(framing.header()?.length).toBe(3)
    expect(framing.take(false)).toEqual(small)
    expect(framing.buffered()).toBe(0)
  })

  it('takes records back, first one first', () => {
    const framing = createFraming()
    framing.append(concat(small, other, small))
    const taken = [0, 1].map(() => {
      framing.header()
      return framing.take(true) ?? new Uint8Array(0)
    })
    framing.putBack(taken)
    expect(framing.buffered()).toBe(2 * small.length + other.length)
    for (const record of [small, other, small]) {
      expect(framing.header()?.length).toBe(record.length - 5)
      expect(framing.take(false)).toEqual(record)
    }
    framing.append(small)
    framing.clear()
    expect([framing.header(), framing.buffered()]).toEqual([undefined, 0])
  })
})
