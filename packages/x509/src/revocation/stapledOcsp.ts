/** The OCSP response that the peer sends along (RFC 6066 §8, RFC 9846 §4.5.1.1). Nothing is ever fetched. */
import type { CryptoProvider, HashName } from '@mortise/crypto'
import { equalBytes } from '@mortise/wire'
import type { Certificate } from '../certificate.ts'
import { digest } from '../digest.ts'
import { readExtension } from '../extensions/definition.ts'
import { tlsFeature } from '../extensions/tlsFeature.ts'
import type { PathCheck, PathCheckContext, PathCheckFailure } from '../path/pathCheck.ts'
import { formatTime, isAfter } from '../time.ts'
import { isX509Error, X509Error } from '../X509Error.ts'
import { issuedOnPath, keyBits, type IssuerOfPath } from './issuer.ts'
import { parseOcspResponse, type OcspResponse, type SingleResponse } from './ocspResponse.ts'
import { responderKey } from './responder.ts'
import { sha1 } from './sha1.ts'

/** Options of `stapledOcsp`. */
export interface StapledOcspOptions {
  /**
   * - `off`: nothing is asked for and nothing is looked at.
   * - `ifStapled` (default): a response that comes must be valid and good. One must come if a certificate of the path
   *   says so (must-staple, RFC 7633).
   * - `require`: one must come.
   */
  readonly policy?: 'off' | 'ifStapled' | 'require'
}

/** How far the responder's clock may be ahead, in milliseconds. */
const clockSkew = 300_000
/** TLS extension type that must-staple is about. */
const statusRequest = 5

/**
 * Checks the stapled OCSP response: signed by the end entity's issuer or by a responder that the issuer certified for
 * that, about this certificate, and current; a response without nextUpdate can't be current. An end entity that is
 * a trust anchor itself needs none.
 * @throws X509Error `ERR_X509_OPTIONS` for another policy
 */
export function stapledOcsp(options: StapledOcspOptions = {}): PathCheck {
  const { policy = 'ifStapled', ...rest } = options
  const [unknown] = Object.keys(rest)
  if (unknown !== undefined || !['off', 'ifStapled', 'require'].includes(policy))
    throw new X509Error('ERR_X509_OPTIONS', `stapledOcsp: ${unknown ?? policy}`)
  return {
    identity: `stapledOcsp:${policy}`,
    wants: { ocspResponse: policy !== 'off' },
    check: async (path, context) => {
      const [first] = issuedOnPath(path)
      if (policy === 'off' || !first) return undefined
      if (context.ocspResponse) return checkResponse(context.ocspResponse, ...first, context)
      return policy === 'require' || path.certificates.some(mustStaple)
        ? { reason: 'ERR_X509_STAPLE_MISSING' }
        : undefined
    },
  }
}

/** RFC 7633 §4.2.2: an authority that has the extension says it for what it issues. */
const mustStaple = (certificate: Certificate): boolean =>
  readExtension(certificate, tlsFeature)?.includes(statusRequest) ?? false

const bad = (found: string): PathCheckFailure => ({ reason: 'ERR_X509_BAD_OCSP_RESPONSE', found })

async function checkResponse(
  der: Uint8Array,
  certificate: Certificate,
  issuer: IssuerOfPath,
  context: PathCheckContext,
): Promise<PathCheckFailure | undefined> {
  let response: OcspResponse
  try {
    response = parseOcspResponse(der)
  } catch (error) {
    if (!isX509Error(error)) throw error
    return bad(error.detail ?? error.message)
  }
  const ours = await responsesFor(response, certificate, issuer, context.provider)
  if (ours.length === 0) return bad('an answer about other certificates only')
  const critical = [response, ...ours]
    .flatMap(({ extensions }) => [...extensions.values()])
    .find((extension) => extension.critical)
  if (critical) return bad(`the critical extension ${critical.type}`)
  const unsigned = await checkSigned(response, issuer, context)
  return unsigned ?? judge(response, ours, context.time)
}

async function checkSigned(
  response: OcspResponse,
  issuer: IssuerOfPath,
  context: PathCheckContext,
): Promise<PathCheckFailure | undefined> {
  const key = await responderKey(response, issuer, context)
  if (typeof key === 'string') return bad(key)
  const { signatureAlgorithm: algorithm, tbs: data, signature } = response
  const failure = await context.verify({ algorithm, data, signature }, key)
  return failure && bad(`a signature that does not hold (${failure.reason})`)
}

/** Of several answers the worst counts. */
function judge(
  { producedAt }: OcspResponse,
  ours: readonly SingleResponse[],
  time: number,
): PathCheckFailure | undefined {
  const revoked = ours.find(({ status }) => status === 'revoked')
  if (revoked)
    return { reason: 'ERR_X509_REVOKED', found: `revoked on ${formatTime(revoked.revokedAt ?? producedAt)}` }
  for (const { thisUpdate, nextUpdate } of ours) {
    if (Math.max(thisUpdate, producedAt) > time + clockSkew)
      return bad(`an answer of the future (${formatTime(Math.max(thisUpdate, producedAt))})`)
    if (nextUpdate === undefined) return bad('an answer without an end of its validity')
    if (isAfter(time, nextUpdate)) return bad(`an answer that was valid until ${formatTime(nextUpdate)}`)
  }
  return ours.some(({ status }) => status === 'unknown')
    ? { reason: 'ERR_X509_REVOCATION_UNKNOWN', found: 'the OCSP responder does not know it' }
    : undefined
}

async function responsesFor(
  { responses }: OcspResponse,
  certificate: Certificate,
  issuer: IssuerOfPath,
  provider: CryptoProvider,
): Promise<readonly SingleResponse[]> {
  const hashes = new Map<string, IssuerHashes | undefined>()
  const ours: SingleResponse[] = []
  for (const response of responses) {
    const { serialNumber, hashAlgorithm, issuerNameHash, issuerKeyHash } = response.certificate
    if (!equalBytes(serialNumber, certificate.serialNumber)) continue
    const { algorithm } = hashAlgorithm
    if (!hashes.has(algorithm))
      hashes.set(algorithm, await hashIssuer(algorithm, certificate, issuer, provider))
    const expected = hashes.get(algorithm)
    if (expected && equalBytes(issuerNameHash, expected.name) && equalBytes(issuerKeyHash, expected.key))
      ours.push(response)
  }
  return ours
}

interface IssuerHashes {
  readonly name: Uint8Array
  readonly key: Uint8Array
}

/** `undefined` for a hash that we or the provider don't have. The name is as the certificate spells it (RFC 6960 §4.1.1). */
async function hashIssuer(
  algorithm: string,
  { issuer }: Certificate,
  { publicKey }: IssuerOfPath,
  provider: CryptoProvider,
): Promise<IssuerHashes | undefined> {
  const name = hashNames[algorithm]
  if (name === undefined || (name !== 'sha1' && !provider.hashes.some((hash) => hash.name === name)))
    return undefined
  const hashOf = (data: Uint8Array) => (name === 'sha1' ? sha1(data) : digest(provider, name, data))
  return { name: await hashOf(issuer.der), key: await hashOf(keyBits(publicKey)) }
}

const hashNames: Readonly<Record<string, HashName | 'sha1'>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}
