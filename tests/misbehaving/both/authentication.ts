/** Peers of either role whose Certificate or CertificateVerify is wrong (RFC 9846 §4.5.1, §4.5.2). */
import { constants, createPrivateKey, sign as signWith } from 'node:crypto'
import type { SigningKey } from '@mortise/crypto'
import type { Credential } from '@mortise/handshake'
import { editBody, editFields, fixedKey, type Edit } from '@mortise/testing'
import {
  Certificate,
  CertificateVerify,
  concat,
  ExtensionType as X,
  HandshakeType as H,
  SignatureScheme as S,
} from '@mortise/wire'
import { edited, rejects, type Case } from '../cases.ts'
import {
  badCertificate,
  badSignature,
  malformed,
  unexpected,
  unsolicited,
  unsupportedCertificate,
  wrongContext,
  wrongScheme,
  type Refusal,
} from '../refusals.ts'
import { credential as wellKnown, issue, now, provider, stranger, type Wrong } from '../scenario.ts'
import { entryExtensions, flipLast, put } from '../scripts.ts'

/** Options of both ends with which the peer shows a credential. */
type Show<T extends Wrong> = (credential: Credential) => T

const zeros = (length: number): Uint8Array => new Uint8Array(length)
const day = 86_400_000

/** A credential whose signatures are changed. */
function signing(
  credential: Credential,
  change: (signature: Uint8Array, message: Uint8Array) => Uint8Array | Promise<Uint8Array>,
): Credential {
  const key: SigningKey = {
    ...credential.key,
    sign: async (scheme, message) => change(await credential.key.sign(scheme, message), message),
  }
  return { ...credential, key }
}

const scheme = (algorithm: number): Edit =>
  editFields(H.certificate_verify, CertificateVerify, (body) => ({ ...body, algorithm }))

const schemes: readonly (readonly [id: string, ref: string, what: string, algorithm: number])[] = [
  ['CV-03', '4.5.2', 'a scheme that was not offered', S.mldsa44],
  ['CV-03', '4.5.2', 'an unknown scheme', 0xfe00],
  ['MSG-15', 'RFC 8701 3.1', 'a GREASE scheme', 0x8a8a],
  ['CV-04', '4.3.3', 'rsa_pkcs1_sha256, which is for certificates', S.rsa_pkcs1_sha256],
  ['CV-04', '4.3.3', 'rsa_pkcs1_sha1', S.rsa_pkcs1_sha1],
  ['CV-04', '4.3.3', 'ecdsa_sha1', S.ecdsa_sha1],
  ['CV-04', '4.3.3', 'dsa_sha256', S.dsa_sha256_RESERVED],
  ['CV-05', '4.5.2', 'a scheme of RSA with a P-256 key', S.rsa_pss_rsae_sha256],
  ['CV-05', '4.3.3', 'the scheme of P-384 with a P-256 key', S.ecdsa_secp384r1_sha384],
  ['CV-05', '4.5.2', 'ed25519 with a P-256 key', S.ed25519],
]

/** DER of an ECDSA signature with these numbers, each as its content octets. */
function ecdsa(r: Uint8Array, s: Uint8Array): Uint8Array {
  const content = concat(Uint8Array.of(2, r.length), r, Uint8Array.of(2, s.length), s)
  return concat(Uint8Array.of(0x30, content.length), content)
}

/** The order of P-256, and the two numbers of a signature. */
const order = new Uint8Array(
  Buffer.from('00ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex'),
)
function numbersOf(signature: Uint8Array): readonly [Uint8Array, Uint8Array] {
  const length = signature[3] ?? 0
  return [signature.subarray(4, 4 + length), signature.subarray(6 + length)]
}

const one = Uint8Array.of(1)
const badSignatures: readonly (readonly [string, string, (signature: Uint8Array) => Uint8Array])[] = [
  ['CV-06', 'a signature with its last bit flipped', flipLast],
  ['CV-10', 'an empty signature', () => zeros(0)],
  ['CV-08', 'r of 0', (bytes) => ecdsa(zeros(1), numbersOf(bytes)[1])],
  ['CV-08', 's of 0', (bytes) => ecdsa(numbersOf(bytes)[0], zeros(1))],
  ['CV-08', 'r and s of 0', () => ecdsa(zeros(1), zeros(1))],
  ['CV-08', 'r of the order of the group', (bytes) => ecdsa(order, numbersOf(bytes)[1])],
  ['CV-08', 's of the order of the group', (bytes) => ecdsa(numbersOf(bytes)[0], order)],
  ['CV-08', 'a negative r', (bytes) => ecdsa(Uint8Array.of(255), numbersOf(bytes)[1])],
  [
    'CV-08',
    'a number with needless zeros',
    (bytes) => ecdsa(concat(zeros(2), numbersOf(bytes)[0]), numbersOf(bytes)[1]),
  ],
  ['CV-08', 'a byte behind the sequence', (bytes) => concat(bytes, one)],
  [
    'CV-08',
    'a length in two bytes where one does',
    (bytes) => concat(Uint8Array.of(0x30, 0x81), bytes.subarray(1)),
  ],
  ['CV-08', 'both numbers one after the other', (bytes) => concat(...numbersOf(bytes))],
]

