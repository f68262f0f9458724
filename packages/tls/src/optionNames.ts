/** Options are known by their names: what is checked, and what is passed on. */
import { inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'

/** The names of an options type, each once; the compiler sees to it that none is missing. */
export type OptionNames<Options> = Readonly<Record<keyof Options, true>>

/** @throws TlsError `ERR_TLS_CONFIG` for an option that nobody would look at */
export function checkOptionNames<Options extends object>(
  options: Options,
  known: OptionNames<Options>,
): void {
  for (const name of Object.keys(options))
    if (!Object.hasOwn(known, name))
      throw new TlsError(faults.ERR_TLS_CONFIG, {
        detail: inWords && `unknown option ${JSON.stringify(name)}`,
      })
}

type Given<Options, Name extends keyof Options> = { [N in Name]?: Exclude<Options[N], undefined> }

/** Those of the options that have one of these names and are given; `undefined` is as good as not given. */
export function given<Options extends object, Name extends keyof Options>(
  options: Options,
  names: Readonly<Record<Name, true>>,
): Given<Options, Name> {
  const entries = Object.entries(options).filter(
    ([name, value]) => Object.hasOwn(names, name) && value !== undefined,
  )
  return Object.fromEntries(entries) as Given<Options, Name>
}

/** Leaves out what is `undefined`. */
export function defined<Values extends object>(values: Values): Given<Values, keyof Values> {
  return given(values, values as Readonly<Record<keyof Values, true>>)
}
