import { describe, expect, it } from 'vitest'
import { pairsOf, pairwise, product } from './pairwise.ts'

describe('pairwise', () => {
  const dimensions = { colour: ['red', 'green', 'blue'], size: ['s', 'm', 'l', 'xl'], old: [true, false] }

  it('has every pair that can occur, in fewer cases than all', () => {
    const possible = ({ colour, size }: { colour: string; size: string }) =>
      !(colour === 'red' && size === 'xl')
    const cases = pairwise(dimensions, possible)
    const all = product(dimensions).filter(possible)
    expect(new Set(cases.flatMap(pairsOf))).toEqual(new Set(all.flatMap(pairsOf)))
    expect(cases.length).toBeLessThan(all.length)
    expect(cases.every(possible)).toBe(true)
  })

  it('prefers what is cheap', () => {
    const dear = (cases: ReturnType<typeof pairwise<typeof dimensions>>): number =>
      cases.filter(({ size }) => size === 'xl').length
    const cases = pairwise(
      dimensions,
      () => true,
      ({ size }) => (size === 'xl' ? 1 : 0),
    )
    expect(dear(cases)).toBe(3)
  })
})