/** What is signed, as the other role would have it. */
function otherContext(message: Uint8Array): Uint8Array {
  const text = Buffer.from(message).toString('latin1')
  const swapped = text.includes('server')
    ? text.replace('server', 'client')
    : text.replace('client', 'server')
  return new Uint8Array(Buffer.from(swapped, 'latin1'))
}

const rsaKey = createPrivateKey({ key: Buffer.from(fixedKey('rsa').pkcs8), format: 'der', type: 'pkcs8' })

/** @param names of the peer's certificates */
export function authentication<T extends Wrong>(show: Show<T>, names: readonly string[]): readonly Case<T>[] {
  const honest = show(wellKnown)
  const shows = async (
    ...options: Parameters<typeof issue> extends [unknown, ...infer Rest] ? Rest : never
  ): Promise<T> => show(await issue(names, ...options))
  const inCertificate = (id: string, ref: string, what: string, refusal: Refusal, edit: Edit): Case<T> =>
    edited(id, ref, what, ...refusal, edit, honest) as Case<T>

  return [
    ...schemes.map(([id, ref, what, algorithm]) =>
      inCertificate(id, ref, what, wrongScheme, scheme(algorithm)),
    ),
    rejects(
      'CV-05',
      '4.3.3',
      'an rsa_pss_pss scheme with an rsaEncryption key',
      ...wrongScheme,
      async () => ({
        ...(await shows('rsa')),
        edit: scheme(S.rsa_pss_pss_sha256),
      }),
    ),
    ...badSignatures.map(([id, what, change]) =>
      rejects<T>(id, '4.5.2', what, ...badSignature, async () =>
        show(signing(await issue(names, 'p256'), change)),
      ),
    ),
    rejects('CV-07', '4.5.2', "a signature with the other side's context", ...badSignature, async () => {
      const honestOne = await issue(names, 'p256')
      return show(
        signing(honestOne, async (_, message) =>
          honestOne.key.sign(S.ecdsa_secp256r1_sha256, otherContext(message)),
        ),
      )
    }),
    rejects('CV-07', '4.5.2', 'a signature over another transcript', ...badSignature, async () => {
      const honestOne = await issue(names, 'p256')
      return show(
        signing(honestOne, async (_, message) =>
          honestOne.key.sign(S.ecdsa_secp256r1_sha256, flipLast(message)),
        ),
      )
    }),
    rejects('CV-06', '4.5.2', 'the signature of another key', ...badSignature, async () => {
      const [own, other] = [await issue(names, 'p256'), await issue(names, 'p384')]
      return show({
        ...own,
        key: { ...own.key, sign: (_, message) => other.key.sign(S.ecdsa_secp384r1_sha384, message) },
      })
    }),
    ...[0, 20, 64].map((saltLength) =>
      rejects<T>('CV-09', '4.3.3', `RSA-PSS with a salt of ${saltLength} bytes`, ...badSignature, async () =>
        show(
          signing(
            await issue(names, 'rsa'),
            (_, message) =>
              new Uint8Array(
                signWith('sha256', message, {
                  key: rsaKey,
                  padding: constants.RSA_PKCS1_PSS_PADDING,
                  saltLength,
                }),
              ),
          ),
        ),
      ),
    ),
    rejects('CV-09', '4.3.3', 'RSASSA-PKCS1-v1_5 in place of RSA-PSS', ...badSignature, async () =>
      show(
        signing(
          await issue(names, 'rsa'),
          (_, message) => new Uint8Array(signWith('sha256', message, rsaKey)),
        ),
      ),
    ),
    inCertificate(
      'CV-11',
      '6',
      'a byte behind the signature',
      malformed,
      editBody(H.certificate_verify, (body) => concat(body, one)),
    ),
    inCertificate(
      'MSG-07',
      '3.4',
      'a signature that overruns the message',
      malformed,
      editBody(H.certificate_verify, (body) => body.with(2, 255)),
    ),

    inCertificate(
      'CT-05',
      '4.5.1',
      'a request context',
      wrongContext,
      editFields(H.certificate, Certificate, (body) => ({ ...body, certificateRequestContext: one })),
    ),
    inCertificate(
      'CT-06',
      '4.5.1',
      'an entry without a certificate',
      malformed,
      editBody(H.certificate, () => Uint8Array.of(0, 0, 0, 5, 0, 0, 0, 0, 0)),
    ),
    inCertificate(
      'MSG-07',
      '3.4',
      'a list that is longer than the message',
      malformed,
      editBody(H.certificate, (body) => body.with(1, 1)),
    ),
    inCertificate(
      'MSG-07',
      '3.4',
      'half a list entry',
      malformed,
      editBody(H.certificate, () => Uint8Array.of(0, 0, 0, 4, 0, 0, 1, 7)),
    ),
    rejects(
      'CT-07',
      '6.2',
      'a certificate that is none',
      ...badCertificate,
      show({ ...wellKnown, certificates: [zeros(40)] }),
    ),
    rejects(
      'CT-07',
      '6.2',
      'a certificate with a byte behind it',
      ...badCertificate,
      show({ ...wellKnown, certificates: [concat(wellKnown.certificates[0] ?? one, one)] }),
    ),
    inCertificate(
      'CT-08',
      '4.3',
      'an OCSP response that nobody asked for',
      unsolicited,
      entryExtensions(put(X.status_request, 1, 0, 0, 1, 7)),
    ),
    inCertificate(
      'CT-08',
      '4.3',
      'timestamps that nobody asked for',
      unsolicited,
      entryExtensions(put(X.signed_certificate_timestamp, 0, 3, 0, 1, 7)),
    ),
    inCertificate(
      'MSG-14',
      '4.3',
      'cookie, unasked and in the wrong message',
      unsolicited,
      entryExtensions(put(X.cookie, 0, 1, 7)),
    ),
    inCertificate('MSG-12', '4.3', 'an unknown extension', unsolicited, entryExtensions(put(0xfff0))),
    inCertificate(
      'CT-28',
      'RFC 9345 4.1.1',
      'a delegated credential that nobody asked for',
      unexpected,
      entryExtensions(put(X.delegated_credential, 1)),
    ),
    rejects('CT-14', '4.5.1.2', 'a key usage without digitalSignature', ...unsupportedCertificate, () =>
      shows('p256', { keyUsage: 0x20 }),
    ),
    rejects('CT-14', '4.5.1.2', 'an extended key usage for something else', ...unsupportedCertificate, () =>
      shows('p256', { extendedKeyUsage: ['1.3.6.1.5.5.7.3.4'] }),
    ),
    rejects(
      'CT-16',
      '6.2',
      'a certificate that has expired',
      'certificate_expired',
      'ERR_TLS_CERTIFICATE_EXPIRED',
      () => shows('p256', { notBefore: new Date(now() - 2 * day), notAfter: new Date(now() - 1000) }),
    ),
    rejects(
      'CT-16',
      '6.2',
      'a certificate that is not valid yet',
      'certificate_expired',
      'ERR_TLS_CERTIFICATE_EXPIRED',
      () => shows('p256', { notBefore: new Date(now() + 1000), notAfter: new Date(now() + day) }),
    ),
    rejects(
      'CT-18',
      '6.2',
      'a certificate of an authority that nobody trusts',
      'unknown_ca',
      'ERR_TLS_UNKNOWN_CA',
      async () => show(await stranger.issue(names, 'p256')),
    ),
    rejects(
      'CT-21',
      '–',
      'a chain that is too long',
      'bad_certificate',
      'ERR_TLS_CERTIFICATE_CHAIN_TOO_LONG',
      async () => {
        const { certificates, ...own } = await issue(names, 'p256')
        return show({
          ...own,
          certificates: [...certificates, ...Array.from({ length: 64 }, () => stranger.certificate)],
        })
      },
    ),
    rejects(
      'CT-21',
      '4',
      'a Certificate that is too long',
      'illegal_parameter',
      'ERR_TLS_MESSAGE_TOO_LONG',
      async () => {
        const { certificates, ...own } = await issue(names, 'p256')
        return show({ ...own, certificates: [...certificates, provider.random(102_400)] })
      },
    ),
  ]
}
