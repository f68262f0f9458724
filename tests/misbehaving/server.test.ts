/** Our server against clients that do wrong: each row of the list of negative cases that a server has to reject. */
import { HandshakeType } from '@mortise/wire'
import { describe } from 'vitest'
import { alerts } from './both/alerts.ts'
import { keyUpdate } from './both/keyUpdate.ts'
import { records } from './both/records.ts'
import { check } from './cases.ts'
import { serverAgainst } from './scenario.ts'
import { clientHello } from './server/clientHello.ts'
import { order } from './server/order.ts'

describe('records', () => check(records(HandshakeType.client_hello), serverAgainst))
describe('alerts', () => check(alerts(HandshakeType.client_hello), serverAgainst))
describe('KeyUpdate', () => check(keyUpdate, serverAgainst))
describe('order', () => check(order, serverAgainst))
describe('ClientHello', () => check(clientHello, serverAgainst))
