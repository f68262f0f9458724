/** Which of our certificates to use: by server_name, and by what the peer can verify (RFC 9846 §4.5.1.2, §4.3.3). */
import type { Credential } from './credential.ts'
import { isHandshakeScheme } from './signatureSchemes.ts'

export interface ChosenCredential {
  readonly credential: Credential
  /** SignatureScheme for CertificateVerify. */
  readonly scheme: number
}

/**
 * The first credential whose names fit and whose key can sign with one of `schemes`; failing that, the first whose
 * key can, so that a client with another name gets a certificate to refuse and not a puzzle.
 */
export function chooseCredential(
  credentials: readonly Credential[],
  serverName: string | undefined,
  schemes: readonly number[],
): ChosenCredential | undefined {
  const usable = credentials.flatMap((credential) => {
    const scheme = credential.key.schemes.find((own) => isHandshakeScheme(own) && schemes.includes(own))
    return scheme === undefined ? [] : [{ credential, scheme }]
  })
  if (serverName === undefined) return usable[0]
  return (
    usable.find(({ credential }) => credential.names?.some((name) => matchesName(name, serverName))) ??
    usable.find(({ credential }) => credential.names === undefined) ??
    usable[0]
  )
}

/** `*.example.org` stands for one label, as in RFC 9525 §6.3. */
function matchesName(pattern: string, name: string): boolean {
  const [wanted, actual] = [pattern, name].map((text) => text.toLowerCase().replace(/\.$/, '')) as [
    string,
    string,
  ]
  if (!wanted.startsWith('*.')) return wanted === actual
  const dot = actual.indexOf('.')
  return dot > 0 && actual.slice(dot) === wanted.slice(1)
}
