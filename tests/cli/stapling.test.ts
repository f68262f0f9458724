/** `mortise serve --ocsp`: responses that OpenSSL made, and what it and our client think of them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openssl } from '../interop/programs.ts'
import { certificateFiles, type CertificateFiles, type IssuedFiles } from '../support/certificateFiles.ts'
import { run } from '../support/children.ts'
import { buildProgram, events, type Program } from './program.ts'

let files: CertificateFiles
let localhost: IssuedFiles
let program: Program

beforeAll(async () => {
  ;[files, program] = await Promise.all([certificateFiles(), buildProgram()])
  localhost = await files.issue('p256')
})
afterAll(() => {
  files.remove()
  program.remove()
})

/** A response of the authority itself. @param line of its index, without the serial number */
async function respond(name: string, status: string): Promise<string> {
  const [authority = ''] = readFileSync(files.ca, 'utf8').split(/(?<=-----END CERTIFICATE-----\n)/)
  const ca = files.write('authority.pem', authority)
  const { stdout } = await run(openssl.path(), ['x509', '-in', localhost.cert, '-noout', '-serial'])
  const serial = stdout.toString().trim().replace('serial=', '')
  const index = files.write(`${name}.txt`, `${status}\t${serial}\tunknown\t/CN=localhost\n`)
  const response = join(files.directory, `${name}.der`)
  // The kind's authority has the same key
  const signer = ['-rsigner', ca, '-rkey', localhost.key, '-CA', ca, '-issuer', ca, '-cert', localhost.cert]
  const outcome = await run(openssl.path(), [
    'ocsp',
    '-index',
    index,
    ...signer,
    '-ndays',
    '1',
    '-noverify',
    '-respout',
    response,
  ])
  expect(outcome).toMatchObject({ code: 0 })
  return response
}

describe.skipIf(openssl.missing)(`--ocsp${openssl.note}`, () => {
  it('staples a response that says good', async () => {
    const response = await respond('good', 'V\t491231235959Z\t')
    const pair = ['--cert', localhost.cert, '--key', localhost.key]
    const server = await program.serve([...pair, '--ocsp', response, '--echo'])
    const ours = await program.run(['connect', server.address, '--ca', files.ca, '--json'], 'x')
    expect(ours.code).toBe(0)
    const theirs = await run(openssl.path(), [
      's_client',
      '-tls1_3',
      '-status',
      '-connect',
      server.address,
      '-CAfile',
      files.ca,
    ])
    expect(theirs.stdout.toString()).toContain('OCSP Response Status: successful')
    expect(theirs.stdout.toString()).toContain('Cert Status: good')
    server.kill('SIGTERM')
  })

  it('and our client refuses a certificate whose response says revoked', async () => {
    const response = await respond('revoked', 'R\t491231235959Z\t260101000000Z')
    const pair = ['--cert', localhost.cert, '--key', localhost.key]
    const server = await program.serve([...pair, '--ocsp', response, '--echo'])
    const { code, stderr } = await program.run(['connect', server.address, '--ca', files.ca, '--json'], 'x')
    expect(code).toBe(1)
    expect(events(stderr)).toMatchObject([
      {
        code: 'ERR_TLS_CERTIFICATE_REVOKED',
        alert: 'certificate_revoked',
        direction: 'sent',
        blame: 'certificate',
      },
    ])
    server.kill('SIGTERM')
  })
})
