import { concat } from '@mortise/wire'
import { describe, expect, it } from 'vitest'
import { failureOf, message } from './fixtures/peer.ts'
import { createHandshakeMessages } from './handshakeMessages.ts'

function messages() {
  return createHandshakeMessages(() => 1 << 20)
}

describe('handshake messages', () => {
  it('gives the messages of one record one at a time (RFC 9846 §5.1)', () => {
    const all = messages()
    all.push(concat(message(1, 10), message(2, 0), message(3, 300)))
    expect(all.next()).toEqual(message(1, 10))
    expect(all.leftOver()).toBe(true)
    expect(all.next()).toEqual(message(2, 0))
    expect(all.next()).toEqual(message(3, 300))
    expect([all.leftOver(), all.next()]).toEqual([false, undefined])
  })

  it('puts a message together from records of one byte each (RFC 9846 §5.1)', () => {
    const all = messages()
    const bytes = concat(message(1, 2000), message(2, 0))
    const found: Uint8Array[] = []
    for (const byte of bytes) {
      all.push(Uint8Array.of(byte))
      for (let next = all.next(); next; next = all.next()) found.push(next)
    }
    expect(found).toEqual([message(1, 2000), message(2, 0)])
    expect(all.leftOver()).toBe(false)
  })

  it('copies, so that the record may be overwritten', () => {
    const all = messages()
    const record = concat(message(1, 4), message(2, 4).subarray(0, 3))
    all.push(record)
    const first = all.next()
    expect(all.next()).toBeUndefined()
    record.fill(0)
    all.push(message(2, 4).subarray(3))
    expect([first, all.next()]).toEqual([message(1, 4), message(2, 4)])
  })

  it('copies from a Buffer too, whose slices share its memory', () => {
    class Sharing extends Uint8Array<ArrayBuffer> {
      override slice(start?: number, end?: number): Sharing {
        return new Sharing(this.buffer, this.byteOffset + (start ?? 0), (end ?? this.length) - (start ?? 0))
      }
    }
    const record = new Sharing(message(1, 4).slice().buffer)
    const all = messages()
    all.push(record)
    const first = all.next()
    record.fill(0)
    expect(first).toEqual(message(1, 4))
  })

  it('refuses a message by its header alone, whole or split', async () => {
    const limits = createHandshakeMessages((type) => (type === 11 ? 100 : 10))
    limits.push(concat(message(11, 100), message(1, 10)))
    expect(limits.next()?.length).toBe(104)
    expect(limits.next()?.length).toBe(14)
    limits.push(message(1, 11).subarray(0, 4))
    const error = await failureOf(() => limits.next())
    expect([error.code, error.alert]).toEqual(['ERR_TLS_MESSAGE_TOO_LONG', 47])
    const split = createHandshakeMessages(() => 10)
    split.push(Uint8Array.of(1, 255, 255))
    expect(split.next()).toBeUndefined()
    split.push(Uint8Array.of(255))
    expect((await failureOf(() => split.next())).code).toBe('ERR_TLS_MESSAGE_TOO_LONG')
  })
})
