/** The Finished message, from both sides (RFC 9846 §4.5.3). */
import { constantTimeEqual, type Hash, type Secret } from '@mortise/crypto'
import { encodeHandshake, Finished, HandshakeType, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { finishedMac } from '../keySchedule.ts'

/** @param secret the sender's handshake traffic secret */
export async function composeFinished(
  hash: Hash,
  secret: Secret,
  transcriptHash: Uint8Array,
): Promise<Uint8Array> {
  const verifyData = await finishedMac(hash, secret, transcriptHash)
  return encodeHandshake(HandshakeType.finished, Finished, { verifyData })
}

/** @throws TlsError `ERR_TLS_BAD_FINISHED` for a wrong value, one of another length included */
export async function checkFinished(
  { verifyData }: Finished,
  hash: Hash,
  secret: Secret,
  transcriptHash: Uint8Array,
): Promise<void> {
  if (!constantTimeEqual(verifyData, await finishedMac(hash, secret, transcriptHash)))
    throw new TlsError(faults.ERR_TLS_BAD_FINISHED)
}
