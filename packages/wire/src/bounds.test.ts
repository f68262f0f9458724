/** The bounds of every vector, from both sides; what stands in negative-case lists by the section it comes from. */
import { describe, expect, test } from 'vitest'
import { concat, fromHex } from './bytes.ts'
import type { Codec } from './codec/codec.ts'
import { decode } from './codec/decode.ts'
import { encode } from './codec/encode.ts'
import { TlsError } from './errors/TlsError.ts'
