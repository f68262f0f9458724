/** Both roles as a `Handshake`: a state, a table, and what stays the same between steps. */
import { inWords, isTlsError, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import type { EncryptionLevel, HandshakeAction, InstallKeys } from './action.ts'
import { dropEarlyExporter, type Context } from './context.ts'
import { exportKeyingMaterial } from './exporter.ts'
import type { Handshake } from './handshake.ts'
import { takeStep, type Step, type Transitions } from './machine.ts'
import type { Answers } from './postHandshake/answers.ts'
import type { Established } from './postHandshake/connected.ts'
import { sendKeyUpdate } from './postHandshake/keyUpdate.ts'
import type { ClientCertificateRequest } from './server/requestClientCertificate.ts'
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
  /** Clients ask nobody. */
  readonly asking?: Asking<States>
  /** See `Handshake`. */
  readonly keysForAlert?: (state: States) => InstallKeys | undefined
}

/** Asks for a client's certificate, and keeps those who wait for the answer. */
interface Asking<States extends Named> {
  readonly ask: (state: Extract<States, Established>) => ClientCertificateRequest<States>
  readonly answers: Answers
}

export function createHandshake<States extends Named, Config>({
  role,
  config,
  initial,
  transitions,
  start,
  asking,
  keysForAlert,
}: Role<States, Config>): Handshake {
  const context: Context<Config> = {
    config,
    transcript: createTranscript(),
    retired: [],
    earlyExporter: undefined,
    quietMessages: 0,
  }
  let state = initial
  let failed = false
  let destroyed = false

  /** Takes a step, or fails for good. */
  const advance = async (step: () => Promise<Step<States>>): Promise<readonly HandshakeAction[]> => {
    if (failed)
      throw new TlsError(faults.ERR_TLS_INTERNAL, { detail: inWords && 'the handshake has already failed' })
    destroyRetired(context)
    try {
      const { next, actions } = await step()
      if (destroyed) throw tooLate(next)
      state = next
      asking?.answers.settle(actions)
      return actions
    } catch (cause) {
      failed = true
      // Of what the owner has brought along: stores, keys, verifiers, the provider
      const error = isTlsError(cause) ? cause : new TlsError(faults.ERR_TLS_INTERNAL, { cause })
      asking?.answers.fail(() => error)
      throw error
    }
  }

  /** Nobody waits any more for what the step has led to: a key that is far away, say, has signed after all. */
  const tooLate = (next: States): TlsError => {
    destroySecrets(next)
    destroyAside()
    return new TlsError(faults.ERR_TLS_CLOSED)
  }
  const destroyAside = (): void => {
    destroyRetired(context)
    dropEarlyExporter(context)
  }

  /** The connection may be over while a provider works for it. */
  const orClosed = <T>(job: Promise<T>): Promise<T> =>
    job.catch((error: unknown) => {
      throw destroyed ? new TlsError(faults.ERR_TLS_CLOSED) : error
    })

  const established = (): Extract<States, Established> => {
    if (destroyed) throw new TlsError(faults.ERR_TLS_CLOSED)
    if (!isEstablished(state))
      throw new TlsError(faults.ERR_TLS_NOT_CONNECTED, { detail: inWords && `in state ${state.name}` })
    return state
  }

  return {
    role,
    get state() {
      return state.name
    },
    get keysForAlert() {
      return keysForAlert?.(state)
    },
    start: () => advance(() => start(context)),
    receive: (message: Uint8Array, level: EncryptionLevel) =>
      advance(() => takeStep(transitions, state, message, level, context)),
    updateKeys: async (requestPeer) => {
      const from = established()
      return advance(() => sendKeyUpdate(from, requestPeer))
    },
    get owesKeyUpdate() {
      return isEstablished(state) && state.updateOwed
    },
    requestClientCertificate: async () => {
      const from = established()
      if (!asking)
        throw new TlsError(faults.ERR_TLS_CLIENT_CAN_NOT_BE_ASKED, { detail: inWords && 'we are the client' })
      const { context: requestContext, ...step } = asking.ask(from)
      const actions = await advance(async () => step)
      return { actions, answer: asking.answers.expect(requestContext) }
    },
    applicationDataReceived: () => {
      context.quietMessages = 0
      const row = transitions[state.name as States['name']]
      if (row.uninterrupted)
        throw new TlsError(faults.ERR_TLS_UNEXPECTED_MESSAGE, {
          detail: inWords && `application data in state ${state.name}`,
        })
    },
    exportKeyingMaterial: async (label, exportContext, length) => {
      const { suite, exporterSecret } = mayAnswerEarlyData(state) ? state : established()
      return orClosed(exportKeyingMaterial(suite.hash, exporterSecret, label, exportContext, length))
    },
    exportEarlyKeyingMaterial: async (label, exportContext, length) => {
      const { earlyExporter } = context
      if (!earlyExporter)
        throw new TlsError(faults.ERR_TLS_NOT_CONNECTED, { detail: inWords && 'there is no early data' })
      const { hash, secret } = earlyExporter
      return orClosed(exportKeyingMaterial(hash, secret, label, exportContext, length))
    },
    destroy: () => {
      asking?.answers.fail(() => new TlsError(faults.ERR_TLS_CLOSED))
      destroyed = true
      destroyAside()
      destroySecrets(state)
    },
  }
}

/** The last step's actions have been carried out by now. */
function destroyRetired(context: Context<unknown>): void {
  for (const secret of context.retired) secret.destroy()
  context.retired = []
}

function isEstablished<States extends Named>(state: States): state is Extract<States, Established> {
  return 'resumptionSecret' in state
}

/** A server that accepted early data, its own Finished sent and the client's still to come. */
function mayAnswerEarlyData<States extends Named>(
  state: States,
): state is Extract<States, Pick<Established, 'suite' | 'exporterSecret' | 'info'>> {
  const { exporterSecret, info } = state as Partial<Established>
  return exporterSecret !== undefined && info?.earlyData === true
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
