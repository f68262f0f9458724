/** Parameter sets of ML-KEM that TLS 1.3 has groups of (FIPS 203 §8). Lengths in bytes. */
export interface MlKemParameters {
  readonly name: 'ML-KEM-768' | 'ML-KEM-1024'
  /** What a client sends. */
  readonly encapsulationKey: number
  /** What a server answers with. */
  readonly ciphertext: number
}

export const mlKem768: MlKemParameters = { name: 'ML-KEM-768', encapsulationKey: 1184, ciphertext: 1088 }

export const mlKem1024: MlKemParameters = { name: 'ML-KEM-1024', encapsulationKey: 1568, ciphertext: 1568 }

/** `d || z`, of which a key pair is made (FIPS 203 §7.1), in bytes. */
export const mlKemSeedLength = 64
