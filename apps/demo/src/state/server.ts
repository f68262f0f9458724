/** The view of the real server: whom it calls, and what has come of that. */
import { batch, computed, signal } from '@preact/signals'
import type { ClientSessions, SessionStore } from '@mortise/tls'
import type { ProviderName } from '../engine/settings.ts'
import type { SeenRecord } from '../relay/recordCutter.ts'
import { loadTargets, type Target } from '../relay/targets.ts'
import type { PageMessage, VisitResult } from '../relay/visit.ts'

export const targets = signal<readonly Target[] | undefined>(undefined)
export const targetName = signal<string | undefined>(undefined)
export const provider = signal<ProviderName>('webcrypto')
export const connecting = signal(false)
export const messages = signal<readonly PageMessage[]>([])
export const records = signal<readonly SeenRecord[]>([])
export const result = signal<VisitResult | undefined>(undefined)
export const failure = signal<string | undefined>(undefined)

export const target = computed(
  () => targets.value?.find(({ name }) => name === targetName.value) ?? targets.value?.[0],
)
/** Targets that gave a session to come back with, as not every server does: the next connection offers it. */
export const resumable = signal<ReadonlySet<string>>(new Set())

export async function findTargets(): Promise<void> {
  targets.value ??= await loadTargets()
}

let sessions: ClientSessions | undefined

export async function call(): Promise<void> {
  const wanted = target.value
  if (!wanted || connecting.value) return
  batch(() => {
    connecting.value = true
    messages.value = []
    records.value = []
    result.value = undefined
    failure.value = undefined
  })
  try {
    const [{ visit }, { memorySessions, storedSessions }] = await Promise.all([
      import('../relay/visit.ts'),
      import('@mortise/tls'),
    ])
    sessions ??= memorySessions()
    result.value = await visit({
      target: wanted,
      provider: provider.value,
      sessions: storedSessions(storeFor(wanted.name, sessions)),
      onMessage: (message) => {
        messages.value = [...messages.value, message]
      },
      onRecords: (seen) => {
        records.value = [...records.value, ...seen]
      },
    })
  } catch (error) {
    failure.value = error instanceof Error ? error.message : String(error)
  } finally {
    connecting.value = false
  }
}

/** The same store, which tells of this target whether it holds something. */
function storeFor(name: string, { take, put }: SessionStore): SessionStore {
  return {
    take: (key) => {
      resumable.value = new Set([...resumable.value].filter((other) => other !== name))
      return take(key)
    },
    put: (key, session) => {
      resumable.value = new Set([...resumable.value, name])
      return put(key, session)
    },
  }
}
