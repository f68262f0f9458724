/** A clock that moves only when told to, so that tests of timeouts and lifetimes take no time and never flake. */

export interface FakeClock {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Like the global of that name; the callback runs in `advance`. */
  readonly setTimeout: (callback: () => void, delay: number) => number
  /** Ignores what is not a running timer. */
  readonly clearTimeout: (timer: number | undefined) => void
  /**
   * Moves on by `milliseconds` and runs what falls due, in order, each at its own time; promises that a callback
   * settles are followed before the next one runs.
   */
  readonly advance: (milliseconds: number) => Promise<void>
  /** How many timers have yet to run: zero at the end of a test that leaks none. */
  readonly pending: () => number
}

interface Timer {
  readonly id: number
  readonly due: number
  readonly callback: () => void
}

/** How many turns of the promise queue a callback gets to settle. */
const turns = 20

/**
 * A clock that stands still at `start` until it is moved.
 * @param start milliseconds since 1970; by default the beginning of 2026
 */
export function fakeClock(start: number = Date.UTC(2026, 0, 1)): FakeClock {
  let time = start
  let lastId = 0
  let timers: readonly Timer[] = []

  const firstDue = (until: number): Timer | undefined =>
    timers
      .filter(({ due }) => due <= until)
      .reduce<Timer | undefined>(
        (first, timer) => (first && first.due <= timer.due ? first : timer),
        undefined,
      )

  return {
    now: () => time,
    setTimeout: (callback, delay) => {
      lastId += 1
      timers = [...timers, { id: lastId, due: time + Math.max(0, delay), callback }]
      return lastId
    },
    clearTimeout: (id) => {
      timers = timers.filter((timer) => timer.id !== id)
    },
    advance: async (milliseconds) => {
      const until = time + milliseconds
      await settle()
      for (let timer = firstDue(until); timer; timer = firstDue(until)) {
        const { id, due, callback } = timer
        timers = timers.filter((other) => other.id !== id)
        time = due
        callback()
        await settle()
      }
      time = until
    },
    pending: () => timers.length,
  }
}

async function settle(): Promise<void> {
  for (let i = 0; i < turns; i++) await Promise.resolve()
}
