/**
 * Story: a page that is published. Bundlers set the condition `production`, and the client that is sent to browsers says
 * codes where it would say words; what programs see of a failure is the same.
 */
import { beforeAll, expect, it } from 'vitest'
import type { CryptoError } from '@mortise/crypto'
import { nodeCrypto } from '@mortise/crypto-node'
import { testAuthority, type TestAuthority } from '@mortise/testing'
import { accept, type ByteStream, type ConnectOptions } from '@mortise/tls'
import { ContentType, faults, reasons, type TlsError, type TlsErrorCode } from '@mortise/wire'
import { type Rejected, type X509Error, x509Reasons } from '@mortise/x509'
import { pipes } from '../doors/transports.ts'
import { browserClient, importBundle } from '../support/bundle.ts'

interface Page {
  readonly code: string
  readonly open: (stream: ByteStream, options: Omit<ConnectOptions, 'provider'>) => Promise<unknown>
  readonly TlsError: typeof TlsError
  readonly cipherSuiteName: (value: number) => string
}

const entry = `${browserClient}export { cipherSuiteName, TlsError } from '@mortise/wire'`

const provider = nodeCrypto()
const serverName = 'server.example'

let authority: TestAuthority
let rich: Page
let published: Page

beforeAll(async () => {
  authority = await testAuthority(provider, Date.now())
  rich = await importBundle(entry, { production: false })
  published = await importBundle(entry, { production: true })
})

/** A peer that says these bytes, whatever it hears, and ends. */
function saying(...bytes: readonly number[]): () => ByteStream {
  return () => ({
    readable: new Blob([Uint8Array.from(bytes)]).stream(),
    writable: new WritableStream<Uint8Array>(),
  })
}

/** What connecting fails with. */
async function failureOf(page: Page, stream: ByteStream, extra: object = {}): Promise<TlsError> {
  const error: unknown = await page
    .open(stream, { serverName, anchors: [authority.certificate], ...extra })
    .then(
      () => undefined,
      (reason: unknown) => reason,
    )
  if (!(error instanceof page.TlsError)) throw new Error('no TlsError', { cause: error })
  return error
}

/** What programs see of an error: all that is not told in words. */
function fieldsOf({ name, code, alert, blame }: TlsError): object {
  return { name, code, alert, blame }
}

it.each([
  [
    'a ServerHello that is cut off',
    'ERR_TLS_DECODE',
    saying(ContentType.handshake, 3, 3, 0, 8, 2, 0, 0, 4, 3, 3, 0, 0),
    {},
    'ServerHello.random: 32 bytes needed, 2 there',
  ],
  ['a transport that ends', 'ERR_TLS_TRUNCATED', saying(), {}, undefined],
  ['an option that is misspelt', 'ERR_TLS_CONFIG', saying(), { anchor: [] }, 'unknown option "anchor"'],
  [
    'a record too long',
    'ERR_TLS_RECORD_OVERFLOW',
    saying(ContentType.handshake, 3, 3, 0x41, 0),
    {},
    '16640 bytes, allowed 16384',
  ],
] as const)('%s: the same but for the words', async (_, code, peer, extra, detail) => {
  const [one, other] = [await failureOf(rich, peer(), extra), await failureOf(published, peer(), extra)]
  expect(one).toMatchObject({ code, alert: reasons[code].alert, blame: reasons[code].blame })
  expect(one.detail).toBe(detail)
  expect(fieldsOf(other)).toEqual(fieldsOf(one))
  const behind = one.detail === undefined ? '' : `: ${one.detail}`
  expect(one.message).toBe(`${reasons[code].sentence}${behind}`)
  expect(other.message).toBe(code)
  expect(other.detail).toBeUndefined()
})

it('every code has the same alert and blame', () => {
  for (const code of Object.keys(reasons) as TlsErrorCode[]) {
    const [one, other] = [new rich.TlsError(faults[code]), new published.TlsError(faults[code])]
    expect(fieldsOf(other)).toEqual(fieldsOf(one))
    expect(one).toMatchObject({ alert: reasons[code].alert, blame: reasons[code].blame })
    expect([one.message, other.message]).toEqual([reasons[code].sentence, code])
  }
})

it('a verdict on a certificate is the same but for the words', async () => {
  const credentials = [await authority.issue(['other.example'], 'p256')]
  const verdictOf = async (page: Page): Promise<{ error: TlsError; verdict: Rejected }> => {
    const [near, far] = pipes()
    const refused = accept(far, { provider, credentials }).catch((error: unknown) => error)
    const error = await failureOf(page, near)
    expect(await refused).toMatchObject({ code: 'ERR_TLS_ALERT_RECEIVED', alert: error.alert })
    return { error, verdict: error.cause as Rejected }
  }
  const [one, other] = [await verdictOf(rich), await verdictOf(published)]
  const { code, alert, blame } = one.error
  expect(code).toBe('ERR_TLS_CERTIFICATE_NAME')
  expect(other.error).toMatchObject({ code, alert, blame })
  const { message, ...fields } = one.verdict
  const { message: withCode, ...otherFields } = other.verdict
  expect(otherFields).toEqual(fields)
  const sentence = x509Reasons.ERR_X509_NAME_MISMATCH[1]
  expect(message).toContain(sentence)
  expect(withCode).toBe('ERR_X509_NAME_MISMATCH')
  expect(one.verdict).toMatchObject({ expected: '"server.example"', found: '"other.example"' })
})

it('words are sent to no browser', () => {
  const sentences = [
    ...Object.values(reasons).map(({ sentence }) => sentence),
    ...Object.values(x509Reasons).map(([, sentence]) => sentence),
    'an HTTP request',
    'unknown option ',
    ' needed, ',
    'a length that is not minimal',
    'a DNS name of A-labels or an IP address',
    'the record layer failed',
  ]
  const missingIn = ({ code }: Page) => sentences.filter((sentence) => !code.includes(sentence))
  expect(missingIn(rich)).toEqual([])
  expect(missingIn(published)).toEqual(sentences)
})

it('a registry of code points is sent to no browser for the sake of a number', () => {
  for (const name of ['ecdsa_brainpoolP256r1tls13_sha256', 'ffdhe8192', 'cached_info', '_RESERVED'])
    expect(published.code).not.toContain(name)
})

it('servers that are bundled tell in words, and so can whoever reads their logs', async () => {
  const source = `export { TlsError } from '@mortise/wire'
    export { X509Error } from '@mortise/x509'
    export { CryptoError } from '@mortise/crypto'`
  const server = await importBundle<{
    readonly TlsError: Page['TlsError']
    readonly X509Error: typeof X509Error
    readonly CryptoError: typeof CryptoError
  }>(source, { production: true, node: true })
  const errors = [
    new server.TlsError(faults.ERR_TLS_BAD_FINISHED, { detail: 'why' }),
    new server.X509Error('ERR_X509_MALFORMED', 'why'),
    new server.CryptoError('ERR_CRYPTO_INVALID_KEY', 'why'),
  ]
  expect(errors.map(({ message }) => message)).toEqual([
    `${reasons.ERR_TLS_BAD_FINISHED.sentence}: why`,
    `${x509Reasons.ERR_X509_MALFORMED[1]}: why`,
    'why',
  ])
})

it('who asks for names or sentences has them', async () => {
  expect(published.cipherSuiteName(0x1301)).toBe('TLS_AES_128_GCM_SHA256')
  const asking = await importBundle(
    `export { reasons } from '@mortise/wire'
     export { checkOf, x509Reasons } from '@mortise/x509'`,
    { production: true },
  )
  expect(asking).toMatchObject({ reasons, x509Reasons })
})
