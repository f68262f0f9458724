/** The program `mortise` as a function. */
export { main } from './main.ts'
export type { ExitCode, Io } from './io.ts'
