import type { Secret } from '@mortise/crypto'

/** A secret that no provider under test has made; its bytes must never be asked for. */
export function foreignSecret(length: number): Secret {
  const refuse = (): never => {
    throw new Error("another provider's secret was asked for its bytes")
  }
  return { kind: 'conformance suite', length, reveal: refuse, destroy: () => undefined }
}
