import { describe, expect, expectTypeOf, test } from 'vitest'
import { uint16 } from '../codec/numbers.ts'
import { filler } from '../fixtures/bytes.ts'
import { extensionSamples } from '../fixtures/samples.ts'
import { NamedGroup } from '../registry/namedGroup.ts'
import { extensionTypeName } from '../registry/extensionType.ts'
import { defineExtension, readExtension, writeExtension } from './definition.ts'
import { extensionDefinitions } from './extensionDefinitions.ts'
import { keyShare, type KeyShareEntry } from './keyShare.ts'
import type { ExtensionMessage } from './message.ts'

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

describe('what an error calls an extension', () => {
  test.each(
    extensionDefinitions.map((definition) => [extensionTypeName(definition.type), definition] as const),
  )('%s: as it is registered', (name, definition) => {
    const messages = Object.keys(definition.messages) as readonly ExtensionMessage[]
    for (const message of messages) {
      const extension = { extensionType: definition.type, extensionData: filler(1) }
      const bodies = { [message]: uint16 }
      expect(() => readExtension([extension], { ...definition, messages: bodies }, message)).toThrow(
        `${message.replace(/^./, (first) => first.toUpperCase())}.extensions[0].${name}: 2 bytes needed, 1 there`,
      )
    }
  })

  test('one that is not registered: by its number, or as its definition says', () => {
    const messages = { clientHello: uint16 }
    const extension = { extensionType: 0xfe00, extensionData: filler(1) }
    const read = (name?: string): unknown =>
      readExtension(
        [extension],
        defineExtension({ type: 0xfe00, messages, ...(name !== undefined && { name }) }),
        'clientHello',
      )
    expect(() => read()).toThrow('ClientHello.extensions[0].0xfe00: 2 bytes needed, 1 there')
    expect(() => read('our_own')).toThrow('ClientHello.extensions[0].our_own: 2 bytes needed, 1 there')
  })
})

test('every body of every extension is among those that the property tests cover', () => {
  const covered = new Set(extensionSamples.map(({ codec }) => codec))
  const missing = extensionDefinitions.flatMap(({ type, messages }) =>
    Object.entries(messages).flatMap(([message, codec]) =>
      covered.has(codec) ? [] : [`${extensionTypeName(type)} in ${message}`],
    ),
  )
  expect(missing).toEqual([])
})
