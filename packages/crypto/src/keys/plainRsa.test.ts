import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { expect, test } from 'vitest'
import { restrictedRsaPss } from '../fixtures/rsaPss.ts'
import { plainRsaPkcs8, plainRsaSpki } from './plainRsa.ts'
import { readPrivateKeyInfo } from './privateKey.ts'
import { readSubjectPublicKeyInfo } from './publicKey.ts'

interface Pair {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

const derOf = (key: KeyObject): Uint8Array =>
  new Uint8Array(key.export({ format: 'der', type: key.type === 'public' ? 'spki' : 'pkcs8' }))

function plain({ publicKey, privateKey }: Pair): { readonly spki: Uint8Array; readonly pkcs8: Uint8Array } {
  const spki = readSubjectPublicKeyInfo(derOf(publicKey))
  const pkcs8 = readPrivateKeyInfo(derOf(privateKey))
  if (!('modulus' in spki) || !('modulus' in pkcs8)) throw new Error('no RSA key')
  return { spki: plainRsaSpki(spki), pkcs8: plainRsaPkcs8(pkcs8) }
}

test('a key of rsaEncryption is written as node:crypto writes it (RFC 8017 §A.1)', () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 1024 })
  expect(plain(pair)).toEqual({ spki: derOf(pair.publicKey), pkcs8: derOf(pair.privateKey) })
})

test.each<readonly [string, Pair]>([
  ['without', generateKeyPairSync('rsa-pss', { modulusLength: 1024 })],
  ['with', restrictedRsaPss('sha384', 'sha256', 40)],
])('a key of id-RSASSA-PSS %s restrictions is the same key of rsaEncryption', (_, pair) => {
  const { spki, pkcs8 } = plain(pair)
  const publicKey = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  const privateKey = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
  expect([publicKey.asymmetricKeyType, privateKey.asymmetricKeyType]).toEqual(['rsa', 'rsa'])
  expect(derOf(createPublicKey(privateKey))).toEqual(spki)
})
