/** What plays `node:crypto` in the page does as `node:crypto` does: each takes what the other makes. */
import node from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fixedKey } from '@mortise/testing'
import played from '../src/peculiar/nodeCrypto.ts'

const message = new TextEncoder().encode('what is signed, hashed and sealed')
const der = {
  publicKeyEncoding: { format: 'der', type: 'spki' },
  privateKeyEncoding: { format: 'der', type: 'pkcs8' },
} as const
const pem = {
  publicKeyEncoding: { format: 'pem', type: 'spki' },
  privateKeyEncoding: { format: 'pem', type: 'pkcs8' },
} as const

const toPem = (label: string, bytes: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(bytes).toString('base64')}\n-----END ${label}-----`

describe('hashes', () => {
  it.each(['sha256', 'sha384', 'sha512'])('%s, and HMAC with it', (name) => {
    expect(played.createHash(name).update(message).digest().toString('hex')).toBe(
      node.createHash(name).update(message).digest('hex'),
    )
    const key = new Uint8Array(20).fill(3)
    expect(played.createHmac(name, key).update(message).update(key).digest().toString('hex')).toBe(
      node.createHmac(name, key).update(message).update(key).digest('hex'),
    )
  })
})

describe('AES-GCM', () => {
  it.each(['aes-128-gcm', 'aes-256-gcm'] as const)('%s', (name) => {
    const key = new Uint8Array(name === 'aes-128-gcm' ? 16 : 32).fill(5)
    const [iv, associated] = [new Uint8Array(12).fill(6), new Uint8Array(5).fill(7)]
    const cipher = played.createCipheriv(name, key, iv, { authTagLength: 16 })
    cipher.setAAD(associated)
    const sealed = Buffer.concat([cipher.update(message), cipher.final()])
    const theirs = node.createDecipheriv(name, key, iv, { authTagLength: 16 })
    theirs.setAAD(associated)
    theirs.setAuthTag(Buffer.from(cipher.getAuthTag()))
    expect(Buffer.concat([theirs.update(sealed), theirs.final()])).toEqual(Buffer.from(message))
    const ours = played.createDecipheriv(name, key, iv, { authTagLength: 16 })
    ours.setAAD(associated)
    ours.setAuthTag(cipher.getAuthTag())
    expect(Buffer.concat([ours.update(sealed), ours.final()])).toEqual(Buffer.from(message))
    const wrong = played.createDecipheriv(name, key, iv, { authTagLength: 16 })
    wrong.setAuthTag(cipher.getAuthTag())
    wrong.update(sealed)
    expect(() => wrong.final()).toThrow('authenticate')
  })
})

describe('keys of NIST curves', () => {
  it.each([
    ['prime256v1', 'sha256'],
    ['secp384r1', 'sha384'],
    ['secp521r1', 'sha512'],
  ])('%s', (namedCurve, hash) => {
    const pair = played.generateKeyPairSync('ec', { namedCurve, ...der })
    const [privatePem, publicPem] = [
      toPem('PRIVATE KEY', pair.privateKey as Uint8Array),
      toPem('PUBLIC KEY', pair.publicKey as Uint8Array),
    ]
    const signer = played.createSign(hash)
    signer.update(message)
    const signature = Buffer.from(signer.sign({ key: privatePem }))
    expect(node.createVerify(hash).update(message).verify(publicPem, signature)).toBe(true)
    const theirs = node.createSign(hash).update(message).sign(privatePem)
    const check = (bytes: Uint8Array): boolean => {
      const verifier = played.createVerify(hash)
      verifier.update(bytes)
      return verifier.verify({ key: publicPem }, theirs)
    }
    expect([check(message), check(message.subarray(1))]).toEqual([true, false])

    const other = node.createECDH(namedCurve)
    const share = other.generateKeys()
    const ours = played.createECDH(namedCurve)
    const scalar = Buffer.from(
      node.createPrivateKey(privatePem).export({ format: 'jwk' }).d ?? '',
      'base64url',
    )
    ours.setPrivateKey(scalar)
    const { x = '', y = '' } = node.createPublicKey(publicPem).export({ format: 'jwk' })
    const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
    expect(ours.computeSecret(share).toString('hex')).toBe(other.computeSecret(point).toString('hex'))
  })
})

describe('keys of Edwards and Montgomery curves', () => {
  it.each(['x25519', 'x448'] as const)('%s', (type) => {
    const pair = played.generateKeyPairSync(type, pem)
    const theirs = node.generateKeyPairSync(type as 'x25519')
    const ours = played.diffieHellman({
      privateKey: played.createPrivateKey({ key: pair.privateKey, format: 'pem', type: 'pkcs8' }),
      publicKey: played.createPublicKey({
        key: theirs.publicKey.export({ format: 'der', type: 'spki' }),
        format: 'der',
        type: 'spki',
      }),
    })
    const same = node.diffieHellman({
      privateKey: theirs.privateKey,
      publicKey: node.createPublicKey(String(pair.publicKey)),
    })
    expect(ours.toString('hex')).toBe(same.toString('hex'))
    const jwk = played.createPublicKey({ key: pair.publicKey }).export({ format: 'jwk' })
    expect(jwk).toMatchObject({
      x: node.createPublicKey(pair.publicKey as string).export({ format: 'jwk' }).x,
    })
  })

  it('a public key from its bytes, as a share comes', () => {
    const { publicKey } = node.generateKeyPairSync('x25519')
    const jwk = publicKey.export({ format: 'jwk' })
    expect(played.createPublicKey({ key: jwk, format: 'jwk' }).export({ format: 'pem' })).toBe(
      toPem('PUBLIC KEY', publicKey.export({ format: 'der', type: 'spki' })),
    )
  })

  it.each(['ed25519', 'ed448'] as const)('%s', (type) => {
    const pair = played.generateKeyPairSync(type, pem)
    const signature = Buffer.from(played.sign(null, message, pair.privateKey))
    expect(node.verify(null, message, pair.publicKey as string, signature)).toBe(true)
    const theirs = node.sign(null, message, String(pair.privateKey))
    expect(played.verify(null, message, { key: pair.publicKey }, theirs)).toBe(true)
    expect(played.verify(null, message.subarray(1), { key: pair.publicKey }, theirs)).toBe(false)
  })
})

it.each(['sha256', 'sha512'])('RSASSA-PSS and PKCS #1 with %s', (hash) => {
  const { pkcs8, spki } = fixedKey('rsa')
  const [privatePem, publicPem] = [toPem('PRIVATE KEY', pkcs8), toPem('PUBLIC KEY', spki)]
  const { RSA_PKCS1_PSS_PADDING: pss } = node.constants
  const name = `RSA-${hash.toUpperCase()}`
  const signer = played.createSign(name)
  signer.update(message)
  const signature = Buffer.from(signer.sign({ key: privatePem, padding: pss }))
  const saltLength = node.constants.RSA_PSS_SALTLEN_DIGEST
  expect(node.verify(hash, message, { key: publicPem, padding: pss, saltLength }, signature)).toBe(true)
  for (const padding of [pss, node.constants.RSA_PKCS1_PADDING]) {
    const theirs = node.sign(hash, message, { key: privatePem, padding, saltLength })
    const verifier = played.createVerify(name)
    verifier.update(message)
    expect(verifier.verify({ key: publicPem, padding }, theirs)).toBe(true)
  }
})
