/**
 * Tests of what RFC 9846 leaves open or settles otherwise than BoringSSL, by name, each with its reason. A test of what we
 * merely fail at is never here.
 */
const reasons: readonly (readonly [reason: string, names: readonly string[]])[] = [
  [
    'RFC 9846 §4.3: a repeated extension is illegal_parameter, an unsolicited one unsupported_extension',
    ['DuplicateExtensionClient-TLS-TLS13', 'DuplicateExtensionServer-TLS-TLS13'],
  ],
  [
    'RFC 9846 §4.3: an extension in a message that may not carry it is illegal_parameter',
    ['EncryptedExtensionsWithKeyShare-TLS13'],
  ],
  [
    'RFC 9846 §4.2.2: compression methods other than null are illegal_parameter',
    ['TLS13-HRR-InvalidCompressionMethod'],
  ],
  [
    'RFC 9846 §4.3.11: PskBinderEntry has 32 bytes at least, so a shorter one is decode_error',
    [
      'Resume-Server-BinderWrongLength',
      'Resume-Server-BinderWrongLength-SecondBinder',
      'PSK-Server-BinderWrongLength-FirstBinder-TLS',
      'PSK-Server-BinderWrongLength-SecondBinder-TLS',
    ],
  ],
  [
    'RFC 9846 §5.1: legacy_record_version must be ignored for all purposes',
    ['CheckRecordVersion-TLS13', 'GarbageInitialRecordVersion-TLS13'],
  ],
  ['RFC 9846 §5: a record in the clear under keys is unexpected_message', ['UnencryptedEncryptedExtensions']],
  [
    'RFC 9846 §6: all alerts but closure alerts are errors, whatever level they bear',
    ['SendWarningAlerts-TLS13'],
  ],
  [
    'RFC 9846 §4.2.2: a second ClientHello with early_data is illegal_parameter',
    ['SkipEarlyData-SecondClientHelloEarlyData-TLS13'],
  ],
  [
    'needs an extension of TLS 1.2 to be offered, which a client of TLS 1.3 alone does not do',
    ['EMS-Forbidden-TLS13', 'RenegotiationInfo-Forbidden-TLS13'],
  ],
  ['RFC 9846 §E.4: change_cipher_spec is for clients that sent a session id', ['EmptySessionID-TLS13']],
  [
    'RFC 7250 §4.2: no type of certificate in common is unsupported_certificate',
    [
      'CertificateSelection-Server-CertificateType-MatchesRawPublicKeyOverX509-MatchNone-TLS-TLS13',
      'CertificateSelection-Server-CertificateType-Default-MatchesX509OverRawPublicKey-MatchNone-TLS-TLS13',
      'CertificateSelection-Server-CertificateType-Default-MatchesDelegatedCredentialOverRawPublicKey-MatchNone-TLS-TLS13',
      'CertificateSelection-Server-CertificateType-Unknown-X509-MatchNone-TLS-TLS13',
      'CertificateSelection-Server-CertificateType-Unknown-RawPublicKey-MatchNone-TLS-TLS13',
      'CertificateSelection-Server-CertificateType-Unknown-DelegatedCredential-MatchNone-TLS-TLS13',
      'CertificateSelection-Server-CertificateType-MatchesRawPublicKeyOverDelegatedCredential-MatchNone-TLS-TLS13',
    ],
  ],
  [
    'RFC 9846 §A.1: a client moves to handshake keys before an alert; the runner reads it under those of early data',
    ['EarlyData-BadALPNMismatch-Client-TLS13', 'EarlyData-CipherMismatch-Client-TLS13'],
  ],
  [
    'RFC 9846 §6: a list that is shorter than it may be is decode_error',
    [
      'ClientCertificateType-Server-RejectsInvalidEmptyExtension-FailIfNoClientCert-TLS13',
      'ClientCertificateType-Server-RejectsInvalidEmptyExtension-VerifyPeer-TLS13',
    ],
  ],
  [
    'RFC 9846 §6.2: a server that takes nothing but pre-shared keys answers unknown_psk_identity',
    [
      'PSK-Server-NoCommonPSKs-TLS',
      'PSK-Server-IdentityDoesNotMatch-TLS',
      'PSK-Server-PartialImport-NoMatch-TLS',
      'PSK-Server-MissingPSKMode-NoMatch-TLS',
    ],
  ],
  ['RFC 7301 §3.2: a server chooses what the client has offered', ['ALPNClient-AllowUnknown-TLS-TLS13']],
]

export const differences: ReadonlyMap<string, string> = new Map(
  reasons.flatMap(([reason, names]) => names.map((name) => [name, reason] as const)),
)
