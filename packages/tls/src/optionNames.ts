import { TlsError } from '@mortise/wire'

/** The names of an options type, each once; the compiler sees to it that none is missing. */
export type OptionNames<Options> = Readonly<Record<keyof Options, true>>

/** @throws TlsError `ERR_TLS_CONFIG` for an option that nobody would look at */
export function checkOptionNames<Options extends object>(
  options: Options,
  known: OptionNames<Options>,
): void {
  for (const name of Object.keys(options))
    if (!Object.hasOwn(known, name))
      throw new TlsError('ERR_TLS_CONFIG', { detail: `unknown option ${JSON.stringify(name)}` })
}
