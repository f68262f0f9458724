/** Every provider against every other one: what one seals, signs and offers, the other opens, verifies and answers. */
import { agreementCases } from '@mortise/testing'
import { describe, expect, it } from 'vitest'
import { subjects } from './subjects.ts'

const pairs = subjects.flatMap((one, at) => subjects.slice(at + 1).map((other) => ({ one, other })))

describe.each(pairs)('$one.name and $other.name', ({ one, other }) => {
  const cases = agreementCases(one.provider, other.provider, { rounds: 2 })

  it.each(cases)('$group: $name', async ({ run }) => {
    expect(await run()).toBeDefined()
  })
})
