/** What messages are called in the RFC. */
import type { TraceEvent } from '@mortise/tls'
import { handshakeMessageCodec, helloRetryRequestRandom, alertDescriptionName } from '@mortise/wire'

/** `ClientHello`, `alert: close_notify`, `application_data`, … */
export function messageName(kind: TraceEvent['kind'], bytes: Uint8Array): string {
  if (kind === 'changeCipherSpec') return 'change_cipher_spec'
  if (kind === 'applicationData') return 'Application Data'
  if (kind === 'alert') return `Alert: ${alertDescriptionName(bytes[1] ?? 0)}`
  if (isRetry(bytes)) return 'HelloRetryRequest'
  return handshakeMessageCodec(bytes[0] ?? 0)?.name ?? `handshake type ${bytes[0]}`
}

const serverHelloType = 2
/** Header and legacy_version stand before the random (RFC 9846 §4.2.3). */
const randomOffset = 6

function isRetry(message: Uint8Array): boolean {
  return (
    message[0] === serverHelloType &&
    helloRetryRequestRandom.every((byte, i) => message[randomOffset + i] === byte)
  )
}
