/** What is chosen for the handshake, what came of it, and where in it we are. */
import { batch, computed, effect, signal } from '@preact/signals'
import { abilitiesOf, loadProvider, type Abilities } from '../engine/providers.ts'
import type { Message, Recording, Side } from '../engine/recording.ts'
import { defaultSettings, type Settings } from '../engine/settings.ts'
import { view } from './route.ts'

export const settings = signal<Settings>(defaultSettings)
export const recording = signal<Recording | undefined>(undefined)
/** What kept a handshake from being played at all: nothing that a setting should be able to do. */
export const problem = signal<string | undefined>(undefined)
export const running = signal(false)
/** How many recordings there have been: tells the messages of one from those of another. */
export const recordings = signal(0)
/** How many messages are shown. */
export const position = signal(0)
export const playing = signal(false)
export const selectedId = signal<number | undefined>(undefined)
export const scheduleSide = signal<Side>('client')
export const webcryptoAbilities = signal<Abilities | undefined>(undefined)

export const selected = computed<Message | undefined>(() => {
  const id = selectedId.value
  return id === undefined ? undefined : recording.value?.messages[id]
})
export const total = computed(() => recording.value?.messages.length ?? 0)

export function change(part: Partial<Settings>): void {
  settings.value = { ...settings.value, ...part }
}

/** Milliseconds between two messages while it plays. */
const beat = 700

/** Plays the handshake anew at each change of the settings; of changes that come meanwhile, the last one counts. */
export function followSettings(): void {
  effect(() => {
    if (view.value === 'handshake' && played !== settings.value) void run(settings.value)
  })
  effect(() => {
    if (!playing.value) return undefined
    const timer = setInterval(() => {
      if (position.value < total.value) show(position.value + 1)
      if (position.value >= total.value) playing.value = false
    }, beat)
    return () => clearInterval(timer)
  })
}

/** The settings of the last run, so that coming back to the view is no reason for another. */
let played: Settings | undefined

/** Runs that were begun; the last one counts. */
let begun = 0

export async function run(wanted: Settings): Promise<void> {
  played = wanted
  const own = ++begun
  running.value = true
  try {
    const { play } = await import('../engine/play.ts')
    webcryptoAbilities.value ??= abilitiesOf(await loadProvider('webcrypto'))
    const made = await play(wanted)
    if (own === begun) take(made)
  } catch (error) {
    if (own === begun) fail(error)
  }
}

function take(made: Recording): void {
  const culprit = made.failures.find(({ messageId }) => messageId !== undefined)?.messageId
  const chosen = culprit ?? keptSelection(made)
  batch(() => {
    recording.value = made
    recordings.value += 1
    problem.value = undefined
    running.value = false
    playing.value = false
    position.value = made.messages.length
    selectedId.value = chosen
  })
}

function fail(error: unknown): void {
  batch(() => {
    recording.value = undefined
    running.value = false
    problem.value = error instanceof Error ? error.message : String(error)
  })
}

/** The message of the same name and sender as the one that was looked at. */
function keptSelection({ messages }: Recording): number | undefined {
  const before = selected.peek()
  const same = messages.find(({ name, from }) => name === before?.name && from === before.from)
  return (same ?? messages[0])?.id
}

/** Shows the first `count` messages, and looks at the last of them. */
export function show(count: number): void {
  const within = Math.max(0, Math.min(count, total.value))
  batch(() => {
    position.value = within
    if (within > 0) select(within - 1)
  })
}

/** Looks at a message, and at the key schedule of the end that it gave something to compute. */
export function select(id: number): void {
  const made = recording.value?.derivations.find(({ messageId }) => messageId === id)
  batch(() => {
    selectedId.value = id
    if (made) scheduleSide.value = made.side
  })
}

/** From the beginning, if it is at the end. */
export function togglePlaying(): void {
  if (!playing.value && position.value >= total.value) show(0)
  playing.value = !playing.value
}
