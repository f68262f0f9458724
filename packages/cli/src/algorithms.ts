/** Lists of algorithms by their registered names, in order of preference. */
import { cipherSuites, type SigningProvider } from '@mortise/crypto'
import { cipherSuiteName, namedGroupName, signatureSchemeName } from '@mortise/wire'
import { UsageError } from './usage.ts'

/** Lists as typed: names between commas (or colons, as other programs have them). */
export interface AlgorithmLists {
  readonly ciphers?: string | undefined
  readonly groups?: string | undefined
  readonly sigalgs?: string | undefined
}

/** Code points, for the options of a connection. */
export interface Algorithms {
  readonly cipherSuites?: readonly number[]
  readonly groups?: readonly number[]
  readonly signatureSchemes?: readonly number[]
}

/** @throws UsageError for a name that is unknown, or that the provider doesn't have */
export function readAlgorithms(lists: AlgorithmLists, provider: SigningProvider, name: string): Algorithms {
  const { ciphers, groups, sigalgs } = lists
  const codes = (option: string, list: string, known: readonly number[], nameOf: NameOf): readonly number[] =>
    readList({ option, list, provider: name, known: new Map(known.map((code) => [nameOf(code), code])) })
  const suites = cipherSuites(provider).map(({ suite }) => suite)
  const schemes = provider.signatures.flatMap(({ scheme }) => (scheme === undefined ? [] : [scheme]))
  const named = provider.groups.map(({ group }) => group)
  return {
    ...(ciphers === undefined ? {} : { cipherSuites: codes('ciphers', ciphers, suites, cipherSuiteName) }),
    ...(groups === undefined ? {} : { groups: codes('groups', groups, named, namedGroupName) }),
    ...(sigalgs === undefined
      ? {}
      : { signatureSchemes: codes('sigalgs', sigalgs, schemes, signatureSchemeName) }),
  }
}

type NameOf = (code: number) => string

interface NameList {
  readonly option: string
  readonly list: string
  readonly provider: string
  readonly known: ReadonlyMap<string, number>
}

function readList({ option, list, provider, known }: NameList): readonly number[] {
  const byLowerCase = new Map([...known].map(([name, code]) => [name.toLowerCase(), code]))
  return splitList(option, list, /[,:]/).map((name) => {
    const code = byLowerCase.get(name.toLowerCase())
    if (code !== undefined) return code
    throw new UsageError(
      `--${option}: the provider ${provider} has no ${name}; it has ${[...known.keys()].join(', ')}`,
    )
  })
}

/** @throws UsageError for an empty item, and for one that is there twice */
export function splitList(option: string, list: string, separator: string | RegExp): readonly string[] {
  const items = list.split(separator).map((item) => item.trim())
  if (items.includes('')) throw new UsageError(`--${option} ${list}: a name is missing between the commas`)
  const lower = items.map((item) => item.toLowerCase())
  const twice = items.find((_, index) => lower.indexOf(lower[index] ?? '') !== index)
  if (twice !== undefined) throw new UsageError(`--${option} ${list}: ${twice} is there twice`)
  return items
}
