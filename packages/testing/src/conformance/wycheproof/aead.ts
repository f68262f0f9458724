/** `aead_test_schema`: AES-GCM, AES-CCM and ChaCha20-Poly1305. */
import type { CryptoProvider } from '@mortise/crypto'
import { concat } from '@mortise/wire'
import { expectBytes } from '../checks.ts'
import { fail, skip } from '../conformanceCase.ts'
import { aeadKey, sealWith } from '../sealing.ts'
import { bytesAt, numberOf, type WycheproofVector } from './vector.ts'

export async function checkAead(
  provider: CryptoProvider,
  { test, group, result }: WycheproofVector,
  algorithm: string,
): Promise<void> {
  const name = nameOf(algorithm, numberOf(group, 'keySize'), numberOf(group, 'tagSize'))
  if (name === undefined) skip('TLS 1.3 has no suite with this key and tag length')
  if (numberOf(group, 'ivSize') !== 96) skip('nonces of TLS 1.3 have 12 bytes')
  const aead = provider.aeads.find((item) => item.name === name) ?? skip(`not offered: ${name}`)
  const key = await aeadKey(provider, aead, bytesAt(test, 'key'))
  const [nonce, associatedData] = [bytesAt(test, 'iv'), bytesAt(test, 'aad')]
  const [content, sealed] = [bytesAt(test, 'msg'), concat(bytesAt(test, 'ct'), bytesAt(test, 'tag'))]
  const opened = await key.open(nonce, associatedData, sealed)
  if (result === 'invalid') {
    if (opened !== undefined) fail('opened what is invalid')
    return
  }
  expectBytes(opened ?? fail('not opened'), content, 'opened')
  const own = await sealWith(key, aead.tagLength, {
    nonce,
    associatedData,
    content,
    trailer: new Uint8Array(0),
  })
  expectBytes(own, sealed, 'sealed')
}

/** Sizes in bits. */
function nameOf(algorithm: string, keySize: number, tagSize: number): string | undefined {
  if (algorithm === 'AES-GCM' && tagSize === 128 && keySize !== 192) return `aes-${keySize}-gcm`
  if (algorithm === 'CHACHA20-POLY1305' && tagSize === 128) return 'chacha20-poly1305'
  if (algorithm !== 'AES-CCM' || keySize !== 128) return undefined
  if (tagSize === 128) return 'aes-128-ccm'
  return tagSize === 64 ? 'aes-128-ccm-8' : undefined
}
