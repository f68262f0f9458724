/**
 * Writes config.json, the runner's -shim-config: which tests are out of scope, each with its reason, and which of
 * our error codes stand for which of the runner's error strings.
 *
 *   node scripts/makeConfig.ts [--check]
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { disabledTests } from './disabledTests.ts'
import { errorMap } from './errorMap.ts'

const file = new URL('../config.json', import.meta.url)
// HalfRTTTickets: our server sends tickets after the client's Finished, so none before half-RTT data
const config = { DisabledTests: Object.fromEntries(disabledTests), ErrorMap: errorMap, HalfRTTTickets: 0 }

if (process.argv[2] === '--check') {
  if (JSON.stringify(JSON.parse(readFileSync(file, 'utf8'))) !== JSON.stringify(config)) {
    console.error('config.json is not what scripts/makeConfig.ts writes')
    process.exitCode = 1
  }
} else writeFileSync(file, `${JSON.stringify(config, null, 2)}\n`)
