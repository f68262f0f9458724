/**
 * For tests of what stands on Mortise: the conformance suite of crypto providers, connected pairs, peers that do wrong,
 * certificates made on the spot, seeded randomness and a clock that moves when told to.
 */
export { agreementCases, type AgreementOptions } from './conformance/agreementCases.ts'
export { conformanceCases, type ConformanceOptions } from './conformance/conformanceCases.ts'
export {
  runConformanceCases,
  type CaseResult,
  type ConformanceCase,
  type ConformanceFailure,
  type ConformanceSummary,
} from './conformance/conformanceCase.ts'
export {
  sampleWycheproof,
  wycheproofCases,
  type WycheproofCase,
} from './conformance/wycheproof/wycheproofCases.ts'
export type { WycheproofResult } from './conformance/wycheproof/vector.ts'
export { fixedKey, type FixedKey, type FixedKeyName } from './keys/fixedKeys.ts'
export { fakeClock, type FakeClock } from './fakeClock.ts'
export { seededRandom, type SeededRandom, withRandom } from './seededRandom.ts'
export {
  issueCertificate,
  type CertificateExtension,
  type CertificateOptions,
} from './certificates/issueCertificate.ts'
export { testAuthority, type TestAuthority } from './certificates/testAuthority.ts'

// Connections in memory
export {
  connectedPair,
  type ConnectedPair,
  type ConnectedPairOptions,
  type PairEnd,
} from './pair/connectedPair.ts'
export { link, type Link, type LinkEnd } from './pair/link.ts'

// Peers that do wrong
export type { Edit, PeerAction } from './peer/actions.ts'
export {
  changeMessage,
  combineEdits,
  dropMessage,
  editBody,
  editExtensions,
  editFields,
  editMessageBytes,
  handshakeMessage,
  inFlight,
  rawMessage,
  repeatMessage,
  swapMessages,
  writeAfter,
  writeBefore,
} from './peer/edits.ts'
export { changedClientHello } from './peer/clientHello.ts'
export type { Heard } from './peer/hearing.ts'
export { scriptedPeer, type ScriptedPeer, type ScriptedPeerOptions } from './peer/scriptedPeer.ts'
export { innerPlaintext, plaintextRecord, type RecordForm } from './peer/sealing.ts'
