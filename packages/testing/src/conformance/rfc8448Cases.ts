/** Every value of RFC 8448 in which a provider takes part: one case for each trace and kind of value. */
import type { CryptoProvider, Hash } from '@mortise/crypto'
import { fromHex } from '@mortise/wire'
import { cryptoErrorCode, expectBytes, expectEqual, expectTrue, revealed } from './checks.ts'
import { conformanceCase, fail, skip, type ConformanceCase } from './conformanceCase.ts'
import { offerOf } from './groupCases.ts'
import { aeadKey, sealWith } from './sealing.ts'
import { rfc8448Traces, type Rfc8448Trace } from './vectors/rfc8448.ts'

const headerLength = 5
const none = new Uint8Array(0)

export function rfc8448Cases(provider: CryptoProvider): readonly ConformanceCase[] {
  return rfc8448Traces.flatMap((trace) => {
    const check = (name: string, run: () => Promise<void>): ConformanceCase =>
      conformanceCase(`RFC 8448 §${trace.section}`, `${trace.title}: ${name}`, run)
    return [
      check('key shares and shared secret', () => keyExchange(provider, trace)),
      check('transcript hashes', () => transcript(sha256(provider), trace)),
      check('HKDF-Extract of the early, handshake and main secrets', () => extracts(sha256(provider), trace)),
      check('HKDF-Expand of derived secrets, keys and IVs', () => expands(sha256(provider), trace)),
      check('Finished and PSK binders', () => finished(sha256(provider), trace)),
      check('protected records', () => records(provider, trace)),
      check('CertificateVerify signatures', () => signatures(provider, trace)),
    ]
  })
}

function sha256({ hashes }: CryptoProvider): Hash {
  return hashes.find(({ name }) => name === 'sha256') ?? skip('not offered: sha256')
}

async function keyExchange(
  { groups }: CryptoProvider,
  { keyExchange: keys, sharedSecret }: Rfc8448Trace,
): Promise<void> {
  for (const { owner, group: name, privateKey, publicKey } of keys) {
    const group = groups.find((item) => item.name === name) ?? skip(`not offered: ${name}`)
    expectBytes((await offerOf(group, privateKey)).share, publicKey, `${owner}'s share`)
  }
  // the last key pair of each side is the one in use: the first of a HelloRetryRequest's was of no use
  const [client, server] = [
    keys.findLast(({ owner }) => owner === 'client'),
    keys.findLast(({ owner }) => owner === 'server'),
  ]
  if (!client || !server) return
  const group = groups.find((item) => item.name === client.group) ?? fail('the group is gone')
  for (const [own, peer] of [
    [client, server],
    [server, client],
  ] as const) {
    const secret = await (await offerOf(group, own.privateKey)).complete(fromHex(peer.publicKey))
    expectBytes(revealed(secret), sharedSecret, `shared secret of the ${own.owner}`)
  }
}

async function transcript(hash: Hash, { transcript: messages }: Rfc8448Trace): Promise<void> {
  const state = hash.create()
  for (const [name, message, expected] of messages) {
    state.update(fromHex(message))
    expectBytes(await state.snapshot(), expected, `transcript hash up to ${name}`)
  }
}

async function extracts(hash: Hash, trace: Rfc8448Trace): Promise<void> {
  for (const [salt, ikm, expected] of trace.extracts) {
    const secret = await hash.extract(
      salt ? hash.importSecret(fromHex(salt)) : undefined,
      ikm ? hash.importSecret(fromHex(ikm)) : undefined,
    )
    const same = hash.importSecret(fromHex(expected)) // compared by use, for providers that reveal nothing
    expectBytes(await hash.hmac(secret, none), await hash.hmac(same, none), `HMAC under ${expected}`)
  }
}

async function expands(hash: Hash, trace: Rfc8448Trace): Promise<void> {
  for (const [secret, info, expected] of trace.expands) {
    const prk = hash.importSecret(fromHex(secret))
    const length = expected.length / 2
    expectBytes(await hash.expandToBytes(prk, fromHex(info), length), expected, `HkdfLabel ${info}`)
    const expanded = await hash.expand(prk, fromHex(info), length)
    const same = hash.importSecret(fromHex(expected))
    expectBytes(await hash.hmac(expanded, none), await hash.hmac(same, none), `HMAC under ${expected}`)
  }
}

async function finished(hash: Hash, trace: Rfc8448Trace): Promise<void> {
  for (const [key, transcriptHash, verifyData] of trace.finished)
    expectBytes(
      await hash.hmac(hash.importSecret(fromHex(key)), fromHex(transcriptHash)),
      verifyData,
      'verify_data',
    )
}

async function records(provider: CryptoProvider, trace: Rfc8448Trace): Promise<void> {
  const aead = provider.aeads.find(({ name }) => name === 'aes-128-gcm') ?? skip('not offered: aes-128-gcm')
  for (const [keyBytes, iv, sequenceNumber, innerPlaintext, expected] of trace.records) {
    const key = await aeadKey(provider, aead, fromHex(keyBytes))
    const nonce = fromHex(iv)
    const last = nonce.length - 1
    nonce[last] = (nonce[last] ?? 0) ^ sequenceNumber // all of them below 256
    const record = fromHex(expected)
    const header = record.slice(0, headerLength)
    const inner = fromHex(innerPlaintext)
    const sealed = await sealWith(key, aead.tagLength, {
      nonce,
      associatedData: header,
      content: inner.subarray(0, -1),
      trailer: inner.subarray(-1),
    })
    expectBytes(sealed, record.slice(headerLength), `record ${sequenceNumber} sealed`)
    const opened = await key.open(nonce, header, record.slice(headerLength))
    expectBytes(
      opened ?? fail(`record ${sequenceNumber} was not opened`),
      inner,
      `record ${sequenceNumber} opened`,
    )
  }
}

/** Its RSA key has 1024 bits, which a provider may refuse. */
async function signatures(provider: CryptoProvider, trace: Rfc8448Trace): Promise<void> {
  if (trace.signatures.length === 0) skip('no certificates in this trace')
  for (const [scheme, spki, content, signature] of trace.signatures) {
    const algorithm =
      provider.signatures.find((item) => item.scheme === scheme) ??
      skip(`not offered: scheme 0x${scheme.toString(16)}`)
    try {
      expectEqual(
        await algorithm.verify(fromHex(spki), fromHex(content), fromHex(signature)),
        true,
        algorithm.name,
      )
    } catch (error) {
      if (cryptoErrorCode(error) !== 'ERR_CRYPTO_INVALID_KEY') throw error
      expectTrue(algorithm.key.type === 'rsa', `${algorithm.name}: the key was refused`)
      skip('the provider refuses RSA keys of 1024 bits')
    }
  }
}
