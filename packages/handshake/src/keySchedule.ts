/**
 * The key schedule of RFC 9846 §7.1 as three stages. A stage can only be reached through the one before it and
 * offers just the secrets that RFC 9846 allows there, so that no application traffic secret can be derived from
 * a schedule that has not seen the key exchange.
 */
import { deriveSecret, expandLabel, type Hash, type Secret } from '@mortise/crypto'

const empty = new Uint8Array(0)

/** After the pre-shared key, or the absence of one, went in. */
export interface EarlyStage {
  /** Moves on, and destroys this stage. `sharedSecret` is `undefined` with psk_ke. */
  readonly mix: (sharedSecret: Secret | undefined) => Promise<HandshakeStage>
  readonly destroy: () => void
}

/** After a pre-shared key went in: only of one are there binders, and secrets for early data. */
export interface PreSharedKeyStage extends EarlyStage {
  readonly binderKey: (label: 'ext binder' | 'res binder' | 'imp binder') => Promise<Secret>
  readonly clientEarlyTrafficSecret: (transcriptHash: Uint8Array) => Promise<Secret>
  readonly earlyExporterSecret: (transcriptHash: Uint8Array) => Promise<Secret>
}

/** After the key exchange went in. */
export interface HandshakeStage {
  readonly hash: Hash
  /** Transcript: ClientHello…ServerHello. */
  readonly clientHandshakeTrafficSecret: (transcriptHash: Uint8Array) => Promise<Secret>
  readonly serverHandshakeTrafficSecret: (transcriptHash: Uint8Array) => Promise<Secret>
  /** Moves on, and destroys this stage. */
  readonly finish: () => Promise<MainStage>
  readonly destroy: () => void
}

/** The main secret. */
export interface MainStage {
  /** Transcript: ClientHello…server Finished. */
  readonly clientApplicationTrafficSecret: (transcriptHash: Uint8Array) => Promise<Secret>
  readonly serverApplicationTrafficSecret: (transcriptHash: Uint8Array) => Promise<Secret>
  readonly exporterSecret: (transcriptHash: Uint8Array) => Promise<Secret>
  /** Transcript: ClientHello…client Finished. */
  readonly resumptionSecret: (transcriptHash: Uint8Array) => Promise<Secret>
  readonly destroy: () => void
}

export async function startKeySchedule(hash: Hash): Promise<EarlyStage> {
  return earlyStage(hash, await hash.extract(undefined, undefined), await hash.digest(empty))
}

export async function startPreSharedKeySchedule(
  hash: Hash,
  preSharedKey: Secret,
): Promise<PreSharedKeyStage> {
  const secret = await hash.extract(undefined, preSharedKey)
  const emptyHash = await hash.digest(empty)
  return {
    ...earlyStage(hash, secret, emptyHash),
    binderKey: async (label) => deriveSecret(hash, secret, label, emptyHash),
    clientEarlyTrafficSecret: async (transcript) => deriveSecret(hash, secret, 'c e traffic', transcript),
    earlyExporterSecret: async (transcript) => deriveSecret(hash, secret, 'e exp master', transcript),
  }
}

function earlyStage(hash: Hash, secret: Secret, emptyHash: Uint8Array): EarlyStage {
  return {
    mix: async (sharedSecret) =>
      handshakeStage(hash, await next(hash, secret, sharedSecret, emptyHash), emptyHash),
    destroy: secret.destroy,
  }
}

function handshakeStage(hash: Hash, secret: Secret, emptyHash: Uint8Array): HandshakeStage {
  return {
    hash,
    clientHandshakeTrafficSecret: async (transcript) =>
      deriveSecret(hash, secret, 'c hs traffic', transcript),
    serverHandshakeTrafficSecret: async (transcript) =>
      deriveSecret(hash, secret, 's hs traffic', transcript),
    finish: async () => mainStage(hash, await next(hash, secret, undefined, emptyHash)),
    destroy: secret.destroy,
  }
}

function mainStage(hash: Hash, secret: Secret): MainStage {
  return {
    clientApplicationTrafficSecret: async (transcript) =>
      deriveSecret(hash, secret, 'c ap traffic', transcript),
    serverApplicationTrafficSecret: async (transcript) =>
      deriveSecret(hash, secret, 's ap traffic', transcript),
    exporterSecret: async (transcript) => deriveSecret(hash, secret, 'exp master', transcript),
    resumptionSecret: async (transcript) => deriveSecret(hash, secret, 'res master', transcript),
    destroy: secret.destroy,
  }
}

/** `Derive-Secret(secret, "derived", "")`, then HKDF-Extract with the next input. The inputs are used up. */
async function next(
  hash: Hash,
  secret: Secret,
  input: Secret | undefined,
  emptyHash: Uint8Array,
): Promise<Secret> {
  const derived = await deriveSecret(hash, secret, 'derived', emptyHash)
  const result = await hash.extract(derived, input)
  secret.destroy()
  derived.destroy()
  input?.destroy()
  return result
}

/** The traffic secret after a KeyUpdate (RFC 9846 §7.2). */
export async function nextTrafficSecret(hash: Hash, secret: Secret): Promise<Secret> {
  return expandLabel(hash, secret, 'traffic upd', empty, hash.length)
}

/** verify_data of a Finished message (RFC 9846 §4.5.3), and a binder's value (§4.3.11.2). */
export async function finishedMac(
  hash: Hash,
  baseKey: Secret,
  transcriptHash: Uint8Array,
): Promise<Uint8Array> {
  const finishedKey = await expandLabel(hash, baseKey, 'finished', empty, hash.length)
  const verifyData = await hash.hmac(finishedKey, transcriptHash)
  finishedKey.destroy()
  return verifyData
}
