/**
 * `npm run bench`: Mortise with each provider and node:tls, both ends in this process, in short rounds that take turns.
 *   --seconds N   how long it may take, about (default 60)
 *   --only NAMES  of the subjects, comma-separated parts of their names; node:tls is always there
 *   --what NAMES  of `handshakes` and `bulk` (default both)
 *   --json FILE   writes the figures there too
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { noble } from '@mortise/crypto-noble'
import { nodeCrypto } from '@mortise/crypto-node'
import { detectWebcrypto } from '@mortise/crypto-webcrypto'
import { bulk } from './bulk.ts'
import { handshakes } from './handshakes.ts'
import { makeIdentity } from './identity.ts'
import { mortise } from './mortise.ts'
import { nodeTls } from './nodeTls.ts'
import { figuresOf, report } from './report.ts'
import { runRounds } from './rounds.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    only: { type: 'string', default: '' },
    what: { type: 'string', default: 'handshakes,bulk' },
    json: { type: 'string' },
  },
})

const identity = await makeIdentity()
const [webcrypto, hashes] = [await detectWebcrypto(), noble().hashes]
const wanted = values.only.split(',')
const subjects = [
  nodeTls(identity),
  await mortise('crypto-node', nodeCrypto(), identity),
  await mortise('crypto-webcrypto with hashes of noble', { ...webcrypto, hashes }, identity),
  await mortise('crypto-webcrypto', webcrypto, identity),
  await mortise('crypto-noble', noble(), identity),
].filter(({ name }, at) => at === 0 || wanted.some((part) => name.includes(part)))

const what = values.what.split(',')
const rounds = await runRounds(
  subjects,
  {
    ...(what.includes('handshakes') && { handshakes }),
    ...(what.includes('bulk') && { bulk }),
  },
  Number(values.seconds) * 1000,
)
const figures = figuresOf(subjects, rounds)
console.log(report(figures))
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`)
