/** The roots that this Node trusts. */
import * as nodeTls from 'node:tls'
import { certificatesFromPem, parseCertificate } from '@mortise/tls'

let cached: readonly Uint8Array[] | undefined

/**
 * DER certificates, each once: those of the operating system and NODE_EXTRA_CA_CERTS where Node can tell (22.15 and later),
 * otherwise the ones that Node has with it. What is in a system's store and no certificate by the rules of DER is left out,
 * rather than have it stand in the way of all others. Read once.
 */
export function systemRoots(): readonly Uint8Array[] {
  return (cached ??= readRoots())
}

function readRoots(): readonly Uint8Array[] {
  const { getCACertificates } = nodeTls as { getCACertificates?: (type: string) => readonly string[] }
  const pems = getCACertificates
    ? ['default', 'system', 'extra'].flatMap((type) => [...getCACertificates(type)])
    : nodeTls.rootCertificates
  const roots = new Map(
    pems
      .flatMap((pem) => [...certificatesFromPem(pem)])
      .map((der) => [Buffer.from(der).toString('base64'), der]),
  )
  return [...roots.values()].filter(isReadable)
}

function isReadable(der: Uint8Array): boolean {
  try {
    return parseCertificate(der).version > 0
  } catch {
    return false
  }
}
