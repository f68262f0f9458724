/**
 * Runs a table of states: state × message → handler → next states. What the table does not name is
 * unexpected_message (RFC 9846 §4), whatever its body, decided here and nowhere else.
 */
import { decodeHandshakeHeader, inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import type { EncryptionLevel, HandshakeAction } from './action.ts'
import { messageName, readMessage, type MessageName, type Messages } from './messages.ts'

/** A whole handshake message as it came, and decoded. */
export interface Received<Name extends MessageName> {
  /** Header included: what goes into the transcript. */
  readonly raw: Uint8Array
  readonly body: Messages[Name]
}

export interface Step<State> {
  readonly next: State
  readonly actions: readonly HandshakeAction[]
}

interface Named {
  readonly name: string
}

type Handler<Name extends MessageName, Context> = (
  message: Received<Name>,
  context: Context,
) => Promise<Step<Named>>

/** What happens to a message in a state. */
export interface Transition<State, Name extends MessageName, Context> {
  /** The handler, or why the message is not allowed: asked before its body is read. */
  readonly open: (state: State) => Handler<Name, Context> | string
  readonly next: readonly string[]
}

/** What a state must have for a message to be allowed in it. */
export interface Condition<State, Allowing extends State = State> {
  readonly holds: (state: State) => state is Allowing
  /** What to say of a message that came although it does not hold. */
  readonly otherwise: string
}

/** One row: the keys under which messages come in this state, and the messages that may come. */
export interface Row<State, Context> {
  readonly level: EncryptionLevel
  /** No application data may come before the next message (RFC 9846 §4.7.2). */
  readonly uninterrupted?: true
  readonly on: { readonly [Name in MessageName]?: Transition<State, Name, Context> }
}

/** A row for every state. */
export type Transitions<States extends Named, Context> = {
  readonly [Name in States['name']]: Row<Extract<States, { readonly name: Name }>, Context>
}

/** A transition by `handle` into one of `next`; the compiler checks that these are just the states it can answer with. */
export function to<State, Name extends MessageName, Context, Next extends Named>(
  handle: (state: State, message: Received<Name>, context: Context) => Promise<Step<Next>>,
  ...next: readonly NoInfer<Next['name']>[]
): Transition<State, Name, Context> {
  return { open: (state) => (message, context) => handle(state, message, context), next }
}

/** A transition that is there only while the condition holds: otherwise it is as if the table did not name it. */
export function when<State, Allowing extends State, Name extends MessageName, Context>(
  { holds, otherwise }: Condition<State, Allowing>,
  { open, next }: Transition<Allowing, Name, Context>,
): Transition<State, Name, Context> {
  return { open: (state) => (holds(state) ? open(state) : otherwise), next }
}

/** Takes one message through the table. */
export async function takeStep<States extends Named, Context>(
  transitions: Transitions<States, Context>,
  state: States,
  raw: Uint8Array,
  level: EncryptionLevel,
  context: Context,
): Promise<Step<States>> {
  // The table's type ties each state to its row; an index by a union of names loses that tie.
  const row = transitions[state.name as States['name']] as unknown as Row<Named, Context>
  const { type, body } = decodeHandshakeHeader(raw)
  const name = messageName(type, body)
  const transition =
    name === undefined ? undefined : (row.on[name] as Transition<Named, MessageName, Context> | undefined)
  if (name === undefined || !transition)
    throw new TlsError(faults.ERR_TLS_UNEXPECTED_MESSAGE, {
      detail: inWords && `${name ?? `handshake type ${type}`} in state ${state.name}`,
    })
  if (level !== row.level)
    throw new TlsError(faults.ERR_TLS_UNEXPECTED_MESSAGE, {
      detail: inWords && `${name} under ${level} keys, ${row.level} keys are due`,
    })
  const handle = transition.open(state)
  if (typeof handle === 'string')
    throw new TlsError(faults.ERR_TLS_UNEXPECTED_MESSAGE, {
      detail: inWords && `${name} in state ${state.name}, ${handle}`,
    })
  const step = await handle({ raw, body: readMessage(name, body) }, context)
  if (!transition.next.includes(step.next.name))
    throw new TlsError(faults.ERR_TLS_INTERNAL, {
      detail: inWords && `${state.name} must not lead to ${step.next.name}`,
    })
  return step as Step<States>
}
