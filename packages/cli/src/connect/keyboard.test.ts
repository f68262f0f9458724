import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { withoutCommands } from './keyboard.ts'

function typing(updateKeys: (options?: { readonly requestPeer?: boolean }) => Promise<void>) {
  const keyboard = new PassThrough()
  const failures: unknown[] = []
  const rest = withoutCommands(keyboard, { updateKeys }, (error) => failures.push(error))
  let text = ''
  rest.on('data', (bytes: Buffer) => (text += bytes.toString()))
  const ended = new Promise((resolve) => rest.once('end', resolve))
  const type = async (line: string): Promise<void> => {
    keyboard.write(line)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { type, text: () => text, ended, failures }
}

describe('lines of one letter', () => {
  it('K updates the keys of both sides, k ours; neither is sent', async () => {
    const asked: (boolean | undefined)[] = []
    const { type, text } = typing(async (options) => void asked.push(options?.requestPeer))
    for (const line of ['K\n', 'k\r\n', 'Kk\n', 'hello K\n', 'KEEP\n', '\n']) await type(line)
    expect(asked).toEqual([true, false])
    expect(text()).toBe('Kk\nhello K\nKEEP\n\n')
  })

  it('are whole lines: what a Ctrl-D hands out is part of one', async () => {
    const asked: unknown[] = []
    const { type, text } = typing(async (options) => void asked.push(options))
    for (const part of ['ab', 'K\n', 'Q', '\n', 'k', 'k', 'k\n']) await type(part)
    expect(text()).toBe('abK\nQ\nkkk\n')
    expect(asked).toEqual([])
    await type('K\n')
    expect(asked).toHaveLength(1)
  })

  it('Q ends, and what follows is not sent', async () => {
    const { type, text, ended } = typing(async () => {})
    await type('before\n')
    await type('Q\n')
    await type('after\n')
    await ended
    expect(text()).toBe('before\n')
  })

  it('a command that fails is told, and ends nothing', async () => {
    const { type, text, failures } = typing(() => Promise.reject(new Error('not connected')))
    await type('K\n')
    await type('still here\n')
    expect(failures).toEqual([new Error('not connected')])
    expect(text()).toBe('still here\n')
  })
})
