import { describe, expect, expectTypeOf, test } from 'vitest'
import { filler } from '../fixtures/bytes.ts'
import { extensionSamples } from '../fixtures/samples.ts'
import { NamedGroup } from '../registry/namedGroup.ts'
import { readExtension, writeExtension } from './definition.ts'
import { extensionDefinitions } from './extensionDefinitions.ts'
import { keyShare, type KeyShareEntry } from './keyShare.ts'

const entry: KeyShareEntry = { group: NamedGroup.x25519, keyExchange: filler(32) }

describe('readExtension and writeExtension', () => {
  test('each message has its own body (RFC 9846 §4.3.8)', () => {
    const request = writeExtension(keyShare, 'clientHello', { clientShares: [entry] })
    const answer = writeExtension(keyShare, 'serverHello', { serverShare: entry })
    expect([request.extensionType, request.extensionData.length]).toEqual([51, 38])
    expect(answer.extensionData).toHaveLength(36)
    expect(readExtension([request], keyShare, 'clientHello')?.clientShares).toEqual([entry])
    expect(readExtension([answer], keyShare, 'serverHello')?.serverShare).toEqual(entry)
    expectTypeOf(readExtension([], keyShare, 'helloRetryRequest')).toEqualTypeOf<
      { readonly selectedGroup: number } | undefined
    >()
  })

  test('an extension that is not there is undefined, whatever else there is', () => {
    const other = { extensionType: 0x0a0a, extensionData: filler(1) }
    expect(readExtension([], keyShare, 'clientHello')).toBeUndefined()
    expect(readExtension([other], keyShare, 'clientHello')).toBeUndefined()
  })

  test('a body does not parse in the message it was not made for', () => {
    const answer = writeExtension(keyShare, 'serverHello', { serverShare: entry })
    expect(() => readExtension([answer], keyShare, 'helloRetryRequest')).toThrow(
      'HelloRetryRequest.extensions[0].key_share: 34 bytes left over',
    )
  })

  test('what is out of bounds is an error of our own', () => {
    const write = (): unknown =>
      writeExtension(keyShare, 'serverHello', { serverShare: { group: 29, keyExchange: filler(0) } })
    expect(write).toThrow(
      'cannot encode KeyShareServerHello.serverShare.keyExchange: length 0, allowed 1..65535',
    )
  })
})

test('every body of every extension is among those that the property tests cover', () => {
  const covered = new Set(extensionSamples.map(({ codec }) => codec))
  const missing = extensionDefinitions.flatMap(({ name, messages }) =>
    Object.entries(messages).flatMap(([message, codec]) =>
      covered.has(codec) ? [] : [`${name} in ${message}`],
    ),
  )
  expect(missing).toEqual([])
})
