/**
 * PSK binders: MACs over the ClientHello up to themselves (RFC 9846 §4.3.11.2). The list of binders ends the last
 * extension, and so it ends the message.
 */
import * as faults from '../errors/faults.ts'
import { inWords } from '#texts'
import { TlsError } from '../errors/TlsError.ts'

/** Bytes that a list of binders takes, its own length included. */
export function bindersLength(binders: readonly Uint8Array[]): number {
  let length = 2
  for (const binder of binders) length += 1 + binder.length
  return length
}

/**
 * What binders are computed over: a ClientHello without its list of binders. A view.
 * @param message a whole ClientHello, header included, that ends with pre_shared_key
 * @param binders those in the message
 */
export function truncateClientHello(message: Uint8Array, binders: readonly Uint8Array[]): Uint8Array {
  return message.subarray(0, message.length - bindersLength(binders))
}

/**
 * Puts binders into an encoded ClientHello, in place of others of the same lengths.
 * @param message a whole ClientHello, header included, that ends with pre_shared_key; changed in place
 * @throws TlsError `ERR_TLS_INTERNAL` if the lengths differ
 */
export function fillBinders(message: Uint8Array, binders: readonly Uint8Array[]): void {
  const length = bindersLength(binders)
  let offset = message.length - length
  const announced = ((message[offset] ?? 0) << 8) | (message[offset + 1] ?? 0)
  if (announced !== length - 2) throw mismatch()
  offset += 2
  for (const binder of binders) {
    if (message[offset] !== binder.length) throw mismatch()
    message.set(binder, offset + 1)
    offset += 1 + binder.length
  }
}

function mismatch(): TlsError {
  return new TlsError(faults.ERR_TLS_INTERNAL, {
    detail: inWords && 'binders do not have the lengths of those in the ClientHello',
  })
}
