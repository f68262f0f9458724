/** What scripts write into documents, or compare with them under `--check`. */
import { readFileSync, writeFileSync } from 'node:fs'

const compareOnly = process.argv.includes('--check')

/** A Markdown table, its columns padded as the formatter pads them. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, at) =>
    Math.max(3, title.length, ...rows.map((row) => row[at]?.length ?? 0)),
  )
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, at) => (cells[at] ?? '').padEnd(width)).join(' | ')} |`
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

/** Writes the file, or says that it is not what it should be. */
export function writeGenerated(file: string, text: string): void {
  const before = readOrEmpty(file)
  if (before === text) return
  if (compareOnly) {
    console.error(`${file} is out of date: npm run generate`)
    process.exitCode = 1
  } else writeFileSync(file, text)
}

/** Replaces what stands between `<!-- name -->` and `<!-- /name -->`. */
export function writeSection(file: string, name: string, text: string): void {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const before = readFileSync(file, 'utf8')
  const [start, end] = [before.indexOf(open), before.indexOf(close)]
  if (start < 0 || end < start) throw new Error(`${file} lacks the markers ${open} and ${close}`)
  writeGenerated(file, `${before.slice(0, start + open.length)}\n\n${text}\n\n${before.slice(end)}`)
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
