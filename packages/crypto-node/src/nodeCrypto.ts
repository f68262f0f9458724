import { getCiphers, randomFillSync } from 'node:crypto'
import type { AeadName, SigningProvider } from '@mortise/crypto'
import { nodeAead } from './aead.ts'
import { nodeApproval } from './approval.ts'
import { nodeGroups } from './groups.ts'
import { nodeHash } from './hash.ts'
import { nodePrivateKey } from './privateKey.ts'
import { nodeSignatures } from './signatures.ts'

const aeadNames: readonly AeadName[] = [
  'aes-128-gcm',
  'aes-256-gcm',
  'chacha20-poly1305',
  'aes-128-ccm',
  'aes-128-ccm-8',
]

/**
 * A provider on node:crypto, synchronous throughout. It has what this runtime's OpenSSL has: ML-KEM is there
 * from OpenSSL 3.5 on. In FIPS mode (`crypto.getFips()`) it says of each algorithm whether it is approved.
 */
export function nodeCrypto(): SigningProvider {
  const approval = nodeApproval()
  const ciphers = new Set(getCiphers())
  return {
    name: 'node',
    random: (length) => randomFillSync(new Uint8Array(length)),
    hashes: (['sha256', 'sha384', 'sha512'] as const).map((name) => nodeHash(name, approval)),
    aeads: aeadNames
      .filter((name) => ciphers.has(name === 'aes-128-ccm-8' ? 'aes-128-ccm' : name))
      .map((name) => nodeAead(name, approval)),
    groups: nodeGroups(approval),
    signatures: nodeSignatures(approval),
    importPrivateKey: nodePrivateKey,
  }
}
