/** What is not run, and why: patterns as the runner takes them, which are those of Go's filepath.Match. */
import { differences } from './differences.ts'
import { outOfScope } from './outOfScope.ts'

/** Names stand before patterns, so that their reasons count. */
export const disabledTests: readonly (readonly [pattern: string, reason: string])[] = [
  ...differences,
  ...outOfScope.flatMap(([reason, patterns]) => patterns.map((pattern) => [pattern, reason] as const)),
]

const expressions = disabledTests.map(([pattern, reason]) => [toRegExp(pattern), reason] as const)

/** The reason for which a test is not run, if it isn't. */
export function reasonAgainst(test: string): string | undefined {
  return expressions.find(([names]) => names.test(test))?.[1]
}

function toRegExp(pattern: string): RegExp {
  const parts = pattern.match(/\*|\[\^.\]|[^*[]+/g) ?? []
  return new RegExp(
    `^${parts.map((part) => (part === '*' ? '.*' : part.startsWith('[') ? part : part.replaceAll(/[.+()]/g, '\\$&'))).join('')}$`,
  )
}
