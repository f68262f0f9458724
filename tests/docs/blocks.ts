/** Code blocks of a page, as fences with an info string: language, then `name=value` pairs. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

export const root = new URL('../..', import.meta.url).pathname

export interface Block {
  readonly language: string
  /** `file=…`: the block is a module of its own, which others import. */
  readonly file: string | undefined
  /** Line of the first line of code, from 1. */
  readonly line: number
  readonly code: string
}

export interface Page {
  /** Relative to the root. */
  readonly path: string
  readonly text: string
  readonly blocks: readonly Block[]
}

export function readPage(file: string): Page {
  const text = readFileSync(file, 'utf8')
  const blocks = [...text.matchAll(/^```(\w+)([^\n]*)\n(.*?)^```$/gms)].map(
    ({ 1: language = '', 2: info = '', 3: code = '', index }) => ({
      language,
      file: /\bfile=(\S+)/.exec(info)?.[1],
      line: text.slice(0, index).split('\n').length + 1,
      code,
    }),
  )
  return { path: relative(root, file), text, blocks }
}

/** `docs/NN-….md`, in order. */
export function guide(): readonly Page[] {
  return readdirSync(join(root, 'docs'))
    .filter((name) => /^\d\d-.*\.md$/.test(name))
    .toSorted()
    .map((name) => readPage(join(root, 'docs', name)))
}

/** Everything else that people read and that has code in it. */
export function readmes(): readonly Page[] {
  const packages = readdirSync(join(root, 'packages')).map((name) =>
    join(root, 'packages', name, 'README.md'),
  )
  return [join(root, 'README.md'), ...packages].map(readPage)
}
