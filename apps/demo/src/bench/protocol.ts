/** What the page and its measuring worker say to each other. */
import type { GroupName, ProviderName, SuiteName } from '../engine/settings.ts'

export const measures = ['handshakes', 'throughput'] as const
export type Measure = (typeof measures)[number]

export interface Order {
  readonly group: GroupName
  readonly suite: SuiteName
}

export type Report =
  /** What is measured from now on. */
  | { readonly kind: 'begin'; readonly provider: ProviderName; readonly measure: Measure }
  /** The rate so far: per second, of handshakes or of megabytes (10^6 bytes). */
  | {
      readonly kind: 'rate'
      readonly provider: ProviderName
      readonly measure: Measure
      readonly rate: number
    }
  /** This provider has no such group or suite here. */
  | { readonly kind: 'unsupported'; readonly provider: ProviderName }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly message: string }
