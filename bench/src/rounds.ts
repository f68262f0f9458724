/** Rounds in which every subject has its turn, so that whatever else the machine does meets them all alike. */
import { holdOpen } from './heldOpen.ts'
import type { Sample } from './processorTime.ts'
import type { Subject } from './subject.ts'

export type Measure = (subject: Subject, budget: number) => Promise<Sample>

/** Everything that was measured of one subject. */
export interface Measured {
  /** By the name of the measure. */
  readonly samples: Readonly<Record<string, readonly Sample[]>>
  /** Processor time in milliseconds. */
  readonly bareHandshake: readonly number[]
  readonly bareMegabyte: readonly number[]
}

/** Of one turn, in milliseconds of processor time: long enough for the slowest provider, short enough for many rounds. */
const turn = 200
const leastRounds = 3
/** Engines take a thousand handshakes until they have compiled what is worth it. */
const warmUp = 3000

/** @param budget milliseconds that all of it may take, about; three rounds are made in any case */
export async function runRounds(
  subjects: readonly Subject[],
  measures: Readonly<Record<string, Measure>>,
  budget: number,
): Promise<ReadonlyMap<Subject, Measured>> {
  const measured = new Map(
    subjects.map((subject) => [
      subject,
      {
        samples: Object.fromEntries(Object.keys(measures).map((name) => [name, [] as Sample[]])),
        bareHandshake: [] as number[],
        bareMegabyte: [] as number[],
      },
    ]),
  )
  const held = await Promise.all(subjects.map(holdOpen))
  // Engines compile what runs often: what is measured has run before
  for (const subject of subjects)
    for (const measure of Object.values(measures)) await measure(subject, warmUp)
  const end = performance.now() + budget
  for (let round = 0; round < leastRounds || performance.now() < end; round++)
    for (const [subject, { samples, bareHandshake, bareMegabyte }] of measured) {
      for (const [name, measure] of Object.entries(measures))
        samples[name]?.push(await measure(subject, turn))
      if (subject.bare) {
        bareHandshake.push(await subject.bare.handshake())
        bareMegabyte.push(await subject.bare.megabyte())
      }
    }
  await Promise.all(held.map(async (close) => close()))
  return measured
}
