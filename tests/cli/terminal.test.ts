/** `mortise connect` on a terminal, where lines of one letter are commands. */
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { main } from '@mortise/cli'
import { script } from '../interop/programs.ts'
import { certificateFiles, type CertificateFiles } from '../support/certificateFiles.ts'
import { buildProgram, type Program, type Server } from './program.ts'

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

describe.skipIf(script.missing)(`a real terminal${script.note}`, () => {
  const [ctrlC, ctrlD] = ['\x03', '\x04']

  async function echoServer(): Promise<Server> {
    const { cert, key } = await files.issue('p256')
    return program.serve(['--cert', cert, '--key', key, '--echo', '--trace', '--json'])
  }

  async function connected(server: Server): Promise<ReturnType<Program['startOnTerminal']>> {
    const child = program.startOnTerminal(['connect', server.address, '--ca', files.ca])
    await child.saying(/provider +node/)
    return child
  }

  it('lines of one letter are commands, others are sent', async () => {
    const server = await echoServer()
    const child = await connected(server)
    child.write('hello\n')
    await child.saying(/hello\r\n/)
    child.write('K\n')
    await server.saying(/"received"[^\n]*"name":"key_update"[^\n]*update_requested/)
    child.write('k\n')
    await server.saying(/"received"[^\n]*"name":"key_update"[^\n]*update_not_requested/)
    child.write(`not a ${ctrlD}`) // which hands out what there is of the line
    await child.saying(/not a /)
    child.write('Q\n')
    await child.saying(/not a Q\r\n/)
    child.write('Q\n')
    const { code, stdout } = await child.outcome
    expect(code).toBe(0)
    expect(stdout.toString()).not.toMatch(/^[Kk]\r?$/m)
    await server.saying(/"event":"closed"/)
    expect(server.output()).not.toContain('"event":"error"')
    server.kill('SIGTERM')
  })

  it.each([
    ['Ctrl-C', ctrlC],
    ['Ctrl-D', ctrlD],
  ])('%s ends with a close_notify', async (_, key) => {
    const server = await echoServer()
    const child = await connected(server)
    child.write(key)
    expect((await child.outcome).code).toBe(0)
    await server.saying(/"event":"closed"/)
    expect(server.output()).not.toContain('"event":"error"')
    server.kill('SIGTERM')
  })

  it('Ctrl-C gives up a handshake', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const arriving = once(silent, 'connection')
    const { port } = silent.address() as AddressInfo
    const child = program.startOnTerminal(['connect', `127.0.0.1:${port}`, '--ca', files.ca])
    const [socket] = (await arriving) as [Socket]
    await once(socket, 'readable')
    child.write(ctrlC)
    const { code, stdout } = await child.outcome
    expect({ code, said: stdout.toString() }).toEqual({
      code: 1,
      said: expect.stringMatching(/^error ERR_TLS_ABORTED, alert user_canceled sent/m),
    })
    socket.destroy()
    silent.close()
  })
})
