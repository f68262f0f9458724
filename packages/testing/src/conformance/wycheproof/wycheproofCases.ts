/**
 * Wycheproof's vectors as conformance cases. The files are not part of this package: get them from
 * https://github.com/C2SP/wycheproof (`testvectors_v1`) and pass each one's name and parsed JSON.
 */
import type { CryptoProvider } from '@mortise/crypto'
import { conformanceCase, skip, type ConformanceCase } from '../conformanceCase.ts'
import { checkAead } from './aead.ts'
import { checkHkdf, checkHmac } from './hashes.ts'
import { checkEcdhPoint, checkEcdhSpki, checkXdh } from './keyExchange.ts'
import { checkDecapsulation, checkEncapsulation, checkKeyGeneration, skipExpandedKeys } from './mlKem.ts'
import { checkEcdsa, checkEddsa, checkRsaPkcs1, checkRsaPss } from './signatures.ts'
import { parseWycheproof, type WycheproofResult, type WycheproofVector } from './vector.ts'

/** A vector of a Wycheproof file as a case. */
export interface WycheproofCase extends ConformanceCase {
  /** The file's own verdict; TLS may be stricter (compressed points, zero secrets, other salts). */
  readonly result: WycheproofResult
  readonly flags: readonly string[]
}

type Check = (provider: CryptoProvider, vector: WycheproofVector, algorithm: string) => void | Promise<void>

/** By the beginning of a file's `schema`. */
const checks: Readonly<Record<string, Check>> = {
  aead_test_schema: checkAead,
  mac_test_schema: checkHmac,
  hkdf_test_schema: checkHkdf,
  xdh_comp_schema: checkXdh,
  ecdh_ecpoint_test_schema: checkEcdhPoint,
  ecdh_test_schema: checkEcdhSpki,
  ecdsa_verify_schema: checkEcdsa,
  eddsa_verify_schema: checkEddsa,
  rsassa_pss_verify_schema: checkRsaPss,
  rsassa_pkcs1_verify_schema: checkRsaPkcs1,
  mlkem_test_schema: checkDecapsulation,
  mlkem_encaps_test_schema: checkEncapsulation,
  mlkem_keygen_seed_test_schema: checkKeyGeneration,
  mlkem_semi_expanded_decaps_test_schema: skipExpandedKeys,
}

/**
 * One case for each vector of a file; those of a schema that TLS 1.3 has no use for are skipped.
 * @param json the parsed file
 * @throws TypeError if it has not the form of a Wycheproof file
 */
export function wycheproofCases(
  provider: CryptoProvider,
  fileName: string,
  json: unknown,
): readonly WycheproofCase[] {
  const { schema, algorithm, vectors } = parseWycheproof(json)
  const check = Object.entries(checks).find(([name]) => schema.startsWith(name))?.[1]
  return vectors.map((vector) => {
    const { id, comment, flags, result } = vector
    const name = `${id} ${result}${comment ? `: ${comment}` : ''}${flags.length > 0 ? ` (${flags.join(', ')})` : ''}`
    const run = (): void | Promise<void> =>
      check ? check(provider, vector, algorithm) : skip(`TLS 1.3 has no use for ${schema}`)
    return { ...conformanceCase(`wycheproof ${fileName}`, name, run), result, flags }
  })
}

/**
 * At most about `limit` of the cases, always the same ones: at least one of each result with each set of flags,
 * and of each of those as evenly spread as may be. For providers that take minutes for a whole file.
 */
export function sampleWycheproof(cases: readonly WycheproofCase[], limit: number): readonly WycheproofCase[] {
  const share = Math.min(1, limit / cases.length)
  const strata = new Map<string, WycheproofCase[]>()
  for (const item of cases) {
    const key = `${item.result} ${item.flags.join(' ')}`
    strata.set(key, [...(strata.get(key) ?? []), item])
  }
  return [...strata.values()].flatMap((stratum) => {
    const count = Math.max(1, Math.round(stratum.length * share))
    return Array.from(
      { length: count },
      (_, i) => stratum[Math.floor((i * stratum.length) / count)] ?? [],
    ).flat()
  })
}
