/** Certificates that the `openssl` program makes, and what it says of them. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pemToDer } from '../pem.ts'

/** `OpenSSL 3.…`, or `undefined` where there is none that can do what is needed. */
export function opensslVersion(): string | undefined {
  const { stdout, status } = spawnSync('openssl', ['version'], { encoding: 'utf8' })
  const [version] = status === 0 ? stdout.split(' (') : []
  return version && /^OpenSSL [3-9]\./.test(version) ? version.trim() : undefined
}

export interface CertificateSpec {
  /** Distinguished name as `-subj` takes it. */
  readonly subject: string
  /** Of `keyAlgorithms`; the same name is the same key. */
  readonly key: string
  /** Whose certificate and key sign; itself by default. */
  readonly issuer?: string
  /** Lines of a section of extensions. */
  readonly extensions: readonly string[]
  readonly days?: number
  /** Further arguments: of the signature, mostly. */
  readonly options?: readonly string[]
}

export interface Workshop {
  readonly der: (name: string) => Uint8Array
  /** `OK`, or the number of the error, for each of the leaves. */
  readonly verify: (trust: Trust, leaves: readonly string[]) => readonly string[]
  readonly close: () => void
}

export interface Trust {
  readonly anchors: readonly string[]
  readonly untrusted: readonly string[]
  /** Further arguments of `openssl verify`. */
  readonly options: readonly string[]
}

/** Makes all keys and certificates, issuers before what they issue. */
export function openWorkshop(
  keyAlgorithms: Readonly<Record<string, readonly string[]>>,
  certificates: Readonly<Record<string, CertificateSpec>>,
  sections: string,
): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'mortise-openssl-'))
  const pem = (name: string): string => join(folder, `${name}.pem`)
  const key = (name: string): string => join(folder, `${name}.key`)
  const run = (...args: readonly string[]): void => {
    const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' })
    if (status !== 0) throw new Error(`openssl ${args.join(' ')}\n${stderr}`)
  }

  const config = join(folder, 'openssl.cnf')
  const extensionSections = Object.entries(certificates).map(
    ([name, { extensions }]) => `[extensions_${name}]\n${extensions.join('\n')}`,
  )
  writeFileSync(
    config,
    ['[req]\ndistinguished_name=empty\nprompt=no\n[empty]', ...extensionSections, sections].join('\n'),
  )
  for (const [name, algorithm] of Object.entries(keyAlgorithms))
    run('genpkey', ...algorithm, '-out', key(name))
  for (const [name, { subject, issuer, days = 3650, options = [], ...spec }] of Object.entries(
    certificates,
  )) {
    const by = issuer === undefined ? undefined : certificates[issuer]
    run(
      ...`req -x509 -new -extensions extensions_${name} -days ${days} -config`.split(' '),
      config,
      '-key',
      key(spec.key),
      '-subj',
      subject,
      '-out',
      pem(name),
      ...(issuer !== undefined && by ? ['-CA', pem(issuer), '-CAkey', key(by.key)] : []),
      ...options,
    )
  }

  return {
    der: (name) => pemToDer(readFileSync(pem(name), 'utf8')),
    verify: ({ anchors, untrusted, options }, leaves) => {
      const bundle = (kind: string, names: readonly string[]): readonly string[] => {
        const file = join(folder, `${kind}.bundle`)
        writeFileSync(file, names.map((name) => readFileSync(pem(name), 'utf8')).join(''))
        return names.length > 0 ? [`-${kind}`, file] : []
      }
      const { stdout, stderr } = spawnSync(
        'openssl',
        [
          'verify',
          '-no-CApath',
          '-no-CAstore',
          ...bundle('CAfile', anchors),
          ...(anchors.length === 0 ? ['-no-CAfile'] : []),
          ...bundle('untrusted', untrusted),
          ...options,
          ...leaves.map(pem),
        ],
        { encoding: 'utf8' },
      )
      return leaves.map((name) => {
        if (stdout.includes(`${pem(name)}: OK\n`)) return 'OK'
        const [before] = stderr.split(`error ${pem(name)}: verification failed`)
        const error = [...(before ?? '').matchAll(/^error (\d+) at \d+ depth lookup: /gm)].at(-1)?.[1]
        if (error === undefined || before === stderr) throw new Error(`openssl verify ${name}: ${stderr}`)
        return error
      })
    },
    close: () => rmSync(folder, { recursive: true }),
  }
}
