/** Which rows of the list of negative cases are covered, by which cases, and where the others are. */
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { HandshakeType } from '@mortise/wire'
import { acceptedOfBoth, closing } from './accepted/both.ts'
import { acceptedOfServers } from './accepted/client.ts'
import { acceptedOfClients } from './accepted/server.ts'
import { wrongServers } from './client/all.ts'
import { elsewhere } from './elsewhere.ts'
import { rows, type Party } from './rows.ts'
import { wrongClients } from './server/all.ts'

type Ids = readonly { readonly id: string }[]

/** Those that a party has to reject, but for rows of what must be accepted, which stand among them where it is more fitting. */
const closings: Ids = closing.flatMap(() => [{ id: 'OK-44' }, { id: 'OK-45' }, { id: 'ALR-09' }])
const byClient: Ids = [
  ...Object.values(wrongServers).flat(),
  ...acceptedOfBoth(HandshakeType.server_hello),
  ...acceptedOfServers,
  ...closings,
]
const byServer: Ids = [
  ...Object.values(wrongClients).flat(),
  ...acceptedOfBoth(HandshakeType.client_hello),
  ...acceptedOfClients,
  ...closings,
]
const isAccepted = ({ id }: { readonly id: string }): boolean => id.startsWith('OK-')
const cases: Readonly<Record<Party, Ids>> = {
  client: byClient.filter((item) => !isAccepted(item)),
  server: byServer.filter((item) => !isAccepted(item)),
  accepted: [...byClient, ...byServer].filter(isAccepted),
}

const root = new URL('../..', import.meta.url)

describe.each(['client', 'server', 'accepted'] as const)('%s', (party) => {
  const covered = new Set(cases[party].map(({ id }) => id))
  const own = rows[party].filter((id) => covered.has(id))
  const others = Object.entries(elsewhere).filter(([id]) => rows[party].includes(id) && !covered.has(id))

  it(`${own.length} of ${rows[party].length} rows are covered here, by ${cases[party].length} cases`, () => {
    const missing = rows[party].filter((id) => !covered.has(id) && !(id in elsewhere))
    expect(missing).toEqual([])
  })

  it.each(others)('%s is not: %s', (_, reason) => {
    const [, file] = /^see (\S+)/.exec(reason) ?? []
    expect(file ? existsSync(new URL(file, root)) : /^(there is no|local:|taken:) ./.test(reason)).toBe(true)
  })
})

it('knows every row that a case names', () => {
  const known = new Set(Object.values(rows).flat())
  const named = Object.values(cases).flatMap((list) => list.map(({ id }) => id))
  expect(named.filter((id) => !known.has(id))).toEqual([])
  expect(Object.keys(elsewhere).filter((id) => !known.has(id))).toEqual([])
})
