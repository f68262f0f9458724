/** BoringSSL goes through its credentials in its own order and takes the first that the peer can do with. */
import type { ClientHelloInfo, Credential, CredentialRequest, ServerOptions } from '@mortise/handshake'
import { CertificateType, decode, DelegatedCredential, equalBytes, faults, TlsError } from '@mortise/wire'
import { parseCertificate } from '@mortise/x509'
import type { Credentials, Identity, SharedKeys } from './credentials.ts'

/** What a peer takes, in either role. */
interface Wish {
  readonly certificateTypes: readonly number[]
  readonly signatureSchemes: readonly number[]
  readonly delegatedCredentialSchemes: readonly number[]
  readonly certificateAuthorities: readonly Uint8Array[]
}

/** For a server: one credential alone where one fits, else all there are, so that the handshake says what is wrong. */
export function serverCredentials(
  { inOrder, identities, preSharedKeys }: Credentials,
  hello: ClientHelloInfo,
): Pick<ServerOptions, 'credentials' | 'findPreSharedKey'> {
  const wish = { ...hello, certificateTypes: hello.serverCertificateTypes ?? [CertificateType.X509] }
  const first = inOrder.find((one) => (one.kind === 'identity' ? fits(one, wish) : isOffered(one, hello)))
  const keys = first?.kind === 'preSharedKey' ? first.keys : first ? [] : preSharedKeys
  return {
    credentials:
      first?.kind === 'identity'
        ? [first.credential]
        : identities.filter((one) => issuerFits(one, wish)).map(({ credential }) => credential),
    findPreSharedKey: (identity) => keys.find((key) => equalBytes(key.identity, identity)),
  }
}

/** For a client, which fails rather than send an empty Certificate when it has one that doesn't fit. */
export function credentialsFor(
  { identities }: Credentials,
  request: CredentialRequest,
): readonly Credential[] {
  if (identities.length === 0) return []
  const wish = {
    ...request,
    certificateTypes: [request.certificateType],
    delegatedCredentialSchemes: [],
  }
  const fitting = identities.filter((one) => fits(one, wish))
  if (fitting.length === 0) throw new TlsError(faults.ERR_TLS_NO_USABLE_CREDENTIAL)
  return fitting.map(({ credential }) => credential)
}

/** CertificateType code points of what is configured. */
export function typesOf({ identities }: Credentials): readonly number[] {
  return [...new Set(identities.map(({ credential }) => credential.certificateType ?? CertificateType.X509))]
}

function isOffered({ keys }: SharedKeys, { preSharedKeys }: ClientHelloInfo): boolean {
  return keys.some((key) =>
    preSharedKeys?.identities.some(({ identity }) => equalBytes(key.identity, identity)),
  )
}

function fits(identity: Identity, wish: Wish): boolean {
  const { certificateType = CertificateType.X509, key, delegated } = identity.credential
  if (!wish.certificateTypes.includes(certificateType) || !issuerFits(identity, wish)) return false
  if (!delegated) return key.schemes.some((scheme) => wish.signatureSchemes.includes(scheme))
  const { cred, algorithm } = decode(DelegatedCredential, delegated.credential)
  return (
    wish.signatureSchemes.includes(algorithm) &&
    wish.delegatedCredentialSchemes.includes(cred.dcCertVerifyAlgorithm)
  )
}

function issuerFits(
  { credential: { certificates }, mustMatchIssuer }: Identity,
  { certificateAuthorities: names }: Pick<Wish, 'certificateAuthorities'>,
): boolean {
  return (
    !mustMatchIssuer ||
    certificates.some((der) => names.some((name) => equalBytes(parseCertificate(der).issuer.der, name)))
  )
}
