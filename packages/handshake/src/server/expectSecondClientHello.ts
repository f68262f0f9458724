/** The second ClientHello must be the first one, with the changes that RFC 9846 §4.2.2 allows. */
import {
  codeText,
  cookie,
  earlyData,
  ExtensionType,
  inWords,
  keyShare,
  preSharedKey,
  TlsError,
  type ClientHello,
  type KeyShareEntry,
} from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import type { Received, Step } from '../machine.ts'
import {
  readClientHelloInfo,
  requireKeyExchange,
  requireSignatureAlgorithms,
  type ClientHelloInfo,
} from './clientHelloInfo.ts'
import type { ServerContext } from './context.ts'
import { selectAgain } from './selectPreSharedKey.ts'
import { composeServerFlight } from './serverFlight.ts'
import type {
  ExpectCertificate,
  ExpectEndOfEarlyData,
  ExpectFinished,
  ExpectSecondClientHello,
} from './states.ts'

export async function readSecondClientHello(
  { config, first, suite, group, cookie: expectedCookie, messages, key: selected }: ExpectSecondClientHello,
  { raw, body }: Received<'ClientHello'>,
  context: ServerContext,
): Promise<Step<ExpectEndOfEarlyData | ExpectCertificate | ExpectFinished>> {
  const { transcript } = context
  const hello = readClientHelloInfo(body)
  requireKeyExchange(hello)
  const share = readRequestedShare(hello, group.group)
  checkCookie(hello.cookie, expectedCookie)
  checkUnchanged(first, body)
  const key = selected && (await selectAgain(selected, hello, raw, messages))
  if (!key) requireSignatureAlgorithms(hello)
  transcript.add(raw)
  return composeServerFlight(
    { config, hello, suite, key, exchange: { group, share }, retried: true },
    context,
  )
}

/** RFC 9846 §4.2.2, §4.3.8: exactly one share, for the group that we asked for. */
function readRequestedShare({ keyShares }: ClientHelloInfo, group: number): KeyShareEntry {
  const [share, ...others] = keyShares
  if (!share || share.group !== group || others.length > 0)
    throw new TlsError(faults.ERR_TLS_ILLEGAL_PARAMETER, {
      detail: inWords && `the second ClientHello must have one key share, for ${codeText.namedGroup(group)}`,
    })
  return share
}

/** RFC 9846 §4.3.2. */
function checkCookie(actual: Uint8Array | undefined, expected: Uint8Array | undefined): void {
  if (expected && !actual)
    throw new TlsError(faults.ERR_TLS_MISSING_EXTENSION, {
      detail: inWords && 'the second ClientHello has no cookie',
    })
  if (!equal(actual ?? new Uint8Array(0), expected ?? new Uint8Array(0)))
    throw new TlsError(faults.ERR_TLS_WRONG_COOKIE)
}

/** Extensions that may come, go or change (RFC 9846 §4.2.2). */
const mayDiffer: ReadonlySet<number> = /* @__PURE__ */ new Set([
  keyShare.type,
  earlyData.type,
  cookie.type,
  preSharedKey.type,
  ExtensionType.padding,
])

function checkUnchanged(first: ClientHello, second: ClientHello): void {
  const rest = (hello: ClientHello): ClientHello['extensions'] =>
    hello.extensions.filter(({ extensionType }) => !mayDiffer.has(extensionType))
  const [before, after] = [rest(first), rest(second)]
  const same =
    // RFC 9846 §4.3.10: no early data after a HelloRetryRequest
    !has(second, earlyData.type) &&
    // RFC 9846 §4.2.2: pre_shared_key is updated if it was there
    (has(first, preSharedKey.type) || !has(second, preSharedKey.type)) &&
    first.legacyVersion === second.legacyVersion &&
    equal(first.random, second.random) &&
    equal(first.legacySessionId, second.legacySessionId) &&
    equal(first.cipherSuites, second.cipherSuites) &&
    before.length === after.length &&
    before.every((extension, i) => {
      const other = after[i]
      return (
        extension.extensionType === other?.extensionType &&
        equal(extension.extensionData, other.extensionData)
      )
    })
  if (!same) throw new TlsError(faults.ERR_TLS_CLIENT_HELLO_CHANGED)
}

function has({ extensions }: ClientHello, type: number): boolean {
  return extensions.some(({ extensionType }) => extensionType === type)
}

function equal(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
