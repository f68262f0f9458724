/**
 * The rows of the list of negative cases, by who has to reject them, and what is said of those that no case here covers.
 * Rows are named after the layer or message that is wrong, and numbered.
 */

export type Party = 'client' | 'server' | 'accepted'

/** Numbers from the first to the last of each pair; a number alone is itself. */
type Numbers = readonly (number | readonly [first: number, last: number])[]

const both = {
  REC: [
    [1, 22],
    [24, 27],
  ],
  CCS: [
    [1, 2],
    [4, 6],
  ],
  ALR: [[1, 11], 13],
  MSG: [[1, 15]],
  CT: [3, [5, 9], [13, 18], [20, 29], [31, 32]],
  CV: [1, [3, 11]],
  FIN: [[1, 5], 7],
  KU: [[1, 10]],
} as const satisfies Record<string, Numbers>

const client = {
  SH: [[1, 27]],
  HRR: [[1, 16]],
  EE: [[1, 18]],
  CR: [
    [1, 10],
    [12, 15],
  ],
  CT: [1, [10, 12], 19],
  ED: [11],
  NST: [1, [3, 9]],
  ECH: [
    [8, 13],
    [17, 19],
  ],
} as const satisfies Record<string, Numbers>

const server = {
  REC: [23],
  CCS: [3, 7],
  ALR: [12],
  CH: [[1, 58]],
  CH2: [[1, 10]],
  CR: [11, [16, 17]],
  CT: [2, 4, 30],
  CV: [2],
  FIN: [6],
  ED: [
    [1, 10],
    [12, 15],
  ],
  NST: [2],
  ECH: [
    [1, 7],
    [14, 16],
  ],
} as const satisfies Record<string, Numbers>

export const rows: Readonly<Record<Party, readonly string[]>> = {
  client: [...idsOf(both), ...idsOf(client)],
  server: [...idsOf(both), ...idsOf(server)],
  accepted: idsOf({ OK: [[1, 51]] }),
}

function idsOf(parts: Readonly<Record<string, Numbers>>): readonly string[] {
  return Object.entries(parts).flatMap(([name, numbers]) =>
    numbers.flatMap((item) => {
      const [first, last] = typeof item === 'number' ? [item, item] : item
      return Array.from(
        { length: last - first + 1 },
        (_, i) => `${name}-${String(first + i).padStart(2, '0')}`,
      )
    }),
  )
}
