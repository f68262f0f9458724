import { hexadecimal } from './hexadecimal.ts'

/** The union of a registry's code points. */
export type CodePoint<Registry> = Registry[keyof Registry]

const never = (): boolean => false

/**
 * Names of code points: as registered, `GREASE (0x0a0a)` for the reserved ones, else the number in hexadecimal.
 * The reversed table is made at the first call, so that importing costs nothing.
 * @param digits hexadecimal digits of a code point
 */
/* @__NO_SIDE_EFFECTS__ */
export function nameOf(
  registry: Readonly<Record<string, number>>,
  digits: 2 | 4,
  isReserved: (value: number) => boolean = never,
): (value: number) => string {
  let names: Map<number, string> | undefined
  return (value) => {
    names ??= new Map(Object.entries(registry).map(([name, code]) => [code, name]))
    const known = names.get(value)
    if (known !== undefined) return known
    const number = hexadecimal(value, digits)
    return isReserved(value) ? `GREASE (${number})` : number
  }
}
