/** Exporters (RFC 9846 §7.5). */
import { deriveSecret, expandLabelToBytes, type Hash, type Secret } from '@mortise/crypto'
import { TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'

const empty = new Uint8Array(0)

/** @throws TlsError `ERR_TLS_CONFIG` for a label or a length that HKDF can't have, `ERR_TLS_INTERNAL` if the provider fails */
export async function exportKeyingMaterial(...asked: Parameters<typeof derive>): Promise<Uint8Array> {
  try {
    return await derive(...asked)
  } catch (cause) {
    if (cause instanceof RangeError)
      throw new TlsError(faults.ERR_TLS_CONFIG, { detail: cause.message, cause })
    throw new TlsError(faults.ERR_TLS_INTERNAL, { cause })
  }
}

async function derive(
  hash: Hash,
  exporterSecret: Secret,
  label: string,
  context: Uint8Array,
  length: number,
): Promise<Uint8Array> {
  const secret = await deriveSecret(hash, exporterSecret, label, await hash.digest(empty))
  const bytes = await expandLabelToBytes(hash, secret, 'exporter', await hash.digest(context), length)
  secret.destroy()
  return bytes
}
