import { PassThrough, Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { ExitCode } from './io.ts'
import { main } from './main.ts'

/** What the program says to `args`, and its exit code. */
async function run(...args: readonly string[]): Promise<{ code: ExitCode; stdout: string; stderr: string }> {
  const said = { stdout: '', stderr: '' }
  const sink = (name: 'stdout' | 'stderr'): Writable =>
    new Writable({
      write: (chunk: Buffer, _, done) => {
        said[name] += chunk.toString()
        done()
      },
    })
  const stdin = new PassThrough()
  const code = await main(args, {
    stdin,
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    onInterrupt: () => {},
  })
  return { code, ...said }
}

describe('mortise', () => {
  it.each([['--help'], ['-h'], ['help']])('%s explains it', async (argument) => {
    const { code, stdout, stderr } = await run(argument)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('mortise connect HOST:PORT [options]')
  })

  it('--version is that of the package', async () => {
    expect(await run('--version')).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: '',
    })
  })

  it.each(['connect', 'serve'])('%s --help names every option', async (command) => {
    const { code, stdout } = await run(command, '--help')
    expect(code).toBe(0)
    for (const option of [
      'provider',
      'ciphers',
      'groups',
      'sigalgs',
      'alpn',
      'keylog',
      'trace',
      'json',
      'psk',
    ])
      expect(stdout).toMatch(new RegExp(`^  --${option}\\b`, 'm'))
  })
})

describe('wrong usage is said in a sentence, with exit code 2', () => {
  it.each<[string, ...string[]]>([
    ['a command is missing'],
    ['there is no command listen', 'listen'],
    ['there is no command constructor', 'constructor'],
    ['where to?', 'connect'],
    ['one HOST:PORT is enough: b:2', 'connect', 'a:1', 'b:2'],
    ['is no HOST:PORT', 'connect', 'example.org'],
    ['is no HOST:PORT', 'connect', '::1:443'],
    ['is no HOST:PORT', 'connect', '[localhost]:443'],
    ['a port is a number from 1 to 65535', 'connect', 'a:0'],
    ['a port is a number from 1 to 65535', 'connect', 'a:65536'],
    ['has no option --sni; mortise connect --help lists them', 'connect', 'a:1', '--sni', 'b'],
    ['has no option --cipher; is --ciphers meant?', 'connect', 'a:1', '--cipher', 'x'],
    ['has no option --__proto__', 'connect', 'a:1', '--__proto__', 'x'],
    ['--servername needs a value: NAME', 'connect', 'a:1', '--servername'],
    ['--servername needs a value, but --json follows', 'connect', 'a:1', '--servername', '--json'],
    ['--json takes no value', 'connect', 'a:1', '--json=yes'],
    ['--ca is given twice', 'connect', 'a:1', '--ca', 'x', '--ca', 'y'],
    ['--ca /nowhere/ca.pem: ENOENT', 'connect', 'a:1', '--ca', '/nowhere/ca.pem'],
    ['--ca and --unsafe-accept-any exclude each other', 'connect', 'a:1', '--ca', 'x', '--unsafe-accept-any'],
    ['--cert and --key belong together', 'connect', 'a:1', '--cert', 'x'],
    ['--early-data needs the session', 'connect', 'a:1', '--early-data', 'x'],
    ['--provider openssl: there are node, webcrypto', 'connect', 'a:1', '--provider', 'openssl'],
    ['--ciphers: the provider node has no RC4; it has TLS_', 'connect', 'a:1', '--ciphers', 'RC4'],
    ['--groups: the provider node has no x25518', 'connect', 'a:1', '--groups', 'x25519,x25518'],
    ['a name is missing between the commas', 'connect', 'a:1', '--groups', 'x25519,'],
    ['X25519 is there twice', 'connect', 'a:1', '--groups', 'x25519,X25519'],
    ['--sigalgs: the provider node has no md5', 'connect', 'a:1', '--sigalgs', 'md5'],
    ['--psk-identity and --psk belong together', 'connect', 'a:1', '--psk', 'ff'],
    ['--psk-identity and --psk belong together', 'connect', 'a:1', '--psk-hash', 'sha256'],
    ['bytes in hexadecimal are needed', 'connect', 'a:1', '--psk-identity', 'i', '--psk', 'fff'],
    [
      'there are sha256 and sha384',
      'connect',
      'a:1',
      '--psk-identity',
      'i',
      '--psk',
      'ff',
      '--psk-hash',
      'md5',
    ],
    ['--keylog /nowhere/keys: ENOENT', 'connect', 'a:1', '--keylog', '/nowhere/keys'],
    ['--port N is needed', 'serve'],
    ['--port x: a whole number from 0 to 65535 is needed', 'serve', '--port', 'x'],
    ['takes options only, and not 8443', 'serve', '--port', '1', '8443'],
    ['--cert FILE and --key FILE are needed, or --psk', 'serve', '--port', '0'],
    [
      'each --cert needs its --key: there are 2 and 1',
      'serve',
      '--port=0',
      '--cert=a',
      '--cert=b',
      '--key=c',
    ],
    ['there are more --ocsp than --cert', 'serve', '--port', '0', '--ocsp', 'x'],
    ['--www and --echo exclude each other', 'serve', '--port', '0', '--www', '--echo'],
    ['there are none, request and require', 'serve', '--port', '0', '--client-auth', 'maybe'],
    ['needs --client-ca FILE, or', 'serve', '--port', '0', '--client-auth', 'require'],
    ['not whom to ask: add --client-auth', 'serve', '--port', '0', '--client-ca', 'x'],
    [
      '--client-ca and --unsafe-accept-any-client exclude each other',
      'serve',
      '--port=0',
      '--client-ca=x',
      '--unsafe-accept-any-client',
    ],
    ['from 0 to 16 is needed', 'serve', '--port', '0', '--tickets', '17'],
    [
      'from 1 to 1000000 is needed',
      'serve',
      '--port=0',
      '--max-connections=0',
      '--psk=ff',
      '--psk-identity=i',
    ],
    [
      '--early-data needs tickets',
      'serve',
      '--port=0',
      '--tickets=0',
      '--early-data=1',
      '--psk=ff',
      '--psk-identity=i',
    ],
  ])('%s: mortise %s %s %s %s', async (sentence, ...args) => {
    const { code, stdout, stderr } = await run(...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^mortise: .+\n$/)
    expect(stderr).toContain(sentence)
  })
})
