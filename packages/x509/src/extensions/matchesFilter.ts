/** Whether a certificate has what somebody asks for by extension, as TLS servers do (RFC 9846 §4.3.5). */
import type { Certificate } from '../certificate.ts'
import { DerReader } from '../der.ts'
import { isX509Error, parsing } from '../X509Error.ts'
import { decodeExtension, readExtension, type ExtensionDefinition } from './definition.ts'
import { extendedKeyUsage } from './extendedKeyUsage.ts'
import { keyUsage } from './keyUsage.ts'

/** Extensions that have a rule: all that is asked for must be there. */
const sets: readonly ExtensionDefinition<ReadonlySet<string>>[] = [keyUsage, extendedKeyUsage]

/**
 * @param oid DER of the extension's object identifier
 * @param values DER of the value that is asked for; none: the extension itself will do
 * @returns `true` too for extensions without a rule, which are to be ignored; `false` for what does not parse
 */
export function matchesFilter(certificate: Certificate, oid: Uint8Array, values: Uint8Array): boolean {
  try {
    const type = parsing('object identifier', () => new DerReader(oid).oid())
    const definition = sets.find((item) => item.type === type)
    if (!definition) return true
    const present = readExtension(certificate, definition)
    if (!present || values.length === 0) return present !== undefined
    const wanted = decodeExtension({ type, critical: false, value: values }, definition)
    return [...wanted].every((item) => present.has(item))
  } catch (error) {
    if (isX509Error(error)) return false
    throw error
  }
}
