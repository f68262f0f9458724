/** What the page shows is what happened: each switch changes the handshake, and each failure ends as it must. */
import type { AlertDescription } from '@mortise/wire'
import { describe, expect, it } from 'vitest'
import { play } from '../src/engine/play.ts'
import type { Recording } from '../src/engine/recording.ts'
import { scheduleOf, type ScheduleNode } from '../src/engine/schedule.ts'
import {
  defaultSettings,
  groupNames,
  signatureNames,
  suiteNames,
  type Settings,
} from '../src/engine/settings.ts'

const playWith = (settings: Partial<Settings>): Promise<Recording> =>
  play({ ...defaultSettings, group: 'x25519', clientProvider: 'noble', serverProvider: 'noble', ...settings })

const handshakeOf = ({ messages }: Recording): readonly string[] =>
  messages.filter(({ kind }) => kind === 'handshake').map(({ from, name }) => `${from} ${name}`)

const factsOf = ({ client }: Recording): Readonly<Record<string, string>> => Object.fromEntries(client.facts)

const first = ['client ClientHello', 'server ServerHello', 'server EncryptedExtensions']
const authentication = ['server Certificate', 'server CertificateVerify']
const last = ['server Finished', 'client Finished', 'server NewSessionTicket']

describe('a handshake', () => {
  it('is recorded message by message, with the states that they bring about', async () => {
    const recording = await playWith({})
    expect(handshakeOf(recording)).toEqual([...first, ...authentication, ...last])
    const states = recording.messages
      .filter(({ kind, from }) => kind === 'handshake' && from === 'server')
      .map(({ stateBefore, stateAfter }) => [stateBefore, stateAfter])
    expect(states).toEqual([
      ['ExpectServerHello', 'ExpectEncryptedExtensions'],
      ['ExpectEncryptedExtensions', 'ExpectCertificateOrRequest'],
      ['ExpectCertificateOrRequest', 'ExpectCertificateVerify'],
      ['ExpectCertificateVerify', 'ExpectFinished'],
      ['ExpectFinished', 'Connected'],
      ['Connected', 'Connected'],
    ])
    expect(recording.failures).toEqual([])
    expect(recording.server.received).toBe('GET /hello')
    expect(recording.client.received).toContain('Hello')
  })

  it('has each message in the record that carried it', async () => {
    const { messages, records } = await playWith({ clientCertificate: true })
    for (const { flight, record, level } of messages) {
      const carrier = records.find((piece) => piece.flight === flight && piece.record === record)
      const inside = messages.filter((other) => other.flight === flight && other.record === record)
      const content = inside.reduce((sum, other) => sum + other.bytes.length, 0)
      // Header; and of a protected one, content type and tag (RFC 9846 §5.1, §5.2)
      expect(carrier?.bytes.length).toBe(content + (level === 'initial' ? 5 : 22))
    }
  })

  it('derives a tree of secrets that both ends have (RFC 9846 §7.1)', async () => {
    const recording = await playWith({})
    const [root, ...others] = scheduleOf(recording, 'client')
    expect(others).toEqual([])
    const names: string[] = []
    const walk = ({ derivation, children, shared, stage }: ScheduleNode): void => {
      names.push(derivation.kind === 'extract' ? `extract ${stage}` : derivation.label)
      expect(shared, `${derivation.kind} ${derivation.label}`).toBe(true)
      children.forEach(walk)
    }
    if (root) walk(root)
    for (const name of ['extract 0', 'extract 1', 'extract 2', 'c hs traffic', 's ap traffic', 'res master'])
      expect(names).toContain(name)
  })
})

describe('each switch', () => {
  it('HelloRetryRequest', async () => {
    const recording = await playWith({ helloRetryRequest: true })
    expect(handshakeOf(recording).slice(0, 4)).toEqual([
      'client ClientHello',
      'server HelloRetryRequest',
      'client ClientHello',
      'server ServerHello',
    ])
    expect(factsOf(recording)).toMatchObject({ group: 'x25519', helloRetryRequest: '✓' })
  })

  it('client certificate', async () => {
    const names = handshakeOf(await playWith({ clientCertificate: true }))
    expect(names).toContain('server CertificateRequest')
    expect(names).toContain('client CertificateVerify')
  })

  it('resumption', async () => {
    const recording = await playWith({ resumption: true })
    expect(handshakeOf(recording)).toEqual([...first, ...last])
    expect(factsOf(recording)).toMatchObject({ resumed: '✓' })
  })

  it('early data', async () => {
    const recording = await playWith({ resumption: true, earlyData: true })
    expect(handshakeOf(recording)).toContain('client EndOfEarlyData')
    expect(recording.server.received).toBe('GET /early (early) GET /hello')
    expect(factsOf(recording)).toMatchObject({ earlyData: '✓' })
  })

  it('early data that a HelloRetryRequest ends (RFC 9846 §4.3.10)', async () => {
    const recording = await playWith({ resumption: true, earlyData: true, helloRetryRequest: true })
    expect(recording.messages.find(({ level }) => level === 'early')?.fate).toBe('lost')
    expect(recording.server.received).toBe('GET /hello')
    expect(factsOf(recording)).toMatchObject({ resumed: '✓', helloRetryRequest: '✓' })
  })

  it('KeyUpdate', async () => {
    const recording = await playWith({ keyUpdate: true })
    expect(handshakeOf(recording).slice(-2)).toEqual(['client KeyUpdate', 'server KeyUpdate'])
    expect(recording.derivations.filter(({ label }) => label === 'traffic upd')).toHaveLength(4)
  })

  it.each(suiteNames)('%s', async (suite) => {
    expect(factsOf(await playWith({ suite }))).toMatchObject({ cipherSuite: suite })
  })

  it.each(groupNames)('%s', async (group) => {
    expect(factsOf(await playWith({ group }))).toMatchObject({ group })
  })

  it.each(signatureNames)('%s', async (signature) => {
    expect(factsOf(await playWith({ signature }))).toMatchObject({ peerSignature: signature })
  })

  it.each([
    ['webcrypto', 'noble'],
    ['noble', 'mixed'],
    ['mixed', 'webcrypto'],
    ['peculiar', 'peculiar'],
  ] as const)('%s and %s', async (clientProvider, serverProvider) => {
    const recording = await playWith({ clientProvider, serverProvider })
    expect(recording.client.connected && recording.server.connected).toBe(true)
  })
})

