/** CertificateRequest after the handshake: answered at once, under application keys (RFC 9846 §4.7.2). */
import type { CryptoProvider } from '@mortise/crypto'
import { hex, inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { overallApproval } from '../approval.ts'
import type { CredentialSource } from '../authentication/credential.ts'
import { composeFinished } from '../authentication/finished.ts'
import type { HandshakeInfo } from '../info.ts'
import type { AnswerRequest, ClientConnected } from '../postHandshake/connected.ts'
import { countQuietMessage } from '../postHandshake/keyUpdate.ts'
import { composeClientAuthentication } from './authenticate.ts'
import type { ClientProof, FinishedHandshake } from './clientCredentials.ts'
import { checkCertificateRequest } from './expectCertificateRequest.ts'

/** Contexts that are remembered: a server that comes back to an older one only fools itself. */
const maxRemembered = 256

/** The one of the main handshake had no context. */
export function answerRequests(
  source: CredentialSource,
  { asked, certificateType }: FinishedHandshake,
): AnswerRequest {
  return answerNext(source, certificateType, asked ? [''] : [])
}

/** @param contexts of the requests so far, in hexadecimal */
function answerNext(
  source: CredentialSource,
  certificateType: number,
  contexts: readonly string[],
): AnswerRequest {
  return async (state, { raw, body }, context) => {
    const { config } = context
    countQuietMessage(context)
    const id = hex(body.certificateRequestContext)
    // RFC 9846 §4.4.2: unique within the connection
    if (contexts.includes(id))
      throw new TlsError(faults.ERR_TLS_WRONG_REQUEST_CONTEXT, {
        detail: inWords && 'the context was used before',
      })
    checkCertificateRequest(body)

    const transcript = context.transcript.fork()
    transcript.add(raw)
    const proof = await composeClientAuthentication(source, body, { certificateType, config, transcript })
    const finished = await composeFinished(state.suite.hash, state.writeSecret, await transcript.hash())
    const info = infoWith(proof, state, config.provider)
    const requests = [...contexts, id].slice(-maxRemembered)
    return {
      next: { ...state, info, answerRequest: answerNext(source, certificateType, requests) },
      actions: [
        ...[...proof.messages, finished].map(
          (message) => ({ kind: 'send', level: 'application', message }) as const,
        ),
        {
          kind: 'authenticated',
          context: body.certificateRequestContext.slice(),
          peer: undefined,
          info,
        },
      ],
    }
  }
}

function infoWith(
  { localSignatureScheme, localCertificates }: ClientProof,
  { info, suite }: ClientConnected,
  provider: CryptoProvider,
): HandshakeInfo {
  if (localSignatureScheme === undefined) return info
  const schemes = [info.peerSignatureScheme, localSignatureScheme]
  return {
    ...info,
    localSignatureScheme,
    localCertificates,
    approval: overallApproval(provider, suite, info.group, schemes),
  }
}
