/** What a test is about, by its name: the first that fits. */
const groups: readonly (readonly [group: string, names: RegExp])[] = [
  ['compliance policies', /^Compliance/],
  ['raw public keys', /CertificateType|RawPublicKey|RPK/],
  ['delegated credentials', /Delegated/],
  ['certificate compression', /Cert(?:ificate)?Compression/],
  ['pre-shared keys', /^PSK/],
  ['credential selection', /CertificateSelection/],
  ['early data', /EarlyData|0RTT|HalfRTT/],
  ['resumption and tickets', /Resum|Ticket|Session/],
  ['KeyUpdate', /KeyUpdate/],
  ['HelloRetryRequest', /HelloRetryRequest|HRR/],
  ['groups and key shares', /Curve|KeyShare|MLKEM|ECDHE|Groups/],
  ['signatures', /Sign|Verify|KeyUsage|ECDSA|RSA|Ed25519|SigAlg/],
  ['verification of certificates', /Certificate|Verif|Cert/],
  ['stapling', /OCSP|SCT/],
  ['ALPN and SNI', /ALPN|ServerName/],
  ['exporters', /Export|KeyingMaterial/],
  ['versions', /Version/],
  ['cipher suites', /Cipher|AES|CHACHA/],
  ['alerts and shutdown', /Alert|Shutdown/],
  ['GREASE', /GREASE/],
]

export const groupOf = (name: string): string =>
  groups.find(([, names]) => names.test(name))?.[0] ?? 'the rest'