type Row = readonly [
  fault: Settings['fault'],
  message: Settings['faultMessage'],
  side: 'client' | 'server',
  state: string,
  refused: string,
  alert: keyof typeof AlertDescription,
]

describe('each failure is refused, by this end in this state, with this alert', () => {
  const rows: readonly Row[] = [
    ['networkFlip', 'ServerHello', 'client', 'ExpectServerHello', 'ServerHello', 'illegal_parameter'],
    [
      'networkFlip',
      'server Certificate',
      'client',
      'ExpectEncryptedExtensions',
      'EncryptedExtensions',
      'bad_record_mac',
    ],
    ['networkFlip', 'client Finished', 'server', 'ExpectCertificate', 'Certificate', 'bad_record_mac'],
    ['networkDrop', 'ServerHello', 'client', 'ExpectServerHello', 'ServerHello', 'unexpected_message'],
    ['networkSwap', 'ServerHello', 'client', 'ExpectServerHello', 'ServerHello', 'unexpected_message'],
    [
      'peerOmits',
      'EncryptedExtensions',
      'client',
      'ExpectEncryptedExtensions',
      'Certificate',
      'unexpected_message',
    ],
    [
      'peerOmits',
      'server Certificate',
      'client',
      'ExpectCertificateOrRequest',
      'CertificateVerify',
      'unexpected_message',
    ],
    [
      'peerOmits',
      'server CertificateVerify',
      'client',
      'ExpectCertificateVerify',
      'Finished',
      'unexpected_message',
    ],
    [
      'peerOmits',
      'client CertificateVerify',
      'server',
      'ExpectCertificateVerify',
      'Finished',
      'unexpected_message',
    ],
    [
      'peerSwaps',
      'server CertificateVerify',
      'client',
      'ExpectCertificateVerify',
      'Finished',
      'unexpected_message',
    ],
    [
      'peerAlters',
      'server Certificate',
      'client',
      'ExpectCertificateOrRequest',
      'Certificate',
      'bad_certificate',
    ],
    [
      'peerAlters',
      'server CertificateVerify',
      'client',
      'ExpectCertificateVerify',
      'CertificateVerify',
      'decrypt_error',
    ],
    ['peerAlters', 'server Finished', 'client', 'ExpectFinished', 'Finished', 'decrypt_error'],
    ['peerAlters', 'client Certificate', 'server', 'ExpectCertificate', 'Certificate', 'bad_certificate'],
    ['peerAlters', 'client Finished', 'server', 'ExpectFinished', 'Finished', 'decrypt_error'],
    [
      'certificateName',
      'ClientHello',
      'client',
      'ExpectCertificateOrRequest',
      'Certificate',
      'bad_certificate',
    ],
    ['certificateIssuer', 'ClientHello', 'client', 'ExpectCertificateOrRequest', 'Certificate', 'unknown_ca'],
    [
      'certificateExpired',
      'ClientHello',
      'client',
      'ExpectCertificateOrRequest',
      'Certificate',
      'certificate_expired',
    ],
    [
      'certificateKey',
      'ClientHello',
      'client',
      'ExpectCertificateVerify',
      'CertificateVerify',
      'decrypt_error',
    ],
  ]

  it.each(rows)(
    '%s, %s: %s in %s refuses %s with %s',
    async (fault, faultMessage, side, state, refused, alert) => {
      const recording = await playWith({
        fault,
        faultMessage,
        clientCertificate: faultMessage.startsWith('client '),
      })
      const [failure] = recording.failures
      expect(failure).toMatchObject({ side, state, alert })
      const message = recording.messages[failure?.messageId ?? -1]
      expect(message).toMatchObject({ name: refused, fate: 'refused' })
      expect(recording.faultMissed).toBe(false)
      expect(recording.client.received + recording.server.received).not.toContain('Hello')
    },
  )

  it.each([
    ['networkDrop', 'ClientHello'],
    ['networkDrop', 'server Finished'],
    ['peerOmits', 'server Finished'],
  ] as const)('%s, %s: nobody is told anything, and neither is connected', async (fault, faultMessage) => {
    const recording = await playWith({ fault, faultMessage })
    expect(recording).toMatchObject({ stalled: true, failures: [] })
    expect(recording.client.connected || recording.server.connected).toBe(false)
  })

  it('a failure that finds nothing to change is called that', async () => {
    const recording = await playWith({ fault: 'peerOmits', faultMessage: 'CertificateRequest' })
    expect(recording).toMatchObject({ faultMissed: true, failures: [], stalled: false })
  })
})
