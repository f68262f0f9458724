/** `mortise connect` on a terminal, where lines of one letter are commands. */
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { main } from '@mortise/cli'
import { certificateFiles, type CertificateFiles } from '../support/certificateFiles.ts'
import { buildProgram, type Program } from './program.ts'

let files: CertificateFiles
let program: Program

beforeAll(async () => {
  ;[files, program] = await Promise.all([certificateFiles(), buildProgram()])
})
afterAll(() => {
  files.remove()
  program.remove()
})

it('K and k update keys (RFC 9846 §4.7.3), Q ends; none of them is sent', async () => {
  const { cert, key } = await files.issue('p256')
  const server = await program.serve(['--cert', cert, '--key', key, '--echo', '--trace', '--json'])
  const stdin = Object.assign(new PassThrough(), { isTTY: true })
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  stderr.resume()
  let echoed = ''
  stdout.on('data', (bytes: Buffer) => (echoed += bytes.toString()))
  const ended = main(['connect', server.address, '--ca', files.ca], {
    stdin,
    stdout,
    stderr,
    onInterrupt: () => {},
  })
  const type = async (line: string, then: RegExp): Promise<void> => {
    stdin.write(line)
    await server.saying(then)
  }
  await type('hello\n', /"name":"application_data"/)
  await type('K\n', /"received"[^\n]*"name":"key_update"[^\n]*update_requested/)
  await type('k\n', /"received"[^\n]*"name":"key_update"[^\n]*update_not_requested/)
  await type('goodbye\n', /(?:"received"[^\n]*"name":"application_data"[^]*){2}/)
  stdin.write('Q\n')
  expect(await ended).toBe(0)
  expect(echoed).toBe('hello\ngoodbye\n')
  server.kill('SIGTERM')
})
