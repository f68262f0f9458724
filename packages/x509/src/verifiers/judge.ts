/** What verifiers without a path share: the end entity's certificate, and one place where a refusal becomes a verdict. */
import { parseCertificate, type Certificate } from '../certificate.ts'
import { defaultLimits } from '../path/limits.ts'
import { asRefusal, Refusal, rejected, type Verdict } from '../verdict.ts'
import type { VerifierInput } from './verifier.ts'

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

/** What the application's own code threw becomes the reason of a refusal. */
export async function askApplication<T>(call: () => T | Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (cause) {
    throw new Refusal('ERR_X509_REFUSED', { found: "an exception in the application's code", cause })
  }
}
