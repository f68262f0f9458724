/** Our client against servers that do wrong: each row of the list of negative cases that a client has to reject. */
import { describe } from 'vitest'
import { check } from './cases.ts'
import { wrongServers } from './client/all.ts'
import { clientAgainst } from './scenario.ts'

describe.each(Object.entries(wrongServers))('%s', (_, cases) => {
  check(cases, clientAgainst)
})
