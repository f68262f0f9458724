/**
 * Which of the runner's tests are out of scope, by patterns of their names, each group with its reason; a name that several
 * patterns fit counts for the first. A test of what we merely fail at is never here.
 */
import { olderVersions } from './olderVersions.ts'

export const outOfScope: readonly (readonly [reason: string, names: readonly string[]])[] = [
  ['out of scope: DTLS', ['*DTLS*', 'SendSplitAlert-*', 'StrayChangeCipherSpec']],
  ['out of scope: QUIC framing', ['*QUIC*']],
  ['out of scope: needs TLS 1.2 or older', olderVersions],
  ['planned: Encrypted Client Hello', ['*ECH-*']],
  ['out of scope: ML-DSA (draft)', ['*-ML-DSA-*']],
  [
    'out of scope: ALPS (draft that was not adopted)',
    ['*ALPS*', 'ExtraClientEncryptedExtension-*', 'AllExtensions-Client-Permute-HelloRetryRequest-TLS-TLS13'],
  ],
  ['out of scope: trust anchor identifiers (draft)', ['*TrustAnchor*']],
  ['out of scope: PAKE (draft)', ['*PAKE-*']],
  ["out of scope: padding at the client's request (draft)", ['*ServerPadding*']],
  [
    'out of scope: ticket flags, resumption across names (drafts)',
    [
      'TLS13-*TicketFlags*',
      'TLS13-Client-NoResumptionAcrossNames',
      'TLS13-Client-ResumptionAcrossNames',
      'TLS13-Server-ResumptionAcrossNames',
    ],
  ],
  ["out of scope: BoringSSL's handshake hints", ['*HintMismatch-*']],
  ["out of scope: BoringSSL's workaround for JDK 11", ['*JDK11*']],
  [
    "out of scope: edits tickets of BoringSSL's own format",
    ['Resume-Server-DeclineBadCipher-TLS13', 'Resume-Server-DeclineCrossVersion-TLS13'],
  ],
  [
    "out of scope: BoringSSL's callback that leaves server_name unacknowledged",
    ['ServerNameExtensionServer-NoACK-TLS-TLS13'],
  ],
  [
    'out of scope: rsa_pkcs1_sha256_legacy (draft)',
    [
      'Client-Sign-Negotiate-RSA_PKCS1_SHA256_LEGACY-TLS13',
      'Client-Sign-RSA_PKCS1_SHA256_LEGACY-TLS13',
      'Server-InvalidSignature-RSA_PKCS1_SHA256_LEGACY-TLS13',
      'Server-Verify-RSA_PKCS1_SHA256_LEGACY-TLS13',
    ],
  ],
  [
    'out of scope: NPN, Channel ID, SCSV, SRTP, renegotiation',
    ['*NPN*', '*ChannelID*', 'SRTP-*', '*Renegotia*', 'SendFallbackSCSV'],
  ],
]
