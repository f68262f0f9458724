/** Whatever the bytes are: a value or an X509Error from the parsers, a verdict from verification. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseCertificate, type Certificate } from './certificate.ts'
import type { ExtensionDefinition } from './extensions/definition.ts'
import { readExtension } from './extensions/definition.ts'
import { makeAuthority, makeRoot, makeServer, now } from './fixtures/certificates.ts'
import * as make from './fixtures/extensions.ts'
import { keyNamed } from './fixtures/keys.ts'
import { makeOcspResponse, makeRevocationList } from './fixtures/revocation.ts'
import { certificateTimestamp, embedded, logKeys, timestampList } from './fixtures/timestamps.ts'
import { provider } from './fixtures/verify.ts'
import * as x509 from './index.ts'

const root = makeRoot()
const authority = makeAuthority(root, {
  key: keyNamed('Authority', 'rsaPss'),
  extensions: [
    make.nameConstraints({
      permitted: ['dns:example.com', 'email:example.com', 'uri:.example.com', 'ip:192.0.2.0/255.255.255.0'],
      excluded: ['directory:Elsewhere', 'dns:bad.example.com'],
    }),
    make.certificatePolicies('2.23.140.1.2.1', '1.2.3'),
    make.policyMappings(['1.2.3', '1.2.4']),
    make.policyConstraints(3, 4),
    make.inhibitAnyPolicy(5),
  ],
})
const [log = keyNamed('log')] = logKeys
const server = makeServer(authority, {
  subject: 'O=Example/OU=é/CN=example.com',
  extensions: [
    make.subjectAltName(['example.com', '192.0.2.1', 'email:a@example.com', 'uri:https://a.example.com/']),
    make.certificatePolicies('2.23.140.1.2.1'),
    make.tlsFeature(5),
    embedded(timestampList(certificateTimestamp(log, root))),
  ],
})
const ocspResponse = makeOcspResponse(server)
const scts = timestampList(certificateTimestamp(log, server))
const list = makeRevocationList(authority, { revoked: [server] })

const definitions: readonly ExtensionDefinition<unknown>[] = [
  x509.authorityInformationAccess,
  x509.authorityKeyIdentifier,
  x509.basicConstraints,
  x509.certificatePolicies,
  x509.cRLDistributionPoints,
  x509.extendedKeyUsage,
  x509.inhibitAnyPolicy,
  x509.keyUsage,
  x509.nameConstraints,
  x509.policyConstraints,
  x509.policyMappings,
  x509.subjectAlternativeName,
  x509.subjectKeyIdentifier,
  x509.tlsFeature,
]

interface Change {
  readonly at: number
  readonly remove: number
  readonly insert: Uint8Array
}

/** Bytes replaced, inserted and cut out, here and there. */
const changes = fc.array(
  fc.record({
    at: fc.nat(),
    remove: fc.oneof(fc.constant(0), fc.constant(1), fc.nat(40)),
    insert: fc.oneof(
      fc.uint8Array({ maxLength: 2 }),
      // Tags and lengths, which random bytes rarely are
      fc
        .constantFrom([0x30, 0x80], [0x30, 0], [0xa0], [0xa3], [0x84, 255, 255, 255, 255], [0x1f], [5, 0])
        .map((bytes) => Uint8Array.from(bytes)),
    ),
  }),
  { minLength: 1, maxLength: 4 },
)

const apply = (bytes: Uint8Array, edits: readonly Change[]): Uint8Array =>
  edits.reduce<Uint8Array>((before, { at, remove, insert }) => {
    const from = at % (before.length + 1)
    return Uint8Array.from([...before.slice(0, from), ...insert, ...before.slice(from + remove)])
  }, bytes)

/** The value, or `undefined` for an X509Error. Anything else is thrown on. */
function attempt<T>(call: () => T): T | undefined {
  try {
    return call()
  } catch (error) {
    if (x509.isX509Error(error)) return undefined
    throw error
  }
}

function readEverything(der: Uint8Array): void {
  const certificate: Certificate | undefined = attempt(() => parseCertificate(der))
  if (!certificate) return
  for (const definition of definitions) attempt(() => readExtension(certificate, definition))
  expect(typeof certificate.subject.text).toBe('string')
  expect(typeof x509.verifyServerName(certificate, 'example.com').ok).toBe('boolean')
}

test('certificates: any bytes', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), readEverything))
})

test('certificates: changed ones', () => {
  const original = fc.constantFrom(server.der, authority.der, root.der)
  fc.assert(
    fc.property(original, changes, (der, edits) => readEverything(apply(der, edits))),
    { numRuns: 3000 },
  )
})

test('extensions: any value', () => {
  const value = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc
      .tuple(fc.constantFrom(...parseCertificate(authority.der).extensions.values()), changes)
      .map(([extension, edits]) => apply(extension.value, edits)),
  )
  fc.assert(
    fc.property(fc.constantFrom(...definitions), value, (definition, bytes) => {
      const extension = { type: definition.type, critical: true, value: bytes }
      attempt(() => readExtension({ extensions: new Map([[definition.type, extension]]) }, definition))
    }),
    { numRuns: 3000 },
  )
})

describe('verification', () => {
  const checks = [
    x509.stapledOcsp({ policy: 'require' }),
    x509.certificateTransparency({ logs: [{ key: log.spki }], minimum: 1 }),
  ]
  const perhaps = fc.oneof(fc.constant([]), changes)
  const presented = fc.record({ leaf: perhaps, issuer: perhaps, staple: perhaps, timestamps: perhaps })
  type Presented = typeof presented extends fc.Arbitrary<infer T> ? T : never

  async function judge({ leaf, issuer, staple, timestamps }: Presented): Promise<string> {
    const verdict = await x509.verifyCertificateChain({
      chain: [apply(server.der, leaf), apply(authority.der, issuer), root.der],
      anchors: [root.der],
      time: now,
      purpose: 'server',
      name: 'example.com',
      provider,
      checks,
      ocspResponse: apply(ocspResponse, staple),
      scts: apply(scts, timestamps),
    })
    return verdict.ok ? 'accepted' : verdict.reason
  }

  test('accepts what is not changed', async () => {
    expect(await judge({ leaf: [], issuer: [], staple: [], timestamps: [] })).toBe('accepted')
  })

  test('answers with a verdict, whatever came along', async () => {
    await fc.assert(
      fc.asyncProperty(presented, async (bytes) => {
        expect(await judge(bytes)).toMatch(/^(accepted|ERR_X509_(?!REFUSED|PROVIDER))/)
      }),
      { numRuns: 500 },
    )
  })
})

test('revocation lists: changed ones', () => {
  fc.assert(fc.property(changes, (edits) => void attempt(() => x509.revocationLists([apply(list, edits)]))))
})

test('algorithms and keys that stand alone', async () => {
  const algorithm = keyNamed('Authority', 'rsaPss').signer.algorithm
  await fc.assert(
    fc.asyncProperty(changes, changes, async (onKey, onAlgorithm) => {
      const { spki } = keyNamed('Authority', 'rsaPss')
      const verdict = await x509.verifySignedData({
        algorithm: apply(algorithm, onAlgorithm),
        spki: apply(spki, onKey),
        data: new Uint8Array(1),
        signature: new Uint8Array(256),
        provider,
      })
      expect(verdict.ok).toBe(false)
    }),
  )
})
