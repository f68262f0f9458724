import * as faults from './faults.ts'
import { describe, expect, test } from 'vitest'
import { AlertDescription } from '../registry/alertDescription.ts'
import { isTlsError, TlsError } from './TlsError.ts'

describe('TlsError', () => {
  test('takes alert, blame and sentence from the table of reasons', () => {
    const error = new TlsError(faults.ERR_TLS_DECODE, { detail: 'Finished: 1 byte left over' })
    expect(error).toMatchObject({
      name: 'TlsError',
      code: 'ERR_TLS_DECODE',
      alert: AlertDescription.decode_error,
      blame: 'peer',
      detail: 'Finished: 1 byte left over',
      message: 'the peer sent a message that does not parse: Finished: 1 byte left over',
    })
    expect(error.cause).toBeUndefined()
  })

  test('keeps the cause', () => {
    const cause = new Error('socket')
    expect(new TlsError(faults.ERR_TLS_TRANSPORT, { cause }).cause).toBe(cause)
  })

  test('an alert that is somebody else’s to say replaces that of the table', () => {
    const error = new TlsError(faults.ERR_TLS_ALERT_RECEIVED, { alert: AlertDescription.unknown_ca })
    expect(error.alert).toBe(AlertDescription.unknown_ca)
  })

  test('is known across copies of the package, by its shape', () => {
    expect(isTlsError(new TlsError(faults.ERR_TLS_INTERNAL))).toBe(true)
    const foreign = Object.assign(new Error('…'), { name: 'TlsError', code: 'ERR_TLS_DECODE', blame: 'peer' })
    expect(isTlsError(foreign)).toBe(true)
    expect(isTlsError(new Error('…'))).toBe(false)
    expect(isTlsError({ name: 'TlsError', code: 'ERR_TLS_DECODE', blame: 'peer' })).toBe(false)
    expect(isTlsError(undefined)).toBe(false)
  })
})
