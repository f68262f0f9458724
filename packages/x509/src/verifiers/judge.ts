/** What verifiers without a path share: the end entity's certificate or key, and one place where a refusal becomes a verdict. */
import { parseCertificate, type Certificate } from '../certificate.ts'
import { DerReader } from '../der.ts'
import { defaultLimits } from '../path/limits.ts'
import { readPublicKey } from '../publicKey.ts'
import { asRefusal, Refusal, rejected, type Verdict } from '../verdict.ts'
import type { CertificateVerifier, KeyVerifierOptions, VerifierInput } from './verifier.ts'

/** Parses the end entity's certificate and accepts it if `judge` throws no Refusal. */
export async function judgeEndEntity(
  { chain }: VerifierInput,
  judge: (endEntity: Certificate) => Promise<void> | void,
): Promise<Verdict> {
  let endEntity: Certificate | undefined
  try {
    const [first] = chain
    if (!first) throw new Refusal('ERR_X509_EMPTY_CHAIN')
    if (first.length > defaultLimits.maxCertificateSize) throw new Refusal('ERR_X509_CERTIFICATE_TOO_LARGE')
    endEntity = parseCertificate(first)
    await judge(endEntity)
    return { ok: true, path: [endEntity], anchor: undefined, publicKey: endEntity.publicKey.spki.slice() }
  } catch (error) {
    return rejected(asRefusal(error, endEntity))
  }
}

/**
 * A verifier that looks at nothing but the end entity's key: that of its certificate, or one that came without.
 * @param judge accepts the DER of a SubjectPublicKeyInfo if it throws no Refusal
 */
export function keyVerifier(
  identity: string,
  { rawPublicKeys }: KeyVerifierOptions,
  judge: (spki: Uint8Array, input: VerifierInput) => Promise<void> | void,
): CertificateVerifier {
  return {
    identity: rawPublicKeys === undefined ? identity : `${identity} rawPublicKeys:${rawPublicKeys}`,
    ...(rawPublicKeys === undefined ? {} : { rawPublicKeys }),
    verify: async (input) => {
      const { rawPublicKey } = input
      if (rawPublicKey && rawPublicKeys !== undefined) return judgeRawPublicKey(rawPublicKey, input, judge)
      if (rawPublicKeys === 'required')
        return rejected(
          new Refusal('ERR_X509_REFUSED', { found: 'a certificate in place of a raw public key' }),
        )
      return judgeEndEntity(input, ({ publicKey }) => judge(publicKey.spki, input))
    },
  }
}

async function judgeRawPublicKey(
  rawPublicKey: Uint8Array,
  input: VerifierInput,
  judge: (spki: Uint8Array, input: VerifierInput) => Promise<void> | void,
): Promise<Verdict> {
  try {
    const reader = new DerReader(rawPublicKey)
    readPublicKey(reader)
    reader.end()
    await judge(rawPublicKey, input)
    return { ok: true, path: [], anchor: undefined, publicKey: rawPublicKey.slice() }
  } catch (error) {
    return rejected(asRefusal(error))
  }
}

/** What the application's own code threw becomes the reason of a refusal. */
export async function askApplication<T>(call: () => T | Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (cause) {
    throw new Refusal('ERR_X509_REFUSED', { found: "an exception in the application's code", cause })
  }
}
