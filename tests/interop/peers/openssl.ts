/** `openssl s_client` and `openssl s_server`. */
import type { IssuedFiles } from '../../support/certificateFiles.ts'
import { start, type Child } from '../../support/children.ts'
import type { GroupName, MatrixCase } from '../matrix.ts'
import { openssl } from '../programs.ts'

/** OpenSSL's names of groups; hybrids are not in every version. */
export const groups: Readonly<Partial<Record<GroupName, string>>> = {
  x25519: 'X25519',
  secp256r1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
  x448: 'X448',
  ffdhe2048: 'ffdhe2048',
  ffdhe3072: 'ffdhe3072',
  ffdhe4096: 'ffdhe4096',
  ffdhe6144: 'ffdhe6144',
  ffdhe8192: 'ffdhe8192',
}

export const suites =
  'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_CCM_SHA256:TLS_AES_128_CCM_8_SHA256'

export interface OpensslServer extends Child {
  readonly port: number
}

/** `-accept 127.0.0.1:0 -cert …` */
export function options(values: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(values).flatMap(([name, value]) => [`-${name}`, value])
}

/** With every suite and group. @param args in addition to certificate and port */
export async function server(
  { cert, key }: Pick<IssuedFiles, 'cert' | 'key'>,
  args: readonly string[],
): Promise<OpensslServer> {
  const child = start(openssl.path(), [
    's_server',
    '-tls1_3',
    ...options({
      accept: '127.0.0.1:0',
      cert,
      key,
      ciphersuites: suites,
      groups: Object.values(groups).join(':'),
    }),
    ...args,
  ])
  const [, port] = await child.saying(/^ACCEPT 127\.0\.0\.1:(\d+)$/m)
  return { ...child, port: Number(port) }
}

/** A client that verifies our server; after its stdin has ended it goes on. */
export function client(port: number, ca: string, args: readonly string[] = []): Child {
  return start(openssl.path(), [
    's_client',
    '-tls1_3',
    '-verify_return_error',
    ...options({
      connect: `127.0.0.1:${port}`,
      servername: 'localhost',
      verify_hostname: 'localhost',
      CAfile: ca,
    }),
    ...args,
  ])
}

/** A client's suite, and its group; for a retry it sends a share of another group first. */
export function negotiation({ suite, group, retry }: MatrixCase): readonly string[] {
  const other = group === 'secp256r1' ? 'X25519' : 'P-256'
  const list = retry ? `${other}:${groups[group]}` : String(groups[group])
  return ['-ciphersuites', suite, '-groups', list]
}
