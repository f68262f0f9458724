/** Options of the command line, as a table: parsing and help are made of it. Nothing that is typed is ignored. */
import { parseArgs } from 'node:util'
import { UsageError } from './usage.ts'

export interface OptionSpec {
  /** What stands for the value in the help: `FILE`. Absent: a switch. */
  readonly value?: string
  /** May be given more than once. */
  readonly multiple?: true
  /** What it does. */
  readonly text: string
}

export type OptionTable = Readonly<Record<string, OptionSpec>>

/** What was typed. */
export interface GivenOptions<Name extends string> {
  readonly positionals: readonly string[]
  readonly flag: (name: Name) => boolean
  readonly text: (name: Name) => string | undefined
  /** Of an option that may be repeated. */
  readonly texts: (name: Name) => readonly string[]
  /** @throws UsageError if it is no whole number from `min` to `max` */
  readonly integer: (name: Name, min: number, max: number) => number | undefined
}

/** @throws UsageError */
export function readOptions<Name extends string>(
  command: string,
  args: readonly string[],
  table: Readonly<Record<Name, OptionSpec>>,
): GivenOptions<Name> {
  const specs: OptionTable = table
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(specs).map(([name, { value }]) => [
        name,
        {
          type: value === undefined ? ('boolean' as const) : ('string' as const),
          ...(name === 'help' ? { short: 'h' } : {}),
        },
      ]),
    ),
    strict: false,
    tokens: true,
  })
  const values = new Map<string, string[]>()
  const positionals: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const spec = Object.hasOwn(specs, token.name) ? specs[token.name] : undefined
    if (!spec) throw unknownOption(command, token.rawName, Object.keys(specs))
    const before = values.get(token.name) ?? []
    if (before.length > 0 && !spec.multiple) throw new UsageError(`${token.rawName} is given twice`)
    values.set(token.name, [...before, valueOf(token, spec)])
  }
  return given(values, positionals)
}

interface OptionToken {
  readonly rawName: string
  readonly value: string | undefined
  readonly inlineValue: boolean | undefined
}

/** @returns an empty string for a switch */
function valueOf({ rawName, value, inlineValue }: OptionToken, spec: OptionSpec): string {
  if (spec.value === undefined) {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value`)
    return ''
  }
  if (value === undefined || value === '') throw new UsageError(`${rawName} needs a value: ${spec.value}`)
  if (!inlineValue && /^-./.test(value))
    throw new UsageError(
      `${rawName} needs a value, but ${value} follows; write ${rawName}=${value} if that is the value`,
    )
  return value
}

function unknownOption(command: string, name: string, known: readonly string[]): UsageError {
  const bare = name.replace(/^-+/, '')
  const near = known.find(
    (item) => item.startsWith(bare) || bare.startsWith(item) || item.replace(/s$/, '') === bare,
  )
  const hint = near && bare.length > 1 ? `; is --${near} meant?` : ''
  return new UsageError(
    `mortise ${command} has no option ${name}${hint || `; mortise ${command} --help lists them`}`,
  )
}

function given<Name extends string>(
  values: ReadonlyMap<string, readonly string[]>,
  positionals: readonly string[],
): GivenOptions<Name> {
  const text = (name: Name): string | undefined => values.get(name)?.[0]
  return {
    positionals,
    flag: (name) => values.has(name),
    text,
    texts: (name) => values.get(name) ?? [],
    integer: (name, min, max) => {
      const typed = text(name)
      if (typed === undefined) return undefined
      const number = Number(typed)
      if (/^\d+$/.test(typed) && number >= min && number <= max) return number
      throw new UsageError(`--${name} ${typed}: a whole number from ${min} to ${max} is needed`)
    },
  }
}
