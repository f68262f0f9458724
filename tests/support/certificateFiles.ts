/** TEST ONLY. Certificates of every kind in files, as other programs want them. */
import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SigningProvider } from '@mortise/crypto'
import { nodeCrypto } from '@mortise/crypto-node'
import { fixedKey, issueCertificate, type FixedKey } from '@mortise/testing'
import { loadCredential, type Credential } from '@mortise/tls'

export const certificateKinds = ['p256', 'p384', 'rsa', 'rsaPss', 'ed25519'] as const
export type CertificateKind = (typeof certificateKinds)[number]

export interface IssuedFiles {
  /** PEM file of the certificate. */
  readonly cert: string
  /** PEM file of the key. */
  readonly key: string
  /** The same for us, with the key in `provider`. */
  readonly credential: (provider: SigningProvider) => Promise<Credential>
}

export interface CertificateFiles {
  readonly directory: string
  /** PEM file of the authorities of all kinds: each kind of key has one that signs with such a key, too. */
  readonly ca: string
  /** DER of the same. */
  readonly anchors: readonly Uint8Array[]
  /** For `localhost`, 127.0.0.1 and whatever `names` add. */
  readonly issue: (kind: CertificateKind, name?: string) => Promise<IssuedFiles>
  /** Writes a file into the directory. @returns its path */
  readonly write: (name: string, content: string | Uint8Array) => string
  readonly remove: () => void
}

const hour = 3_600_000

export async function certificateFiles(): Promise<CertificateFiles> {
  const provider = nodeCrypto()
  const directory = mkdtempSync(join(tmpdir(), 'mortise-'))
  const write = (name: string, content: string | Uint8Array): string => {
    const file = join(directory, name)
    writeFileSync(file, content)
    chmodSync(file, 0o600)
    return file
  }
  const now = Date.now()
  const common = {
    random: provider.random,
    notBefore: new Date(now - hour),
    notAfter: new Date(now + 23 * hour),
  }
  const authority = async (kind: CertificateKind) => {
    const key = await provider.importPrivateKey({ pkcs8: keyOf(kind).pkcs8 })
    const subject = `Mortise ${kind} authority`
    const issuer = { subject, key }
    const certificate = await issueCertificate({
      ...common,
      subject,
      issuer,
      publicKey: key.publicKey,
      ca: true,
    })
    return { issuer, certificate }
  }
  const authorities = new Map(
    await Promise.all(certificateKinds.map(async (kind) => [kind, await authority(kind)] as const)),
  )
  const anchors = [...authorities.values()].map(({ certificate }) => certificate)
  return {
    directory,
    ca: write('ca.pem', anchors.map((der) => toPem('CERTIFICATE', der)).join('')),
    anchors,
    write,
    issue: async (kind, name = 'localhost') => {
      const issuer = authorities.get(kind)?.issuer
      if (!issuer) throw new Error(kind)
      const { pkcs8, spki } = keyOf(kind)
      const certificate = await issueCertificate({
        ...common,
        subject: name,
        publicKey: spki,
        issuer,
        dnsNames: [name],
        ...(name === 'localhost' ? { ipAddresses: [Uint8Array.of(127, 0, 0, 1)] } : {}),
      })
      return {
        cert: write(`${kind}-${name}.pem`, toPem('CERTIFICATE', certificate)),
        key: write(`${kind}-${name}.key`, toPem('PRIVATE KEY', pkcs8)),
        credential: (own) =>
          loadCredential({ provider: own, certificates: [certificate], privateKey: pkcs8 }),
      }
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}

let ed25519: FixedKey | undefined

/** The fixed key of Ed25519 is in a form that holds the public key as well (RFC 5958), which not every program reads. */
function keyOf(kind: CertificateKind): FixedKey {
  if (kind !== 'ed25519') return fixedKey(kind)
  if (ed25519) return ed25519
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  ed25519 = {
    pkcs8: new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' })),
    spki: new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })),
  }
  return ed25519
}

function toPem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}
