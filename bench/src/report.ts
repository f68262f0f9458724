/** Medians of the rounds, as ratios to node:tls of the same run. */
import { cpus } from 'node:os'
import { median, type Sample } from './processorTime.ts'
import type { Measured } from './rounds.ts'
import type { Subject } from './subject.ts'

export interface Figures {
  readonly node: string
  readonly openssl: string
  readonly processors: number
  readonly rounds: number
  readonly lines: readonly FigureLine[]
}

export interface FigureLine {
  readonly name: string
  readonly handshakes?: Measurement
  readonly bulk?: Measurement
  /** Of both ends, processor time in milliseconds. */
  readonly bareHandshake?: number
  /** Sealed and opened, processor time in milliseconds. */
  readonly bareMegabyte?: number
}

/** Amounts are handshakes, or megabytes (10^6 bytes). */
export interface Measurement {
  readonly perSecond: number
  /** Of both ends, processor time in milliseconds. */
  readonly processorMs: number
  /** node:tls is 1. */
  readonly perSecondRatio: number
  readonly processorRatio: number
}

export function figuresOf(subjects: readonly Subject[], measured: ReadonlyMap<Subject, Measured>): Figures {
  const [reference] = subjects
  const of = (subject: Subject | undefined): Measured | undefined => subject && measured.get(subject)
  const first = of(reference)
  const lines = subjects.map((subject): FigureLine => {
    const { samples, bareHandshake, bareMegabyte } = of(subject) ?? missing()
    const measurement = (what: string): Measurement | undefined =>
      samples[what] && compare(samples[what], first?.samples[what] ?? [])
    const [handshakes, bulk] = [measurement('handshakes'), measurement('bulk')]
    return {
      name: subject.name,
      ...(handshakes && { handshakes }),
      ...(bulk && { bulk }),
      ...(bareHandshake.length > 0 && { bareHandshake: median(bareHandshake) }),
      ...(bareMegabyte.length > 0 && { bareMegabyte: median(bareMegabyte) }),
    }
  })
  const rounds = Object.values(first?.samples ?? {})[0]?.length ?? 0
  const { node, openssl } = process.versions
  return { node, openssl: openssl ?? '', processors: cpus().length, rounds, lines }
}

/** Ratios are medians of the rounds' ratios: each round's own, since all subjects had the same weather in it. */
function compare(own: readonly Sample[], reference: readonly Sample[]): Measurement {
  const speed = ({ amount, wallMs }: Sample): number => (1000 * amount) / wallMs
  const cost = ({ amount, processorMs }: Sample): number => processorMs / amount
  const ratio = (of: (sample: Sample) => number): number =>
    median(own.map((sample, round) => of(sample) / of(reference[round] ?? missing())))
  return {
    perSecond: median(own.map(speed)),
    processorMs: median(own.map(cost)),
    perSecondRatio: ratio(speed),
    processorRatio: ratio(cost),
  }
}

export function report({ node, openssl, processors, rounds, lines }: Figures): string {
  const head = `Node ${node}, OpenSSL ${openssl}, ${processors} processors, ${rounds} rounds, medians; ratios to node:tls in the same round`
  const tables = [
    table(
      'full handshakes, x25519, ECDSA P-256, one certificate below the anchor',
      ['', 'per second', 'ratio', 'CPU ms', 'CPU ratio', 'bare CPU ms'],
      lines.map((line) => row(line.name, line.handshakes, line.bareHandshake)),
    ),
    table(
      'bulk, TLS_AES_128_GCM_SHA256, writes of 64 KiB, one way',
      ['', 'MB/s', 'ratio', 'CPU ms/MB', 'CPU ratio', 'bare CPU ms/MB'],
      lines.map((line) => row(line.name, line.bulk, line.bareMegabyte)),
    ),
  ]
  return [head, ...tables].join('\n\n')
}

function row(
  name: string,
  measurement: Measurement | undefined,
  bare: number | undefined,
): readonly string[] {
  const { perSecond, processorMs, perSecondRatio, processorRatio } = measurement ?? {}
  return [
    name,
    perSecond?.toFixed(0) ?? '',
    perSecondRatio?.toFixed(2) ?? '',
    processorMs?.toFixed(3) ?? '',
    processorRatio?.toFixed(2) ?? '',
    bare?.toFixed(3) ?? '',
  ]
}

function table(title: string, header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((cell, at) =>
    Math.max(cell.length, ...rows.map((cells) => cells[at]?.length ?? 0)),
  )
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
  return [title, line(header), ...rows.map(line)].join('\n')
}

function missing(): never {
  throw new Error('a subject was not measured')
}
