/** What a provider says of itself: code points, names, lengths, order. Nothing is computed here. */
import {
  cipherSuites,
  finiteFields,
  signatureDescriptors,
  type AeadName,
  type ApprovalStatus,
  type CryptoProvider,
  type HashName,
} from '@mortise/crypto'
import { NamedGroup, namedGroupName } from '@mortise/wire'
import { expectDifferent, expectEqual, expectTrue } from './checks.ts'
import { conformanceCase, skip, type ConformanceCase } from './conformanceCase.ts'

const hashLengths: Readonly<Record<HashName, number>> = { sha256: 32, sha384: 48, sha512: 64 }

const aeadLengths: Readonly<Record<AeadName, readonly [key: number, tag: number]>> = {
  'aes-128-gcm': [16, 16],
  'aes-256-gcm': [32, 16],
  'chacha20-poly1305': [32, 16],
  'aes-128-ccm': [16, 16],
  'aes-128-ccm-8': [16, 8],
}

const statuses: ReadonlySet<ApprovalStatus> = new Set(['approved', 'not-approved', 'unknown'])

const groupNames: readonly (keyof typeof NamedGroup)[] = [
  'X25519MLKEM768',
  'SecP256r1MLKEM768',
  'SecP384r1MLKEM1024',
  'MLKEM1024',
  'x25519',
  'secp256r1',
  'secp384r1',
  'secp521r1',
  'x448',
  ...finiteFields().map(({ name }) => name),
]

/** RFC 9846 §9.1: what an application without a profile of its own must have. */
const mandatory = {
  suite: 'TLS_AES_128_GCM_SHA256',
  group: 'secp256r1',
  signatures: ['ecdsa_secp256r1_sha256', 'rsa_pss_rsae_sha256', 'rsa_pkcs1_sha256'],
} as const

const randomLengths = [0, 1, 31, 32, 33, 65_536, 65_537, 200_000]

export function descriptorCases(provider: CryptoProvider): readonly ConformanceCase[] {
  const { hashes, aeads, groups, signatures } = provider
  const check = (name: string, run: () => void): ConformanceCase => conformanceCase('descriptors', name, run)
  return [
    check('the provider has a name', () => expectTrue(provider.name.length > 0, 'an empty name')),
    check('hashes are known, unique and of the right length', () => {
      expectUnique(hashes.map(({ name }) => name))
      for (const { name, length } of hashes) expectEqual(length, hashLengths[name], `length of ${name}`)
    }),
    check('AEADs are known, unique and of the right lengths', () => {
      expectUnique(aeads.map(({ name }) => name))
      for (const { name, keyLength, tagLength, nonceLength } of aeads) {
        const [key, tag] = aeadLengths[name]
        expectEqual(keyLength, key, `key length of ${name}`)
        expectEqual(tagLength, tag, `tag length of ${name}`)
        expectEqual(nonceLength, 12, `nonce length of ${name}`)
      }
    }),
    check('groups are unique and named as registered', () => {
      expectUnique(groups.map(({ group }) => namedGroupName(group)))
      for (const { group, name } of groups) {
        expectEqual(name, namedGroupName(group), `name of group 0x${group.toString(16)}`)
        expectTrue(name in NamedGroup, `${name} is not registered`)
      }
    }),
    check('signature algorithms are unique and those of the table', () => {
      expectUnique(signatures.map(({ name }) => name))
      const table = signatureDescriptors()
      for (const { name, scheme, key, hash, padding } of signatures) {
        const entry = table.find((item) => item.name === name)
        expectEqual(scheme, entry?.scheme, `scheme of ${name}`)
        expectEqual(JSON.stringify(key), JSON.stringify(entry?.key), `key type of ${name}`)
        expectEqual(hash, entry?.hash, `hash of ${name}`)
        expectEqual(padding, entry?.padding, `padding of ${name}`)
      }
    }),
    check('every algorithm has an approval status', () => {
      for (const { name, approval } of [...hashes, ...aeads, ...groups, ...signatures])
        expectTrue(statuses.has(approval), `${name}: approval ${approval}`)
    }),
    check('X25519MLKEM768 comes first where it is present', () => {
      if (!groups.some(({ group }) => group === NamedGroup.X25519MLKEM768))
        skip('not offered: X25519MLKEM768')
      expectEqual(groups[0]?.name, 'X25519MLKEM768', 'the first group')
    }),
    check('random() gives as many bytes as asked for, others each time', () => {
      for (const length of randomLengths) expectEqual(provider.random(length).length, length, 'length')
      expectDifferent(provider.random(32), provider.random(32), 'random(32)')
      const first = provider.random(32)
      const copy = first.slice()
      provider.random(32)
      expectTrue(
        first.every((byte, i) => byte === copy[i]),
        'random() overwrote what it gave before',
      )
    }),
    check('what RFC 9846 §9.1 makes mandatory is there', () => {
      const missing = [
        ...(cipherSuites(provider).some(({ name }) => name === mandatory.suite) ? [] : [mandatory.suite]),
        ...(groups.some(({ name }) => name === mandatory.group) ? [] : [mandatory.group]),
        ...mandatory.signatures.filter((name) => !signatures.some((item) => item.name === name)),
      ]
      if (missing.length > 0) skip(`not offered: ${missing.join(', ')}`)
    }),
    ...offered(
      'hash',
      Object.keys(hashLengths),
      hashes.map(({ name }) => name),
    ),
    ...offered(
      'AEAD',
      Object.keys(aeadLengths),
      aeads.map(({ name }) => name),
    ),
    ...offered(
      'group',
      groupNames,
      groups.map(({ name }) => name),
    ),
    ...offered(
      'signature algorithm',
      signatureDescriptors().map(({ name }) => name),
      signatures.map(({ name }) => name),
    ),
  ]
}

/** One case for each known algorithm, so that a report shows what was not tested. */
function offered(
  kind: string,
  known: readonly string[],
  present: readonly string[],
): readonly ConformanceCase[] {
  return known.map((name) =>
    conformanceCase('offered', `${kind} ${name}`, () => {
      if (!present.includes(name)) skip(`not offered: ${name}`)
    }),
  )
}

function expectUnique(names: readonly string[]): void {
  const repeated = names.find((name, i) => names.indexOf(name) !== i)
  expectTrue(repeated === undefined, `${repeated} is there twice`)
}
