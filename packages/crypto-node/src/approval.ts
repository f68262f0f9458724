/** Whether node:crypto runs in FIPS mode decides what is approved. */
import { getFips } from 'node:crypto'
import type { ApprovalStatus } from '@mortise/crypto'

/** The status of an algorithm, by whether FIPS 140 allows it. */
export type Approval = (allowed: boolean) => ApprovalStatus

/** Outside FIPS mode nothing is known of the module, so nothing is claimed. */
export function nodeApproval(): Approval {
  const fips = getFips() === 1
  return (allowed) => (fips ? (allowed ? 'approved' : 'not-approved') : 'unknown')
}
