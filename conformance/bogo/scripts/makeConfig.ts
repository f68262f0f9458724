/**
 * Writes config.json, the runner's -shim-config: which tests are out of scope, each with its reason, and which of
 * our error codes stand for which of the runner's error strings.
 *
 *   node scripts/makeConfig.ts SCOPE.tsv
 *
 * SCOPE.tsv has a row for each test of the runner: name, transport, role, 1 if it needs TLS 1.2 or older, block.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { differences } from './differences.ts'
import { errorMap } from './errorMap.ts'

/** Blocks that are out of scope, by the beginning of their names. A block of what we fail at is never here. */
const outOfScope: Readonly<Record<string, string>> = {
  ECH: 'planned: Encrypted Client Hello',
  'Legacy mechanisms': 'out of scope: NPN, Channel ID, SCSV, SRTP and PSK of TLS 1.2',
  ALPS: 'out of scope: draft that was not adopted',
  'Trust anchor IDs': 'out of scope: draft',
  PAKE: 'out of scope: draft',
  'Server padding request': 'out of scope: draft',
  'Ticket flags': 'out of scope: draft',
  'JDK 11 workaround': "out of scope: BoringSSL's workaround for JDK 11",
  'Handshake hints': "out of scope: BoringSSL's handshake hints",
  'Renegotiation flags': 'out of scope: TLS 1.3 has no renegotiation',
  'QUIC transport params': 'out of scope: QUIC',
}

/** The same by name: parts of blocks. */
const outOfScopeNames: readonly (readonly [names: RegExp, reason: string])[] = [
  [/ML-DSA/, 'out of scope: ML-DSA (draft)'],
  [
    /^(Server-Verify|Server-InvalidSignature|Client-Sign|Client-Sign-Negotiate)-RSA_PKCS1_SHA256_LEGACY-TLS13$/,
    'out of scope: rsa_pkcs1_sha256_legacy (draft)',
  ],
  [/HintMismatch-/, "out of scope: BoringSSL's handshake hints"],
  [
    /^Resume-Server-Decline(CrossVersion|BadCipher)-TLS13$/,
    "out of scope: edits tickets of BoringSSL's own format",
  ],
  [
    /^ServerNameExtensionServer-NoACK-/,
    "out of scope: BoringSSL's callback that leaves server_name unacknowledged",
  ],
  [/TrustAnchorIDs/, 'out of scope: draft'],
]

const [scopeFile] = process.argv.slice(2)
if (!scopeFile) throw new Error('usage: node scripts/makeConfig.ts SCOPE.tsv')

const rows = readFileSync(scopeFile, 'utf8').trimEnd().split('\n').slice(1)
const disabled: Record<string, string> = {}
for (const row of rows) {
  const [name = '', transport, , needsOlder, block = ''] = row.split('\t')
  const reason = reasonOf(name, transport, needsOlder === '1', block)
  if (reason) disabled[name] = reason
}
// Tests that the list does not have
for (const [name, reason] of differences) disabled[name] = reason
// HalfRTTTickets: our server sends tickets after the client's Finished, so none before half-RTT data
const config = { DisabledTests: disabled, ErrorMap: errorMap, HalfRTTTickets: 0 }
writeFileSync(new URL('../config.json', import.meta.url), `${JSON.stringify(config, null, 1)}\n`)
console.log(`${rows.length} tests, ${Object.keys(disabled).length} out of scope`)

function reasonOf(
  name: string,
  transport: string | undefined,
  needsOlder: boolean,
  block: string,
): string | undefined {
  if (transport === 'dtls') return 'out of scope: DTLS'
  if (transport === 'quic') return 'out of scope: QUIC framing'
  if (needsOlder) return 'out of scope: needs TLS 1.2 or older'
  const byName = outOfScopeNames.find(([names]) => names.test(name))?.[1]
  return byName ?? Object.entries(outOfScope).find(([prefix]) => block.startsWith(prefix))?.[1]
}
