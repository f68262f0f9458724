/** Rows that no case of these tests covers: where their test is, or why there is none. */

const quic = 'there is no QUIC here: the handshake serves it, but sets no transport parameters'
const ech = 'there is no Encrypted Client Hello'

export const elsewhere: Readonly<Record<string, string>> = {
  'REC-18': 'see packages/record/src/recordWriter.test.ts',
  'REC-19': 'see packages/record/src/recordWriter.test.ts',
  'CCS-07': quic,
  'CH-44': 'taken: an extension that we do not implement is not looked at, see OK-26',
  'CH-45': quic,
  'CH-46': quic,
  'EE-18': quic,
  'CR-10': quic,
  'CT-15': 'see packages/x509/src/verifySignedData.test.ts',
  'CT-30': 'see tests/doors/oidFilters.test.ts',
  'CT-31': 'see packages/x509/src/path/role.test.ts',
  'CT-32': 'see packages/crypto/src/keys/pssParameters.test.ts',
  'ED-12': quic,
  'NST-07': quic,
  'NST-08': 'there is no tls_flags here, an extension of a ticket that is ignored',
  'KU-06': quic,
  'KU-09': 'local: nobody lives to see 2^48 updates; they are counted by nobody',
  'OK-33': 'there is no stateless server that answers a first ClientHello and forgets it',
  'OK-38': 'see packages/x509/src/verifySignedData.test.ts',
  'OK-42': "there is no count of the peer's epochs and records that could refuse any",
  ...Object.fromEntries(Array.from({ length: 19 }, (_, i) => [`ECH-${String(i + 1).padStart(2, '0')}`, ech])),
}
