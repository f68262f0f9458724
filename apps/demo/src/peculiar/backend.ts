/** The noble provider, as who calls it from synchronous functions needs it. */
import { noble } from '@mortise/crypto-noble'
import { bytesOf, type Hash, type MaybePromise } from '@mortise/crypto'
import { Buffer } from 'buffer/index.js'

export const backend = noble()

/** All of noble answers at once. */
export function atOnce<T>(value: MaybePromise<T>): T {
  if (value instanceof Promise) throw new Error('an answer that is not there yet')
  return value
}

/** @param name as OpenSSL has it: `sha256`, `RSA-SHA256` @throws Error for others than SHA-2 */
export function hashOf(name: string): Hash {
  const wanted = name.toLowerCase().replace(/^rsa-/, '')
  const hash = backend.hashes.find((candidate) => candidate.name === wanted)
  if (!hash) throw new Error(`no hash ${name} here`)
  return hash
}

const groupNames: Readonly<Record<string, string>> = { prime256v1: 'secp256r1' }

/** What two keys of a group, named as OpenSSL has it, agree on. @throws Error for a group that is not there */
export function agree(groupName: string, privateKey: Uint8Array, peer: Uint8Array): Buffer {
  return Buffer.from(bytesOf(atOnce(offerOf(groupName, privateKey).complete(peer))))
}

/** The public half of a private key. */
export function publicShare(groupName: string, privateKey: Uint8Array): Uint8Array {
  return offerOf(groupName, privateKey).share
}

function offerOf(groupName: string, privateKey: Uint8Array) {
  const name = groupNames[groupName] ?? groupName
  const group = backend.groups.find((candidate) => candidate.name === name)
  if (!group?.fromPrivateKey) throw new Error(`no group ${groupName} here`)
  return atOnce(group.fromPrivateKey(privateKey))
}
