/** What holds of every struct and every extension's body, whatever its values (RFC 9846 §3, §6). */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concat, hex } from './bytes.ts'
import { annotate } from './codec/annotate.ts'
import type { Codec } from './codec/codec.ts'
import { decode } from './codec/decode.ts'
import { encode } from './codec/encode.ts'
import { TlsError } from './errors/TlsError.ts'
import { gaps } from './fixtures/gaps.ts'
import { samples } from './fixtures/samples.ts'
import { AlertDescription } from './registry/alertDescription.ts'

/** The error that `bytes` give; `undefined` if they are read. An error of another kind is no answer to a peer's bytes. */
function refusal(codec: Codec<unknown>, bytes: Uint8Array): TlsError | undefined {
  try {
    decode(codec, bytes)
    return undefined
  } catch (error) {
    if (error instanceof TlsError) return error
    throw error
  }
}

/** Whether it is a decode_error that names a place inside the struct. */
function isDecodeError(codec: Codec<unknown>, error: TlsError | undefined): boolean {
  return (
    error?.code === 'ERR_TLS_DECODE' &&
    error.alert === AlertDescription.decode_error &&
    error.blame === 'peer' &&
    new RegExp(`^${codec.name}(\\.[a-zA-Z]+|\\[\\d+\\])*: `).test(error.detail ?? '')
  )
}

describe.each(samples)('$name', ({ codec, values }) => {
  test('decoding undoes encoding', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(decode(codec, encode(codec, value))).toEqual(value)
      }),
    )
  })

  test('arbitrary bytes give a decode_error, or a value that has no other encoding', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const error = refusal(codec, bytes)
        const ok = error
          ? isDecodeError(codec, error)
          : hex(encode(codec, decode(codec, bytes))) === hex(bytes)
        expect(ok).toBe(true)
      }),
    )
  })

  test('an encoding with one byte changed gives a value or a decode_error', () => {
    fc.assert(
      fc.property(values, fc.nat(), fc.integer({ min: 1, max: 255 }), (value, position, difference) => {
        const bytes = encode(codec, value)
        const at = position % Math.max(1, bytes.length)
        const changed = bytes.map((byte, i) => (i === at ? byte ^ difference : byte))
        const error = refusal(codec, changed)
        expect(error === undefined || isDecodeError(codec, error)).toBe(true)
      }),
    )
  })

  test('the annotated view covers each byte once, in order', () => {
    fc.assert(
      fc.property(values, (value) => {
        const bytes = encode(codec, value)
        expect(gaps(annotate(codec, bytes), bytes.length)).toEqual([])
      }),
    )
  })

  test('the annotated view refuses what decoding refuses, with the same words', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const error = refusal(codec, bytes)
        const view = (): readonly string[] => gaps(annotate(codec, bytes), bytes.length)
        const words = error ? thrownBy(view) : view().join('\n')
        expect(words).toBe(error?.message ?? '')
      }),
    )
  })
})

describe.each(samples.filter(({ openEnded }) => !openEnded))('$name', ({ codec, values, optionalEnd }) => {
  test('RFC 9846 §6: any truncation is a decode_error that names the place', () => {
    fc.assert(
      fc.property(values, (value) => {
        const bytes = encode(codec, value)
        const legal = bytes.length - (optionalEnd?.(value) ?? 0)
        for (let length = 0; length < bytes.length; length++) {
          const error = refusal(codec, bytes.subarray(0, length))
          expect(isDecodeError(codec, error), `${length} of ${bytes.length} bytes`).toBe(length !== legal)
        }
      }),
      { numRuns: 30 },
    )
  })

  test('RFC 9846 §6: any bytes behind the last field are a decode_error', () => {
    fc.assert(
      fc.property(values, fc.uint8Array({ minLength: 1, maxLength: 5 }), (value, extra) => {
        const error = refusal(codec, concat(encode(codec, value), extra))
        expect(isDecodeError(codec, error)).toBe(true)
      }),
    )
  })
})

function thrownBy(run: () => unknown): string {
  try {
    run()
    return 'nothing thrown'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
