/** Our client against servers that do wrong: each row of the list of negative cases that a client has to reject. */
import { describe } from 'vitest'
import { check } from './cases.ts'
import { order } from './client/order.ts'
import { clientAgainst } from './scenario.ts'

describe('order', () => {
  check(order, clientAgainst)
})
