/**
 * Runs a command that must not stand still: `node scripts/watched.mjs [--silence 240] [--attempts 3] -- command …`.
 * If it says nothing for so many seconds, tells where each of its processes is (Node's diagnostic reports), ends it,
 * and begins again as often as allowed. Exits as the command does, with 124 if the last attempt stood still as well.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { silence: { type: 'string', default: '240' }, attempts: { type: 'string', default: '3' } },
})
const [command, ...args] = positionals
if (command === undefined) throw new Error('no command')

let status = 124
for (let left = Number(values.attempts); left > 0 && status === 124; left--) {
  status = await attempt(left > 1)
}
process.exit(status)

async function attempt(again) {
  const reports = mkdtempSync(join(tmpdir(), 'reports-'))
  const options = `${process.env.NODE_OPTIONS ?? ''} --report-on-signal --report-compact --report-directory=${reports}`
  const child = spawn(command, args, {
    detached: true, // a process group of its own, to be ended as one
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: options.trim() },
  })
  const end = () => {
    signal(-child.pid, 'SIGKILL')
    process.exit(143)
  }
  process.once('SIGTERM', end)
  let heard = Date.now()
  for (const name of ['stdout', 'stderr'])
    child[name].on('data', (bytes) => {
      heard = Date.now()
      process[name].write(bytes)
    })
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
  let stoodStill = false
  const watch = setInterval(() => {
    if (stoodStill || Date.now() - heard < Number(values.silence) * 1000) return
    stoodStill = true
    void tellAndEnd(child, reports, again)
  }, 1000)
  const code = await ended
  clearInterval(watch)
  process.off('SIGTERM', end)
  rmSync(reports, { recursive: true, force: true })
  return stoodStill ? 124 : code
}

async function tellAndEnd(child, reports, again) {
  console.error(`\nWARNING: nothing said for ${values.silence} s; where everybody is:`)
  const family = familyOf(child.pid)
  for (const { pid, line, program } of family) {
    console.error(`${pid}: ${line}`)
    if (program === 'node') signal(pid, 'SIGUSR2')
  }
  await sleep(5000) // to write their reports
  const written = readdirSync(reports)
  for (const file of written) console.error(summary(join(reports, file)))
  for (const { pid, program } of family)
    if (program === 'node' && !written.some((file) => file.split('.').includes(String(pid))))
      console.error(
        `-- process ${pid}, does not come to its event loop\n${await stackOf(pid)}\n${kernelsView(pid)}`,
      )
  console.error(again ? 'WARNING: ended, and begun again' : 'ended')
  signal(-child.pid, 'SIGKILL')
  for (const { pid } of family) signal(pid, 'SIGKILL') // who has left the group
}

/** It and its descendants, with command line and seconds of processor time; empty where there is no /proc. */
function familyOf(root) {
  const all = new Map()
  for (const name of safely(() => readdirSync('/proc'), []).filter((entry) => /^\d+$/.test(entry))) {
    const stat = safely(() => readFileSync(`/proc/${name}/stat`, 'latin1'), '')
    const [state, parent, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const seconds = (Number(rest[9]) + Number(rest[10])) / 100
    const words = safely(() => readFileSync(`/proc/${name}/cmdline`, 'latin1'), '').split('\0')
    const line = `${state}, ${seconds} s: ${words.join(' ').slice(0, 200)}`
    all.set(Number(name), {
      pid: Number(name),
      parent: Number(parent),
      line,
      program: basename(words[0] ?? ''),
    })
  }
  const family = [...all.values()].filter(({ pid }) => pid === root)
  for (const { pid } of family) family.push(...[...all.values()].filter(({ parent }) => parent === pid))
  return family
}

/** Of one that does not come to its event loop, and so writes no report: by its debugger. */
async function stackOf(pid) {
  const debug = spawn(process.execPath, ['inspect', '-p', String(pid)], { stdio: ['pipe', 'pipe', 'ignore'] })
  let said = ''
  debug.stdout.on('data', (bytes) => (said += bytes))
  debug.stdin.on('error', () => {})
  for (const line of ['', 'pause', 'bt', '.exit']) {
    debug.stdin.write(`${line}\n`)
    await sleep(2000)
  }
  debug.kill('SIGKILL')
  return said.slice(said.indexOf('#0 '))
}

/** Threads by name and system call (its number and arguments), and what is open. */
function kernelsView(pid) {
  const read = (file) => safely(() => readFileSync(`/proc/${pid}/${file}`, 'latin1').trim(), '?')
  const threads = safely(() => readdirSync(`/proc/${pid}/task`), [])
  const files = safely(() => readdirSync(`/proc/${pid}/fd`), [])
  return [
    ...threads.map((id) => `   thread ${id} ${read(`task/${id}/comm`)}: ${read(`task/${id}/syscall`)}`),
    ...files.map((fd) => `   fd ${fd}: ${safely(() => readlinkSync(`/proc/${pid}/fd/${fd}`), '?')}`),
  ].join('\n')
}

function summary(file) {
  const report = safely(() => JSON.parse(readFileSync(file, 'utf8')), undefined)
  if (!report) return `${file}: not whole`
  const { header, javascriptStack, libuv } = report
  const active =
    libuv?.filter(({ is_active: is, type }) => is && /^(tcp|pipe|process|timer|udp|fs)/.test(type)) ?? []
  return [
    `-- process ${header.processId}, ${header.commandLine.at(-1)}`,
    ...(javascriptStack?.stack ?? []).slice(0, 30),
    `   waits for: ${active.map(({ type, pid, localEndpoint }) => `${type} ${pid ?? localEndpoint?.port ?? ''}`.trim()).join(', ')}`,
  ].join('\n')
}

function signal(pid, name) {
  safely(() => process.kill(pid, name), false)
}

function safely(get, otherwise) {
  try {
    return get()
  } catch {
    return otherwise
  }
}
