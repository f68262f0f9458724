/** Key exchange on node:crypto: what this runtime's OpenSSL has, ML-KEM only where it does. */
import {
  createECDH,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
} from 'node:crypto'
import {
  CryptoError,
  finiteFields,
  hybridGroup,
  plainSecret,
  type KeyExchangeGroup,
  type KeyOffer,
} from '@mortise/crypto'
import { NamedGroup } from '@mortise/wire'
import type { Approval } from './approval.ts'
import { finiteField } from './finiteField.ts'
import { nodeMlKem768 } from './mlKem.ts'

/** An offer made anew, or of a given private key: all that a Diffie-Hellman group is made of. */
interface DiffieHellman {
  readonly offer: () => KeyOffer
  readonly fromPrivateKey: (privateKey: Uint8Array) => KeyOffer
}

/** In order of preference; hybrids first, since traffic recorded today must stay secret. */
export function nodeGroups(approval: Approval): readonly KeyExchangeGroup[] {
  const x25519 = group(NamedGroup.x25519, 'x25519', montgomery('x25519', 32), approval(false))
  const secp256r1 = group(NamedGroup.secp256r1, 'secp256r1', weierstrass('prime256v1', 32), approval(true))
  const mlKem = nodeMlKem768(approval(true))
  return [
    ...(mlKem
      ? [hybridGroup(named('X25519MLKEM768'), mlKem, { group: x25519, clientShare: 32, serverShare: 32 })]
      : []),
    x25519,
    secp256r1,
    group(NamedGroup.secp384r1, 'secp384r1', weierstrass('secp384r1', 48), approval(true)),
    group(NamedGroup.secp521r1, 'secp521r1', weierstrass('secp521r1', 66), approval(true)),
    group(NamedGroup.x448, 'x448', montgomery('x448', 56), approval(false)),
    ...(mlKem
      ? [
          hybridGroup(
            named('SecP256r1MLKEM768'),
            { group: secp256r1, clientShare: 65, serverShare: 65 },
            mlKem,
          ),
        ]
      : []),
    ...finiteFields().map((field) => group(field.group, field.name, finiteField(field), approval(true))),
  ]
}

function named(name: 'X25519MLKEM768' | 'SecP256r1MLKEM768'): { group: number; name: string } {
  return { group: NamedGroup[name], name }
}

function group(
  code: number,
  name: string,
  { offer, fromPrivateKey }: DiffieHellman,
  approval: KeyExchangeGroup['approval'],
): KeyExchangeGroup {
  return {
    group: code,
    name,
    approval,
    offer,
    fromPrivateKey,
    respond: async (peerShare) => {
      const own = offer()
      const secret = await own.complete(peerShare)
      own.destroy()
      return { share: own.share, secret }
    },
  }
}

function invalidShare(name: string, cause?: unknown): CryptoError {
  return new CryptoError('ERR_CRYPTO_INVALID_KEY_SHARE', `not a share of ${name}`, { cause })
}

/** Uncompressed points only (RFC 9846 §4.3.8.2). */
function weierstrass(curve: 'prime256v1' | 'secp384r1' | 'secp521r1', length: number): DiffieHellman {
  const offerOf = (prepare: (ecdh: ReturnType<typeof createECDH>) => void): KeyOffer => {
    let ecdh: ReturnType<typeof createECDH> | undefined = createECDH(curve)
    prepare(ecdh)
    return {
      share: ecdh.getPublicKey(),
      complete: (peerShare) => {
        if (peerShare.length !== 1 + 2 * length || peerShare[0] !== 4 || !ecdh) throw invalidShare(curve)
        try {
          return plainSecret(leftPadded(ecdh.computeSecret(peerShare), length))
        } catch (cause) {
          throw invalidShare(curve, cause)
        }
      },
      destroy: () => {
        ecdh = undefined
      },
    }
  }
  return {
    offer: () => offerOf((ecdh) => ecdh.generateKeys()),
    fromPrivateKey: (privateKey) => offerOf((ecdh) => ecdh.setPrivateKey(privateKey)),
  }
}

/** What stands before the raw key in PKCS #8 and SubjectPublicKeyInfo (RFC 8410). */
const derPrefixes = {
  x25519: { pkcs8: '302e020100300506032b656e04220420', spki: '302a300506032b656e032100' },
  x448: { pkcs8: '3046020100300506032b656f043a0438', spki: '3042300506032b656f033900' },
} as const

function montgomery(curve: 'x25519' | 'x448', length: number): DiffieHellman {
  const pkcs8Prefix = Buffer.from(derPrefixes[curve].pkcs8, 'hex')
  const spkiPrefix = Buffer.from(derPrefixes[curve].spki, 'hex')
  const publicKeyOf = (raw: Uint8Array): ReturnType<typeof createPublicKey> =>
    createPublicKey({ key: Buffer.concat([spkiPrefix, raw]), format: 'der', type: 'spki' })
  const offerOf = (key: ReturnType<typeof createPrivateKey>, share: Uint8Array): KeyOffer => {
    let privateKey: ReturnType<typeof createPrivateKey> | undefined = key
    return {
      share,
      complete: (peerShare) => {
        if (peerShare.length !== length || !privateKey) throw invalidShare(curve)
        let secret: Uint8Array
        try {
          secret = diffieHellman({ privateKey, publicKey: publicKeyOf(peerShare) })
        } catch (cause) {
          throw invalidShare(curve, cause)
        }
        // RFC 9846 §7.4.2: the all-zero value is that of a share of low order
        if (secret.every((byte) => byte === 0)) throw invalidShare(curve)
        return plainSecret(secret)
      },
      destroy: () => {
        privateKey = undefined
      },
    }
  }
  const rawPublicKey = (key: ReturnType<typeof createPublicKey>): Uint8Array =>
    key.export({ format: 'der', type: 'spki' }).subarray(spkiPrefix.length)
  return {
    offer: () => {
      const { privateKey, publicKey } =
        curve === 'x25519' ? generateKeyPairSync('x25519') : generateKeyPairSync('x448')
      return offerOf(privateKey, rawPublicKey(publicKey))
    },
    fromPrivateKey: (raw) => {
      const privateKey = createPrivateKey({
        key: Buffer.concat([pkcs8Prefix, raw]),
        format: 'der',
        type: 'pkcs8',
      })
      return offerOf(privateKey, rawPublicKey(createPublicKey(privateKey)))
    },
  }
}

function leftPadded(bytes: Uint8Array, length: number): Uint8Array {
  const padded = new Uint8Array(length)
  padded.set(bytes, length - bytes.length)
  return padded
}
