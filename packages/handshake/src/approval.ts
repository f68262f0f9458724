/** The approval status of a connection, of what it really used. */
import type { ApprovalStatus, CipherSuite, CryptoProvider } from '@mortise/crypto'

/** `approved` only if all is; `not-approved` as soon as one part is not. */
export function overallApproval(
  provider: CryptoProvider,
  suite: CipherSuite,
  group: number | undefined,
  schemes: readonly (number | undefined)[],
): ApprovalStatus {
  const used: (ApprovalStatus | undefined)[] = [suite.aead.approval, suite.hash.approval]
  if (group !== undefined) used.push(provider.groups.find((item) => item.group === group)?.approval)
  for (const scheme of schemes)
    if (scheme !== undefined) used.push(provider.signatures.find((item) => item.scheme === scheme)?.approval)
  if (used.includes('not-approved')) return 'not-approved'
  return used.every((status) => status === 'approved') ? 'approved' : 'unknown'
}
