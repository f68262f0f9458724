/**
 * The shim: BoringSSL's runner starts it once for each test and is its peer over loopback TCP. See the README.
 */
import { CryptoError } from '@mortise/crypto'
import { parseFlags, UnknownFlag } from './flags.ts'
import { runTest } from './runTest.ts'

/** Exit codes of the runner's protocol. */
const unimplemented = 89
const failed = 1

// What is on stderr is compared with what the test expects there
process.removeAllListeners('warning')

const args = process.argv.slice(2)
if (args.includes('-is-handshaker-supported')) {
  console.log('No')
} else {
  try {
    const flags = parseFlags(args)
    process.exitCode = await runTest(flags)
  } catch (error) {
    const lacking =
      error instanceof UnknownFlag ||
      (error instanceof CryptoError && error.code === 'ERR_CRYPTO_UNSUPPORTED')
    process.exitCode = lacking ? unimplemented : failed
    console.error(error instanceof UnknownFlag ? `unknown flag ${error.message}` : error)
  }
}
