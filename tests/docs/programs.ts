/**
 * Pages as programs. The blocks of a page of the guide are one program, in their order; a block with `file=` is a module
 * of its own. Each line keeps its number, so that what the compiler says of `main.ts` is true of the page.
 */
import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Block, Page } from './blocks.ts'
import { root } from './blocks.ts'

/** Where programs are written to; not in version control. A project each, since tests run side by side. */
export const programs = (project: string): string => join(root, 'tests/docs/.programs', project)

/** Blocks at their lines, with empty lines between them. */
export function atTheirLines(blocks: readonly Block[]): string {
  const lines: string[] = []
  for (const { line, code } of blocks) {
    while (lines.length < line - 1) lines.push('')
    lines.push(...code.trimEnd().split('\n'))
  }
  return `${lines.join('\n')}\n`
}

/** The modules of a page, by file name. */
export function modulesOf({ blocks }: Page): Readonly<Record<string, string>> {
  const code = blocks.filter(({ language }) => language === 'ts')
  const own = code.filter(({ file }) => file !== undefined)
  return {
    'main.ts': atTheirLines(code.filter(({ file }) => file === undefined)),
    ...Object.fromEntries(own.map((block) => [block.file ?? '', atTheirLines([block])])),
  }
}

const said = /^(\s*)console\.log\((.*)\) \/\/ → (.*)$/gm

/** Turns `console.log(…) // → text` into a check of what is printed. */
export const checkingOutput = (code: string): string =>
  code.replaceAll(said, (_, indent: string, values: string, text: string) => {
    return `${indent}__printed(${JSON.stringify(text)}, ${values})`
  })

/** How often a program says what it prints. */
export const outputsOf = (code: string): number => [...code.matchAll(said)].length

/** Writes files of a project anew. */
export function write(project: string, files: Readonly<Record<string, string>>): void {
  rmSync(programs(project), { recursive: true, force: true })
  for (const [name, text] of Object.entries(files)) {
    const file = join(programs(project), name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
}

/**
 * Has the compiler look at a project, against the sources of the packages.
 * @param ambient file with the declarations that programs take for granted
 * @returns what it complains of
 */
export async function compile(project: string, ambient: string): Promise<string> {
  const config = join(programs(project), 'tsconfig.json')
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(root, 'tsconfig.base.json'),
      compilerOptions: {
        noEmit: true,
        composite: false,
        incremental: false,
        declaration: false,
        declarationMap: false,
        isolatedDeclarations: false,
        noUnusedLocals: false,
        rewriteRelativeImportExtensions: false,
        types: ['node'],
        lib: ['es2024', 'esnext.disposable', 'dom', 'dom.iterable', 'dom.asynciterable'],
      },
      include: ['**/*.ts', join(root, 'tests/docs', ambient)],
    }),
  )
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  try {
    await promisify(execFile)(process.execPath, [compiler, '-p', config, '--pretty', 'false'])
    return ''
  } catch (error) {
    const { stdout } = error as { readonly stdout?: string }
    if (!stdout) throw error
    return stdout
  }
}
