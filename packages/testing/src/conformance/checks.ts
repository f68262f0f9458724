/** The comparisons that cases are written with. Each failure says what was expected and what was found. */
import type { CryptoErrorCode, MaybePromise, Secret } from '@mortise/crypto'
import { equalBytes, hex } from '@mortise/wire'
import { fail, skip } from './conformanceCase.ts'

const shown = 40

export function expectBytes(actual: Uint8Array, expected: Uint8Array | string, what: string): void {
  if (!(actual instanceof Uint8Array)) fail(`${what}: expected a Uint8Array, found ${typeof actual}`)
  const wanted = typeof expected === 'string' ? expected : hex(expected)
  const found = hex(actual)
  if (found !== wanted) fail(`${what}: expected ${abridged(wanted)}, found ${abridged(found)}`)
}

export function expectEqual<T extends string | number | boolean | undefined>(
  actual: T,
  expected: T,
  what: string,
): void {
  if (actual !== expected) fail(`${what}: expected ${String(expected)}, found ${String(actual)}`)
}

export function expectTrue(condition: boolean, what: string): void {
  if (!condition) fail(what)
}

export function expectDifferent(a: Uint8Array, b: Uint8Array, what: string): void {
  if (equalBytes(a, b)) fail(`${what}: twice ${abridged(hex(a))}`)
}

/** Whether it was thrown or rejected makes no difference. */
export async function expectCryptoError(
  codes: readonly CryptoErrorCode[],
  what: string,
  action: () => unknown,
): Promise<void> {
  const error = await errorOf(action)
  const code = error ? cryptoErrorCode(error.thrown) : undefined
  const wanted = codes.join(' or ')
  if (!error) fail(`${what}: expected ${wanted}, but it was accepted`)
  else if (!code) fail(`${what}: expected ${wanted}, found ${String(error.thrown)}`)
  else if (!codes.some((item) => item === code)) fail(`${what}: expected ${wanted}, found ${code}`)
}

/** Any error will do, where the contract names none. */
export async function expectError(what: string, action: () => unknown): Promise<void> {
  if (!(await errorOf(action))) fail(`${what}: expected an error, but it was accepted`)
}

/** A verification that must not succeed: `false`, or the key is refused. No other error. */
export async function expectRefusedSignature(
  what: string,
  verify: () => MaybePromise<boolean>,
): Promise<void> {
  let verified: boolean
  try {
    verified = await verify()
  } catch (error) {
    if (cryptoErrorCode(error) === 'ERR_CRYPTO_INVALID_KEY') return
    fail(`${what}: expected false or ERR_CRYPTO_INVALID_KEY, found ${String(error)}`)
  }
  expectEqual(verified, false, what)
}

/** Duck-typed: another copy of the crypto package throws another class. */
export function cryptoErrorCode(error: unknown): CryptoErrorCode | undefined {
  if (!(error instanceof Error) || error.name !== 'CryptoError') return undefined
  return (error as Error & { readonly code: CryptoErrorCode }).code
}

/** The bytes of a secret; skips the case if the provider keeps them. */
export function revealed(secret: Secret): Uint8Array {
  try {
    return secret.reveal()
  } catch (error) {
    if (cryptoErrorCode(error) === 'ERR_CRYPTO_SECRET_NOT_EXTRACTABLE')
      skip('the provider does not reveal secrets')
    throw error
  }
}

async function errorOf(action: () => unknown): Promise<{ readonly thrown: unknown } | undefined> {
  try {
    await action()
    return undefined
  } catch (thrown) {
    return { thrown }
  }
}

function abridged(digits: string): string {
  const length = digits.length / 2
  return `${length} bytes ${digits.length > 2 * shown ? `${digits.slice(0, 2 * shown)}…` : digits}`
}
