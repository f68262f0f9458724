/**
 * Cases of a matrix of several dimensions, reduced: every pair of values of any two dimensions that can occur together
 * occurs in at least one case. Always the same cases for the same matrix.
 */
export type Dimensions = Readonly<Record<string, readonly (string | boolean)[]>>
export type CaseOf<D extends Dimensions> = { readonly [Name in keyof D]: D[Name][number] }

/**
 * @param possible leaves out cases that can't be, and with them the pairs that only those have
 * @param cost of a case: among cases that cover as much, the cheapest is taken
 */
export function pairwise<D extends Dimensions>(
  dimensions: D,
  possible: (candidate: CaseOf<D>) => boolean,
  cost: (candidate: CaseOf<D>) => number = () => 0,
): readonly CaseOf<D>[] {
  const candidates = product(dimensions)
    .filter(possible)
    .map((candidate) => ({ candidate, pairs: pairsOf(candidate), cost: cost(candidate) }))
    .toSorted((one, other) => one.cost - other.cost)
  const open = new Set(candidates.flatMap(({ pairs }) => pairs))
  const chosen: CaseOf<D>[] = []
  while (open.size > 0) {
    let best = { gain: 0, at: -1 }
    for (const [at, { pairs }] of candidates.entries()) {
      const gain = pairs.filter((pair) => open.has(pair)).length
      if (gain > best.gain) best = { gain, at }
    }
    const taken = candidates[best.at]
    if (!taken) break
    for (const pair of taken.pairs) open.delete(pair)
    chosen.push(taken.candidate)
  }
  return chosen
}

/** Names of the pairs of values in a case. */
export function pairsOf(values: Readonly<Record<string, string | boolean>>): readonly string[] {
  const named = Object.entries(values).map(([name, value]) => `${name}=${String(value)}`)
  return named.flatMap((one, index) => named.slice(index + 1).map((other) => `${one} ${other}`))
}

export function product<D extends Dimensions>(dimensions: D): readonly CaseOf<D>[] {
  let cases: readonly Record<string, string | boolean>[] = [{}]
  for (const [name, values] of Object.entries(dimensions))
    cases = cases.flatMap((partial) => values.map((value) => ({ ...partial, [name]: value })))
  return cases as readonly CaseOf<D>[]
}
