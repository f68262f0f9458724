/** ClientHellos that are not what an honest client would send, yet a whole handshake can be made of them. */
import { composeClientHello, type ComposeClientHello } from '@mortise/handshake'
import { ClientHello, encodeHandshake, HandshakeType } from '@mortise/wire'

/**
 * For `createClientHandshake`. Other than an edit of a flight, which the peer's own transcript does not know of, such a change
 * is part of the handshake: it goes on if the server does not mind. Binders of pre-shared keys stay as they were.
 */
export function changedClientHello(change: (hello: ClientHello) => Partial<ClientHello>): ComposeClientHello {
  return async (config) => {
    const sent = await composeClientHello(config)
    const clientHello = { ...sent.clientHello, ...change(sent.clientHello) }
    return {
      ...sent,
      clientHello,
      message: encodeHandshake(HandshakeType.client_hello, ClientHello, clientHello),
      offered: new Set(clientHello.extensions.map(({ extensionType }) => extensionType)),
    }
  }
}
