/** Peers of either role that our verifier refuses, and raw public keys (RFC 9846 §4.5.1, RFC 7250). */
import { rawPublicKey, type Credential } from '@mortise/handshake'
import { editFields, type Edit } from '@mortise/testing'
import { Certificate, ExtensionType as X, HandshakeType as H, SignatureScheme as S } from '@mortise/wire'
import {
  callback,
  chainVerifier,
  unsafeAcceptAny,
  type CertificateVerifier,
  type PathCheck,
} from '@mortise/x509'
import { rejects, type Case } from '../cases.ts'
import { duplicate, malformed, wrongScheme, type Refusal } from '../refusals.ts'
import { anchors, issue, type Wrong } from '../scenario.ts'
import { entryExtensions, put, twice } from '../scripts.ts'

/** Options of both ends: our verifier and schemes, and what the peer shows. */
type Judge<T extends Wrong> = (
  verifier: CertificateVerifier,
  credential: Credential,
  ours?: { readonly signatureSchemes?: readonly number[] },
) => T

const checking = (check: PathCheck['check']): CertificateVerifier => {
  const wants = { ocspResponse: true, signedCertificateTimestamps: true }
  return chainVerifier({ anchors, profile: 'private', checks: [{ identity: 'test', wants, check }] })
}

const staples: readonly (readonly [id: string, ref: string, what: string, refusal: Refusal, edit: Edit])[] = [
  [
    'CT-09',
    '4.3',
    'an OCSP response twice',
    duplicate,
    entryExtensions((list) => twice(X.status_request)(put(X.status_request, 1, 0, 0, 1, 7)(list))),
  ],
  [
    'CT-10',
    'RFC 6066 8',
    'an OCSP response of no bytes',
    malformed,
    entryExtensions(put(X.status_request, 1, 0, 0, 0)),
  ],
  [
    'CT-10',
    'RFC 6066 8',
    'an OCSP response that ends too early',
    malformed,
    entryExtensions(put(X.status_request, 1, 0, 0, 9, 7)),
  ],
  ['CT-10', 'RFC 6066 8', 'a status without a type', malformed, entryExtensions(put(X.status_request))],
  [
    'CT-12',
    'RFC 6962 3.3',
    'no timestamps',
    malformed,
    entryExtensions(put(X.signed_certificate_timestamp, 0, 0)),
  ],
  [
    'CT-12',
    'RFC 6962 3.3',
    'a timestamp of no bytes',
    malformed,
    entryExtensions(put(X.signed_certificate_timestamp, 0, 2, 0, 0)),
  ],
]

const rawKeys: readonly (readonly [
  id: string,
  what: string,
  change: (body: Certificate) => readonly Certificate['certificateList'][number][],
])[] = [
  ['CT-26', 'two raw public keys', ({ certificateList }) => [...certificateList, ...certificateList]],
  ['CT-26', 'a raw public key that is none', () => [{ certData: new Uint8Array(20), extensions: [] }]],
  [
    'CT-26',
    'a raw public key with a byte behind it',
    ({ certificateList }) =>
      certificateList.map((entry) => ({ ...entry, certData: Uint8Array.of(...entry.certData, 0) })),
  ],
]

/** @param names of the peer's certificates */
export function judging<T extends Wrong>(judge: Judge<T>, names: readonly string[]): readonly Case<T>[] {
  const own = (): Promise<Credential> => issue(names, 'p256')
  const rawKey = unsafeAcceptAny({ rawPublicKeys: 'required' })
  return [
    ...staples.map(([id, ref, what, refusal, edit]) =>
      rejects<T>(id, ref, what, ...refusal, async () => ({
        ...judge(
          checking(() => undefined),
          await own(),
        ),
        edit,
      })),
    ),
    rejects<T>(
      'CT-17',
      '6.2',
      'a certificate that was revoked',
      'certificate_revoked',
      'ERR_TLS_CERTIFICATE_REVOKED',
      async () =>
        judge(
          checking(() => ({ reason: 'ERR_X509_REVOKED' })),
          await own(),
        ),
    ),
    rejects<T>(
      'CT-20',
      '6.2',
      'a certificate that the application refuses',
      'certificate_unknown',
      'ERR_TLS_CERTIFICATE_UNKNOWN',
      async () =>
        judge(
          callback(() => 'not today', { identity: 'not today' }),
          await own(),
        ),
    ),
    rejects<T>(
      'CT-20',
      '6.2',
      'a certificate at which the application throws',
      'certificate_unknown',
      'ERR_TLS_CERTIFICATE_UNKNOWN',
      async () =>
        judge(
          callback(() => Promise.reject(new Error('out of order')), { identity: 'out of order' }),
          await own(),
        ),
    ),
    rejects<T>('CT-13', '4.5.1.2', 'a key that no scheme of ours is for', ...wrongScheme, async () => {
      const { key, ...credential } = await own()
      const pretending = { ...key, schemes: [S.rsa_pss_rsae_sha256], sign: () => new Uint8Array(256) }
      return judge(
        unsafeAcceptAny(),
        { ...credential, key: pretending },
        { signatureSchemes: [S.rsa_pss_rsae_sha256] },
      )
    }),
    ...rawKeys.map(([id, what, change]) =>
      rejects<T>(id, 'RFC 7250 3', what, ...malformed, async () => ({
        ...judge(rawKey, rawPublicKey((await own()).key)),
        edit: editFields(H.certificate, Certificate, (body) => ({
          ...body,
          certificateList: [...change(body)],
        })),
      })),
    ),
    rejects<T>(
      'CT-27',
      'RFC 7250 4.2',
      'an X.509 certificate where a raw public key was agreed on',
      ...malformed,
      async () => {
        const { certificates, key } = await own()
        const entries = certificates.map((certData) => ({ certData, extensions: [] }))
        return {
          ...judge(rawKey, rawPublicKey(key)),
          edit: editFields(H.certificate, Certificate, (body) => ({ ...body, certificateList: entries })),
        }
      },
    ),
    rejects<T>(
      'CT-27',
      'RFC 7250 4.2',
      'a raw public key where X.509 was agreed on',
      'bad_certificate',
      'ERR_TLS_BAD_CERTIFICATE',
      async () => {
        const credential = await own()
        const { publicKey } = credential.key
        return {
          ...judge(unsafeAcceptAny(), credential),
          edit: editFields(H.certificate, Certificate, (body) => ({
            ...body,
            certificateList: [{ certData: publicKey, extensions: [] }],
          })),
        }
      },
    ),
  ]
}
