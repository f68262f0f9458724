/** Certificate Transparency (RFC 6962): has the certificate been promised to enough logs that the caller trusts? */
import type { CryptoProvider } from '@mortise/crypto'
import { hex } from '@mortise/wire'
import { readAlgorithmIdentifier, type AlgorithmIdentifier } from '../algorithmIdentifier.ts'
import type { Certificate } from '../certificate.ts'
import { digest } from '../digest.ts'
import { readExtension } from '../extensions/definition.ts'
import type { PathCheck, PathCheckContext, PathCheckFailure, ValidPath } from '../path/pathCheck.ts'
import { readPublicKey, type PublicKey } from '../publicKey.ts'
import { issuedOnPath } from '../revocation/issuer.ts'
import { only } from '../verifySignedData.ts'
import { isX509Error, X509Error } from '../X509Error.ts'
import { parseOcspResponse } from '../revocation/ocspResponse.ts'
import { embeddedTimestamps, ocspTimestamps, tbsWithoutTimestamps } from './precertificate.ts'
import { parseTimestamps, signedBytes, type LogEntry, type Timestamp } from './timestamp.ts'

/** A log that the caller trusts. */
export interface TransparencyLog {
  /** DER of the SubjectPublicKeyInfo; its SHA-256 is the log's ID. */
  readonly key: Uint8Array
  /** Who runs it. Logs that say nothing are run by one and the same. */
  readonly operator?: string
  /** Timestamps from then on don't count. */
  readonly retired?: Date
}

/** Options of `certificateTransparency`. */
export interface CertificateTransparencyOptions {
  readonly logs: readonly TransparencyLog[]
  /** Of how many different logs a timestamp must be there. Default: 2. */
  readonly minimum?: number
  /** How many operators these logs must have. Default: 1. */
  readonly minimumOperators?: number
}

interface Log {
  readonly publicKey: PublicKey
  readonly operator: string
  /** Milliseconds since 1970. */
  readonly retired: number
}

/**
 * Checks timestamps in the end entity's certificate, those that came with it, and those in a stapled OCSP response
 * (RFC 6962 §3.3), against `logs`. Those of unknown logs, of the future, of retired logs and those whose signature doesn't hold are not counted. That the log has kept
 * its promise can't be seen without asking it.
 * @throws X509Error `ERR_X509_MALFORMED` for a key that does not parse, `ERR_X509_OPTIONS` for a minimum that these
 * logs can't reach
 */
export function certificateTransparency(options: CertificateTransparencyOptions): PathCheck {
  const { minimum = 2, minimumOperators = 1 } = options
  const known = readLogs(options)
  const parts = known.map(({ publicKey, operator, retired }) => [hex(publicKey.spki), operator, `${retired}`])
  return {
    identity: `certificateTransparency:${JSON.stringify([minimum, minimumOperators, ...parts])}`,
    wants: { signedCertificateTimestamps: true },
    check: async (path, context) => {
      const [endEntity] = path.certificates
      if (!endEntity) return undefined
      const logsById = await byId(known, context.provider)
      const entries = await entriesOf(path, endEntity, context)
      const valid = await validLogs(entries, logsById, context)
      const operators = new Set(valid.map(({ operator }) => operator)).size
      if (valid.length >= minimum && operators >= minimumOperators) return undefined
      return {
        reason: 'ERR_X509_TRANSPARENCY',
        expected: `timestamps of ${minimum} logs of ${minimumOperators} operators`,
        found: `${valid.length} of ${operators}`,
      }
    },
  }
}

/** @throws X509Error */
function readLogs({
  logs,
  minimum = 2,
  minimumOperators = 1,
  ...rest
}: CertificateTransparencyOptions): readonly Log[] {
  const refuse = (what: string): X509Error =>
    new X509Error('ERR_X509_OPTIONS', `certificateTransparency: ${what}`)
  const [unknown] = Object.keys(rest)
  if (unknown !== undefined) throw refuse(unknown)
  const known = logs.map(({ key, operator = '', retired }): Log => ({
    publicKey: only('key of a log', key.slice(), readPublicKey),
    operator,
    retired: retired?.getTime() ?? Infinity,
  }))
  if (known.some(({ retired }) => Number.isNaN(retired))) throw refuse('retired is no date')
  const reachable = (count: number, available: readonly string[]): boolean =>
    Number.isSafeInteger(count) && count > 0 && count <= new Set(available).size
  const keys = known.map(({ publicKey }) => hex(publicKey.spki))
  if (!reachable(minimum, keys)) throw refuse('minimum is no count of these logs')
  const operators = known.map(({ operator }) => operator)
  if (!reachable(minimumOperators, operators)) throw refuse('minimumOperators is no count of these operators')
  return known
}

