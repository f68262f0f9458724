/** Exporters (RFC 9846 §7.5). */
import { deriveSecret, expandLabelToBytes, type Hash, type Secret } from '@mortise/crypto'

const empty = new Uint8Array(0)

export async function exportKeyingMaterial(
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
