import { expect, test } from 'vitest'
import { allocate, free, giveBack } from './memory.ts'

test('a buffer that was given back is used again, as long as asked for', () => {
  const first = allocate(10_000)
  expect(first.length).toBe(10_000)
  const { buffer } = first
  giveBack(first)
  const second = allocate(65_000)
  expect(second.length).toBe(65_000)
  expect(second.buffer).toBe(buffer)
  expect(allocate(65_000).buffer).not.toBe(buffer) // it is in use
})

test('what is small or large is made for itself, and never taken back', () => {
  for (const length of [1, 100, 4095, 70_000, 1_000_000]) {
    const bytes = allocate(length)
    expect(bytes.length).toBe(length)
    expect(bytes.buffer.byteLength).toBe(length)
    giveBack(bytes)
    expect(allocate(length).buffer).not.toBe(bytes.buffer)
  }
  const foreign = new Uint8Array(65_624)
  giveBack(foreign)
  expect(allocate(65_624).buffer).not.toBe(foreign.buffer)
})

test('not everything is kept', () => {
  const many = Array.from({ length: 40 }, () => allocate(65_000))
  for (const bytes of many) giveBack(bytes)
  const again = new Set(Array.from({ length: 40 }, () => allocate(65_000).buffer))
  expect(many.filter(({ buffer }) => again.has(buffer)).length).toBe(32)
})

test('only memory of its own is freed: a view stays as it is', () => {
  const whole = new Uint8Array(8192).fill(1)
  const view = whole.subarray(0, 5000)
  free(view)
  expect(view[4999]).toBe(1)
  free(whole)
  expect(whole.length).toBe('transfer' in ArrayBuffer.prototype ? 0 : 8192)
  const small = new Uint8Array(100).fill(1)
  free(small)
  expect(small[99]).toBe(1)
})
