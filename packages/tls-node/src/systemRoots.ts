/** The roots that this Node trusts. */
import * as nodeTls from 'node:tls'
import { certificatesFromPem } from '@mortise/tls'

let cached: readonly Uint8Array[] | undefined

/**
 * DER certificates: those of the operating system and NODE_EXTRA_CA_CERTS where Node can tell (22.15 and later),
 * otherwise the ones that Node has with it. Read once.
 */
export function systemRoots(): readonly Uint8Array[] {
  return (cached ??= readRoots())
}

function readRoots(): readonly Uint8Array[] {
  const { getCACertificates } = nodeTls as { getCACertificates?: (type: string) => readonly string[] }
  const pems = getCACertificates
    ? [...new Set(['default', 'system', 'extra'].flatMap((type) => [...getCACertificates(type)]))]
    : nodeTls.rootCertificates
  return pems.flatMap((pem) => [...certificatesFromPem(pem)])
}
