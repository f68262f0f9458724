/** Our client against servers that do wrong: each row of the list of negative cases that a client has to reject. */
import { HandshakeType } from '@mortise/wire'
import { describe } from 'vitest'
import { alerts } from './both/alerts.ts'
import { keyUpdate } from './both/keyUpdate.ts'
import { records } from './both/records.ts'
import { check } from './cases.ts'
import { encryptedExtensions } from './client/encryptedExtensions.ts'
import { helloRetryRequest } from './client/helloRetryRequest.ts'
import { order } from './client/order.ts'
import { serverHello } from './client/serverHello.ts'
import { clientAgainst } from './scenario.ts'

describe('records', () => check(records(HandshakeType.server_hello), clientAgainst))
describe('alerts', () => check(alerts(HandshakeType.server_hello), clientAgainst))
describe('KeyUpdate', () => check(keyUpdate, clientAgainst))
describe('order', () => check(order, clientAgainst))
describe('ServerHello', () => check(serverHello, clientAgainst))
describe('HelloRetryRequest', () => check(helloRetryRequest, clientAgainst))
describe('EncryptedExtensions', () => check(encryptedExtensions, clientAgainst))
