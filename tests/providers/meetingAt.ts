/** A provider in whose work something happens, at one operation of many. */
import type { CryptoProvider } from '@mortise/crypto'

export interface Meeting<P> {
  readonly provider: P
  /** Which operation that was, if it has come to it. */
  readonly hit: () => string | undefined
}

/** @param met makes something else of what the `at`-th operation answers */
export function meetingAt<P extends CryptoProvider>(
  provider: P,
  at: number,
  met: (answer: unknown) => unknown,
): Meeting<P> {
  const copies = new WeakMap<object, unknown>()
  let count = 0
  let hit: string | undefined
  const call = (run: (...args: unknown[]) => unknown, path: string, args: unknown[]): unknown => {
    const answer = run(...args)
    if (path.endsWith('.destroy') || ++count !== at) return copyOf(answer, path)
    hit = path
    return copyOf(met(answer), path)
  }
  const copyOf = (value: unknown, path: string): unknown => {
    if (value instanceof Promise) return value.then((settled) => copyOf(settled, path))
    if (typeof value === 'function')
      return (...args: unknown[]) => call(value as (...all: unknown[]) => unknown, path, args)
    // A secret must be the very one that the provider has made
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array || 'reveal' in value)
      return value
    const known = copies.get(value)
    if (known) return known
    const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {}
    copies.set(value, copy)
    for (const [name, part] of Object.entries(value))
      Object.assign(copy, { [name]: copyOf(part, `${path}.${name}`) })
    return copy
  }
  return { provider: copyOf(provider, 'provider') as P, hit: () => hit }
}

/** Delivers for as long as it takes to answer a message, whatever the provider needs for it. */
export async function deliver(settle: () => Promise<void>, pauses = 20): Promise<void> {
  for (let i = 0; i < pauses; i++) {
    await settle()
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}
