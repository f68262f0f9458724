import type { CryptoProvider, HashName } from '@mortise/crypto'
import { Refusal } from './verdict.ts'

/** @throws Refusal `ERR_X509_PROVIDER`, also if the provider has no such hash */
export async function digest(
  provider: CryptoProvider,
  name: HashName,
  data: Uint8Array,
): Promise<Uint8Array> {
  const hash = provider.hashes.find((candidate) => candidate.name === name)
  if (!hash) throw new Refusal('ERR_X509_PROVIDER', { expected: `a provider with ${name}` })
  try {
    return await hash.digest(data)
  } catch (cause) {
    throw new Refusal('ERR_X509_PROVIDER', { cause })
  }
}
