/** `gnutls-cli` and `gnutls-serv`. Both take lines of text only. */
import { join } from 'node:path'
import type { TlsSocket } from '@mortise/tls-node'
import type { CertificateFiles, IssuedFiles } from '../../support/certificateFiles.ts'
import { start, type Child } from '../../support/children.ts'
import type { GroupName, MatrixCase, SuiteName } from '../matrix.ts'
import { freePort, gnutlsClient, gnutlsServer } from '../programs.ts'

/** Names in priority strings. */
export const groups: Readonly<Partial<Record<GroupName, string>>> = {
  x25519: 'X25519',
  secp256r1: 'SECP256R1',
  secp384r1: 'SECP384R1',
  secp521r1: 'SECP521R1',
  x448: 'X448',
  ffdhe2048: 'FFDHE2048',
  ffdhe3072: 'FFDHE3072',
  ffdhe4096: 'FFDHE4096',
  ffdhe6144: 'FFDHE6144',
  ffdhe8192: 'FFDHE8192',
}

const ciphers: Readonly<Record<SuiteName, string>> = {
  TLS_AES_128_GCM_SHA256: 'AES-128-GCM',
  TLS_AES_256_GCM_SHA384: 'AES-256-GCM',
  TLS_CHACHA20_POLY1305_SHA256: 'CHACHA20-POLY1305',
  TLS_AES_128_CCM_SHA256: 'AES-128-CCM',
  TLS_AES_128_CCM_8_SHA256: 'AES-128-CCM-8',
}

const tls13 = 'NORMAL:-VERS-ALL:+VERS-TLS1.3'
export const everything: string = `${tls13}:+AES-128-CCM:+AES-128-CCM-8:+GROUP-ALL`

/** The priority string of a client; for a retry its first group, of which alone it sends a share, is another one. */
export function priority({ suite, group, retry }: MatrixCase): string {
  const other = group === 'secp256r1' ? 'X25519' : 'SECP256R1'
  const list = retry ? [other, groups[group]] : [groups[group]]
  return `${tls13}:-CIPHER-ALL:+${ciphers[suite]}:-GROUP-ALL:${list.map((name) => `+GROUP-${name}`).join(':')}`
}

export interface GnutlsServer extends Child {
  readonly port: number
}

/** An echo of lines, with every suite and group. */
export async function server(
  certificate: Pick<IssuedFiles, 'cert' | 'key'> | undefined,
  args: readonly string[] = [],
  priorities: string = everything,
): Promise<GnutlsServer> {
  const port = await freePort()
  const child = start(gnutlsServer.path(), [
    '--echo',
    `--port=${port}`,
    `--priority=${priorities}`,
    ...(certificate ? ['--x509certfile', certificate.cert, '--x509keyfile', certificate.key] : []),
    ...args,
  ])
  await child.saying(/^Echo Server listening on IPv4 .*done$/m)
  return { ...child, port }
}

export interface GnutlsClient extends Child {
  /** Everything that it says and is not from the server. */
  readonly log: string
}

let number = 0

/** A client that verifies our server. What the server sends is on its stdout, and nothing else. */
export function client(
  port: number,
  { ca, directory }: CertificateFiles,
  args: readonly string[] = [],
): GnutlsClient {
  number += 1
  const log = join(directory, `gnutls-cli-${number}.log`)
  const child = start(gnutlsClient.path(), [
    `--logfile=${log}`,
    `--x509cafile=${ca}`,
    `--port=${port}`,
    ...args,
    'localhost',
  ])
  return { ...child, log }
}

/** Sends `bye`. A client of GnuTLS goes when we do, by the end of the transport and without a close_notify of its own. */
export async function greeted(tls: TlsSocket): Promise<void> {
  tls.end('bye\n')
  tls.resume()
  await new Promise((resolve) => tls.once('close', resolve))
}
