import type { MaybePromise } from '@mortise/crypto'
import type { Certificate } from '../certificate.ts'
import { Refusal } from '../verdict.ts'
import { identify } from './identity.ts'
import { askApplication, judgeEndEntity, keyVerifier } from './judge.ts'
import type { CertificateVerifier, KeyVerifierOptions, VerifierInput } from './verifier.ts'

/**
 * Leaves the judgement to the application: `true` accepts; `false`, a sentence that says why not, or an exception
 * refuses. Nothing is checked but that the end entity's certificate parses.
 * @param options `identity` tells this callback's judgement apart from others: see `CertificateVerifier`
 */
export function callback(
  judge: (endEntity: Certificate, input: VerifierInput) => MaybePromise<boolean | string>,
  options: { readonly identity: string },
): CertificateVerifier {
  return {
    identity: identify('callback', options.identity),
    verify: (input) =>
      judgeEndEntity(input, async (endEntity) => {
        const answer = await askApplication(() => judge(endEntity, input))
        if (answer !== true)
          throw new Refusal('ERR_X509_REFUSED', typeof answer === 'string' ? { found: answer } : {})
      }),
  }
}

/** Accepts whoever has a certificate, or a key, that parses. Anybody can then pose as the peer: for experiments only. */
export function unsafeAcceptAny(options: KeyVerifierOptions = {}): CertificateVerifier {
  return keyVerifier('unsafeAcceptAny', options, () => undefined)
}