async function byId(logs: readonly Log[], provider: CryptoProvider): Promise<ReadonlyMap<string, Log>> {
  const pairs: [string, Log][] = []
  for (const log of logs) pairs.push([hex(await digest(provider, 'sha256', log.publicKey.spki)), log])
  return new Map(pairs)
}

type Entry = readonly [Timestamp, LogEntry]

/** All timestamps, each with what it is about. A list that does not parse has none. */
async function entriesOf(
  path: ValidPath,
  endEntity: Certificate,
  { scts, ocspResponse, provider }: PathCheckContext,
): Promise<readonly Entry[]> {
  const presented = [
    ...parseOrNone(() => (scts ? parseTimestamps(scts) : [])),
    ...parseOrNone(() => (ocspResponse ? stapledTimestamps(ocspResponse) : [])),
  ]
  const entries: Entry[] = presented.map((timestamp) => [
    timestamp,
    { type: 'x509', certificate: endEntity.der },
  ])
  const embedded = parseOrNone(() => {
    const list = readExtension(endEntity, embeddedTimestamps)
    return list ? parseTimestamps(list) : []
  })
  const [, issuer] = issuedOnPath(path)[0] ?? []
  if (embedded.length === 0 || !issuer) return entries
  const issuerKeyHash = await digest(provider, 'sha256', issuer.publicKey.spki)
  const entry: LogEntry = { type: 'precert', issuerKeyHash, tbsCertificate: tbsWithoutTimestamps(endEntity) }
  return [...entries, ...embedded.map((timestamp): Entry => [timestamp, entry])]
}

/** Whatever else the response says, and whoever signed it: a timestamp has its log's signature. */
function stapledTimestamps(ocspResponse: Uint8Array): readonly Timestamp[] {
  return parseOcspResponse(ocspResponse).responses.flatMap(({ extensions }) => {
    const list = readExtension({ extensions }, ocspTimestamps)
    return list ? parseTimestamps(list) : []
  })
}

function parseOrNone(parse: () => readonly Timestamp[]): readonly Timestamp[] {
  try {
    return parse()
  } catch (error) {
    if (isX509Error(error)) return []
    throw error
  }
}

async function validLogs(
  entries: readonly Entry[],
  logs: ReadonlyMap<string, Log>,
  context: PathCheckContext,
): Promise<readonly Log[]> {
  const valid = new Set<Log>()
  for (const [timestamp, entry] of entries) {
    const log = logs.get(hex(timestamp.logId))
    if (!log || valid.has(log) || timestamp.time > context.time || timestamp.time >= log.retired) continue
    if (!(await whyNotSigned(timestamp, entry, log, context))) valid.add(log)
  }
  return [...valid]
}

async function whyNotSigned(
  timestamp: Timestamp,
  entry: LogEntry,
  { publicKey }: Log,
  { verify }: PathCheckContext,
): Promise<PathCheckFailure | undefined> {
  const [hash, signature] = timestamp.algorithm
  // RFC 6962 §2.1.4: SHA-256 with ECDSA or RSA
  const algorithm = hash === 4 ? algorithms[signature] : undefined
  if (!algorithm) return { reason: 'ERR_X509_UNSUPPORTED_ALGORITHM' }
  const data = signedBytes(timestamp, entry)
  return verify({ algorithm: identifier(algorithm), data, signature: timestamp.signature }, publicKey)
}

/** AlgorithmIdentifiers of sha256WithRSAEncryption and ecdsa-with-SHA256, by TLS 1.2's numbers for RSA and ECDSA. */
const algorithms: Readonly<Record<number, readonly number[]>> = {
  1: [0x30, 13, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11, 5, 0],
  3: [0x30, 10, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2],
}

const identifier = (der: readonly number[]): AlgorithmIdentifier =>
  only('algorithm', Uint8Array.from(der), readAlgorithmIdentifier)
