/** Peers of either role whose delegated credential is wrong (RFC 9345 §4.1.3). */
import { signDelegatedCredential, type Credential, type DelegationRequest } from '@mortise/handshake'
import { editFields, type CertificateExtension, type Edit } from '@mortise/testing'
import { delegatedCredentials, type ServerOptions } from '@mortise/tls'
import {
  CertificateVerify,
  ExtensionType as X,
  HandshakeType as H,
  SignatureScheme as S,
} from '@mortise/wire'
import { rejects, type Case } from '../cases.ts'
import { malformed, wrongScheme, type Refusal } from '../refusals.ts'
import { issue, type Wrong } from '../scenario.ts'
import { entryExtensions, flipLast, put } from '../scripts.ts'

/** Options of both ends: the schemes of delegated keys that we take, and what the peer shows. */
type Delegate<T extends Wrong> = (
  ours: Required<Pick<ServerOptions, 'delegatedCredentials'>>,
  credential: Credential,
) => T

const bad: Refusal = ['illegal_parameter', 'ERR_TLS_BAD_DELEGATED_CREDENTIAL']
const day = 86_400
/** What a certificate must have whose key vouches for others (RFC 9345 §4.2). */
const usage: CertificateExtension = { type: '1.3.6.1.4.1.44363.44', value: Uint8Array.of(5, 0) }

interface Fault {
  readonly what: string
  readonly refusal?: Refusal
  readonly request?: Partial<DelegationRequest>
  readonly extensions?: readonly CertificateExtension[]
  readonly edit?: Edit
}

/** Changes the delegated credential, whose signature is its end. */
const inCredential = (change: (bytes: Uint8Array) => Uint8Array): Edit =>
  entryExtensions((list) =>
    list.map((item) =>
      item.extensionType === X.delegated_credential
        ? { ...item, extensionData: change(item.extensionData) }
        : item,
    ),
  )

/** @param other the role that is not the peer's */
const faults = (other: 'client' | 'server'): readonly Fault[] => [
  // Certificates of these tests are an hour old
  { what: 'that has expired', request: { validTime: 3599 } },
  { what: 'that is good for more than seven days', request: { validTime: 3601 + 7 * day } },
  { what: 'that outlives its certificate', request: { validTime: 2 * day } },
  { what: 'for the other role', request: { role: other } },
  { what: 'of another certificate', request: { certificate: Uint8Array.of(1) } },
  { what: 'of a certificate that may not delegate', extensions: [] },
  { what: 'with a signature that does not verify', edit: inCredential(flipLast) },
  {
    what: 'without a signature',
    refusal: malformed,
    edit: entryExtensions(put(X.delegated_credential, 0, 0, 0, 9, 8, 7, 0, 0, 1, 7, 4, 3, 0, 0)),
  },
  {
    what: 'whose key signs by another scheme',
    refusal: wrongScheme,
    edit: editFields(H.certificate_verify, CertificateVerify, (body) => ({
      ...body,
      algorithm: S.ecdsa_secp256r1_sha256,
    })),
  },
]

/** @param role the peer's */
export function delegatedCredential<T extends Wrong>(
  delegate: Delegate<T>,
  role: 'client' | 'server',
  names: readonly string[],
): readonly Case<T>[] {
  return faults(role === 'client' ? 'server' : 'client').map(
    ({ what, refusal = bad, request, extensions = [usage], edit }) =>
      rejects<T>('CT-29', 'RFC 9345 4.1.3', `a delegated credential ${what}`, ...refusal, async () => {
        const owner = await issue(names, 'p256', { extensions })
        const { key } = await issue(names, 'ed25519')
        const credential = await signDelegatedCredential({
          certificate: owner.certificates[0] ?? new Uint8Array(0),
          key: owner.key,
          publicKey: key.publicKey,
          scheme: S.ed25519,
          validTime: day / 2,
          role,
          ...request,
        })
        return {
          ...delegate(
            { delegatedCredentials: delegatedCredentials([S.ed25519]) },
            { ...owner, key, delegated: { credential, expiresAt: Infinity } },
          ),
          ...(edit ? { edit } : {}),
        }
      }),
  )
}
