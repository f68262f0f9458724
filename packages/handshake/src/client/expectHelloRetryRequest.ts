/** HelloRetryRequest: the server wants another share, or its cookie back (RFC 9846 §4.2.4). */
import { codeText, cookie, inWords, keyShare, readExtension, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { dropEarlyExporter } from '../context.ts'
import type { Received, Step } from '../machine.ts'
import { composeSecondClientHello, type Retry, type SentClientHello } from './clientHello.ts'
import type { ClientContext } from './context.ts'
import { checkServerHello } from './expectServerHello.ts'
import type { ExpectSecondServerHello, ExpectServerHello } from './states.ts'

export async function readHelloRetryRequest(
  { hello: first }: ExpectServerHello,
  { raw, body }: Received<'HelloRetryRequest'>,
  context: ClientContext,
): Promise<Step<ExpectSecondServerHello>> {
  const suite = checkServerHello(body, first, context, 'helloRetryRequest')
  const group = readExtension(body.extensions, keyShare, 'helloRetryRequest')?.selectedGroup
  const retryCookie = readExtension(body.extensions, cookie, 'helloRetryRequest')?.cookie
  // RFC 9846 §4.2.4: a retry that changes nothing would go on for ever
  if (group === undefined && retryCookie === undefined) throw new TlsError(faults.ERR_TLS_POINTLESS_RETRY)
  const offer = group === undefined ? undefined : await makeRequestedShare(group, first, context)
  const hello = await composeSecondClientHello(first, { offer, cookie: retryCookie, suite, message: raw })

  dropEarlyExporter(context)
  context.transcript.use(suite.hash)
  await context.transcript.restartForRetry()
  context.transcript.add(raw)
  context.transcript.add(hello.message)
  return {
    next: { name: 'ExpectSecondServerHello', hello, suite, group },
    actions: [
      { kind: 'requireMessageBoundary' },
      ...(first.keys?.earlyData?.endByRetry ?? []),
      // RFC 9846 §E.4: before our second flight, unless it went out before early data
      ...(context.config.compatibilityMode && !first.keys?.earlyData
        ? [{ kind: 'sendChangeCipherSpec' } as const]
        : []),
      { kind: 'send', level: 'initial', message: hello.message },
    ],
  }
}

async function makeRequestedShare(
  group: number,
  first: SentClientHello,
  { config }: ClientContext,
): Promise<NonNullable<Retry['offer']>> {
  const implementation = config.groups.find((item) => item.group === group)
  // RFC 9846 §4.3.8: one of supported_groups, and not one that we sent a share for
  if (!implementation || first.offers.has(group))
    throw new TlsError(faults.ERR_TLS_WRONG_GROUP, {
      detail:
        inWords &&
        `${codeText.namedGroup(group)} ${implementation ? 'already has a share' : 'was not offered'}`,
    })
  for (const offer of first.offers.values()) offer.destroy()
  return { group, offer: await implementation.offer() }
}
