/** `node:tls` of the pinned Node, in a process of its own that is told what to do line by line. */
import { fileURLToPath } from 'node:url'
import { start, type Child } from '../../support/children.ts'
import type { GroupName, MatrixCase } from '../matrix.ts'
import { pinnedNode } from '../programs.ts'
import { groups as opensslGroups } from './openssl.ts'

export const groups: Readonly<Record<GroupName, string>> = {
  ...opensslGroups,
  X25519MLKEM768: 'X25519MLKEM768',
  SecP256r1MLKEM768: 'SecP256r1MLKEM768',
} as Readonly<Record<GroupName, string>>

/** `ciphers`: 64 bits of authentication are too few for what is usual. */
export const ciphersOf = (suite: string): string => `${suite}:ALL:@SECLEVEL=0`

export interface NodeTls {
  /** Gives it a job. @returns its result @throws Error as it was there */
  readonly ask: (job: Readonly<Record<string, unknown>>) => Promise<Record<string, unknown>>
  readonly kill: () => void
}

export function nodeTls(): NodeTls {
  const script = fileURLToPath(new URL('nodeTls.peer.mjs', import.meta.url))
  const child: Child = start(pinnedNode.path(), [script])
  let number = 0
  return {
    ask: async (job) => {
      number += 1
      const id = number
      child.write(`${JSON.stringify({ ...job, id })}\n`)
      const [line] = await child.saying(new RegExp(`^\\{"id":${id},.*\\}$`, 'm'))
      const { error, ...result } = JSON.parse(line) as Record<string, unknown>
      if (typeof error === 'string') throw new Error(error)
      return result
    },
    kill: () => child.kill(),
  }
}

/** A client's suite and groups; for a retry the first, of which it sends a share, is another one. */
export function negotiation({ suite, group, retry }: MatrixCase): Readonly<Record<string, string>> {
  const other = group === 'secp256r1' ? 'X25519' : 'P-256'
  return {
    ciphers: ciphersOf(suite),
    ecdhCurve: retry ? `${other}:${groups[group]}` : groups[group],
  }
}
