/** Both roles as a `Handshake`: a state, a table, and what stays the same between steps. */
import { TlsError } from '@mortise/wire'
import type { EncryptionLevel, HandshakeAction } from './action.ts'
import type { Context } from './context.ts'
import { exportKeyingMaterial } from './exporter.ts'
import type { Handshake } from './handshake.ts'
import { takeStep, type Step, type Transitions } from './machine.ts'
import type { Connected } from './postHandshake/connected.ts'
import { sendKeyUpdate } from './postHandshake/keyUpdate.ts'
import { createTranscript } from './transcript.ts'

interface Named {
  readonly name: string
}

export interface Role<States extends Named, Config> {
  readonly role: 'client' | 'server'
  readonly config: Config
  readonly initial: States
  readonly transitions: Transitions<States, Context<Config>>
  readonly start: (context: Context<Config>) => Promise<Step<States>>
}

export function createHandshake<States extends Named, Config>({
  role,
  config,
  initial,
  transitions,
  start,
}: Role<States, Config>): Handshake {
  const context: Context<Config> = { config, transcript: createTranscript(), retired: [], quietMessages: 0 }
  let state: States | Connected = initial
  let failed = false

  /** Takes a step, or fails for good. */
  const advance = async (
    step: () => Promise<Step<States | Connected>>,
  ): Promise<readonly HandshakeAction[]> => {
    if (failed) throw new TlsError('ERR_TLS_INTERNAL', { detail: 'the handshake has already failed' })
    destroyRetired(context)
    try {
      const { next, actions } = await step()
      state = next
      return actions
    } catch (error) {
      failed = true
      throw error
    }
  }

  const connected = (): Connected => {
    if (!isConnected(state)) throw new TlsError('ERR_TLS_NOT_CONNECTED', { detail: `in state ${state.name}` })
    return state
  }

  return {
    role,
    get state() {
      return state.name
    },
    start: () => advance(() => start(context)),
    receive: (message: Uint8Array, level: EncryptionLevel) =>
      advance(() => takeStep(transitions, state as States, message, level, context)),
    updateKeys: async (requestPeer) => {
      const from = connected()
      return advance(() => sendKeyUpdate(from, requestPeer))
    },
    applicationDataReceived: () => {
      context.quietMessages = 0
    },
    exportKeyingMaterial: async (label, exportContext, length) => {
      const { suite, exporterSecret } = connected()
      return exportKeyingMaterial(suite.hash, exporterSecret, label, exportContext, length)
    },
    destroy: () => {
      destroyRetired(context)
      destroySecrets(state)
    },
  }
}

/** The last step's actions have been carried out by now. */
function destroyRetired(context: Context<unknown>): void {
  for (const secret of context.retired) secret.destroy()
  context.retired = []
}

function isConnected(state: Named): state is Connected {
  return state.name === 'Connected'
}

/** Every secret that a state holds, directly or in a list, has a `destroy`. */
function destroySecrets(state: Named): void {
  for (const value of Object.values(state)) if (isDestroyable(value)) value.destroy()
}

function isDestroyable(value: unknown): value is { readonly destroy: () => void } {
  return (
    typeof value === 'object' && value !== null && 'destroy' in value && typeof value.destroy === 'function'
  )
}
