/** Processor time of this process in milliseconds, all of its threads and the kernel's share included. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** What came of doing something for a while. */
export interface Sample {
  /** How often it was done, or how many megabytes. */
  readonly amount: number
  readonly wallMs: number
  readonly processorMs: number
}

/** @param work answers with the amount that it did */
export async function sample(work: () => Promise<number>): Promise<Sample> {
  const [wall, processor] = [performance.now(), processorTime()]
  const amount = await work()
  return { amount, wallMs: performance.now() - wall, processorMs: processorTime() - processor }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const [low, high] = [sorted[(sorted.length - 1) >> 1] ?? Number.NaN, sorted[middle] ?? Number.NaN]
  return (low + high) / 2
}
