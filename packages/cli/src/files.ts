/** Files that the command line names. What can't be read or written is the caller's mistake. */
import { openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { UsageError } from './usage.ts'

/** For what nobody else may read. */
const ownerOnly = 0o600

/** @param option as typed, for the error @throws UsageError */
export function readBytes(option: string, file: string): Uint8Array {
  const bytes = trying(option, file, () => readFileSync(file))
  return new Uint8Array(bytes)
}

/** @throws UsageError */
export function readText(option: string, file: string): string {
  return trying(option, file, () => readFileSync(file, 'utf8'))
}

/** Replaces `file`, which only its owner can read if it is new. @throws UsageError */
export function writeSecret(option: string, file: string, bytes: Uint8Array): void {
  trying(option, file, () => writeFileSync(file, bytes, { mode: ownerOnly }))
}

/** Writes lines to the end of `file`, which only its owner can read if it is new. @throws UsageError */
export function lineAppender(option: string, file: string): (line: string) => void {
  const descriptor = trying(option, file, () => openSync(file, 'a', ownerOnly))
  return (line) => void writeSync(descriptor, `${line}\n`)
}

function trying<T>(option: string, file: string, job: () => T): T {
  try {
    return job()
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new UsageError(`${option} ${file}: ${why}`)
  }
}
