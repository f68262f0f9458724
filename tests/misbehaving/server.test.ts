/** Our server against clients that do wrong: each row of the list of negative cases that a server has to reject. */
import { describe } from 'vitest'
import { check } from './cases.ts'
import { serverAgainst } from './scenario.ts'
import { wrongClients } from './server/all.ts'

describe.each(Object.entries(wrongClients))('%s', (_, cases) => {
  check(cases, serverAgainst)
})
