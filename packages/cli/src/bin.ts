#!/usr/bin/env node
/** The program `mortise`: its arguments, its streams and its exit code. */
import { main } from './main.ts'

// Who reads us may stop reading: that ends us quietly, wherever we stand
process.stderr.on('error', () => {})

process.exitCode = await main(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  // Once: a second signal does what signals do
  onInterrupt: (listener) => {
    process.once('SIGINT', listener)
    process.once('SIGTERM', listener)
  },
})
