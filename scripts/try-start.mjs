// `npm start`, as a visitor has it: it must print an address, the page must be there with its policy and its scripts, and
// it must end when it is told to.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

const patience = 90_000

// In a group of its own: npm, and the server beneath it
const child = spawn('npm', ['start'], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] })
const timer = setTimeout(() => end('no address within 90 s'), patience)
const exited = once(child, 'exit')
process.once('SIGTERM', () => end('ended from outside')) // nothing of the group may outlive us
process.once('SIGINT', () => end('ended from outside'))

try {
  const address = await addressOf(child.stdout)
  const page = await fetch(address)
  const html = await page.text()
  const policy = page.headers.get('content-security-policy') ?? ''
  check(page.ok && html.includes('<div id="app">'), `no page at ${address}`)
  check(policy.includes("default-src 'none'") && !policy.includes('unsafe'), `its policy is ${policy}`)
  const script = /<script[^>]+src="([^"]+)"/.exec(html)?.[1]
  check(script !== undefined && (await fetch(new URL(script, address))).ok, 'its script is not there')
  const targets = await (await fetch(new URL('targets.json', address))).json()
  check(targets.length > 0, 'there is nobody to relay to')
  console.log(`a page with its script and ${targets.length} targets`)
} catch (error) {
  console.error(error)
  process.exitCode = 1
}
clearTimeout(timer)
process.kill(-child.pid, 'SIGTERM')
await exited

async function addressOf(output) {
  for await (const line of createInterface({ input: output })) {
    console.log(line)
    const found = /http:\/\/\S+/.exec(line)
    if (found) return found[0]
  }
  throw new Error('npm start ended without an address')
}

function check(condition, otherwise) {
  if (!condition) throw new Error(otherwise)
}

function end(why) {
  console.error(why)
  process.kill(-child.pid, 'SIGKILL')
  process.exit(1)
}
