import { CertificateVerify, EncryptedExtensions, encodeHandshake, HandshakeType as H } from '@mortise/wire'
import { expect, it } from 'vitest'
import type { Edit, PeerAction } from './actions.ts'
import {
  changeMessage,
  combineEdits,
  dropMessage,
  editBody,
  editExtensions,
  editFields,
  editMessageBytes,
  handshakeMessage,
  inFlight,
  rawMessage,
  repeatMessage,
  swapMessages,
  writeAfter,
  writeBefore,
} from './edits.ts'

const verify = encodeHandshake(H.certificate_verify, CertificateVerify, {
  algorithm: 0x0403,
  signature: Uint8Array.of(1, 2),
})
const flight: readonly PeerAction[] = [
  { kind: 'send', level: 'handshake', message: rawMessage(H.encrypted_extensions, Uint8Array.of(0, 0)) },
  { kind: 'sendChangeCipherSpec' },
  { kind: 'send', level: 'handshake', message: verify },
  { kind: 'send', level: 'handshake', message: rawMessage(H.finished, Uint8Array.of(9)) },
]

/** The types of the messages, and the kinds of what else there is. */
function run(edit: Edit, current = 0): readonly (number | string | undefined)[] {
  return edit(flight, current, []).map((action) => (action.kind === 'send' ? action.message[0] : action.kind))
}

/** The one message of a type. */
function messageOf(edit: Edit, type: number): Uint8Array | undefined {
  const found = edit(flight, 0, []).find((action) => action.kind === 'send' && action.message[0] === type)
  return found?.kind === 'send' ? found.message : undefined
}

const ccs = 'sendChangeCipherSpec'
const [EE, CV, FIN] = [H.encrypted_extensions, H.certificate_verify, H.finished]

it('leaves out, repeats, swaps and puts in, by type', () => {
  expect(run(dropMessage(CV))).toEqual([EE, ccs, FIN])
  expect(run(repeatMessage(FIN))).toEqual([EE, ccs, CV, FIN, FIN])
  expect(run(swapMessages(EE, FIN))).toEqual([FIN, ccs, CV, EE])
  expect(run(writeBefore(CV, handshakeMessage('handshake', 24)))).toEqual([EE, ccs, 24, CV, FIN])
  expect(run(writeAfter(FIN, { kind: 'bytes', bytes: Uint8Array.of(1) }))).toEqual([
    EE,
    ccs,
    CV,
    FIN,
    'bytes',
  ])
  expect(run(changeMessage(EE, () => []))).toEqual([ccs, CV, FIN])
})

it('leaves flights alone in which the message is not', () => {
  for (const edit of [
    dropMessage(H.certificate),
    repeatMessage(H.certificate),
    swapMessages(EE, H.certificate),
  ])
    expect(edit(flight, 0, [])).toEqual(flight)
})

it('changes bytes, bodies with the length in front of them, fields, and extensions', () => {
  expect(
    messageOf(
      editMessageBytes(FIN, (bytes) => bytes.fill(0, 1)),
      FIN,
    ),
  ).toEqual(Uint8Array.of(FIN, 0, 0, 0, 0))
  expect(
    messageOf(
      editBody(FIN, (body) => Uint8Array.of(...body, 8, 7)),
      FIN,
    ),
  ).toEqual(Uint8Array.of(FIN, 0, 0, 3, 9, 8, 7))
  const edit = editFields(CV, CertificateVerify, (body) => ({ ...body, algorithm: 0x0804 }))
  expect(messageOf(edit, CV)?.subarray(4, 6)).toEqual(Uint8Array.of(8, 4))
  const added = editExtensions(EE, EncryptedExtensions, (list) => [
    ...list,
    { extensionType: 0xfff0, extensionData: Uint8Array.of(5) },
  ])
  expect(messageOf(added, EE)).toEqual(Uint8Array.of(EE, 0, 0, 7, 0, 5, 0xff, 0xf0, 0, 1, 5))
})

it('does not touch the honest bytes', () => {
  const before = verify.slice()
  editMessageBytes(CV, (bytes) => bytes.fill(0))(flight, 0, [])
  expect(verify).toEqual(before)
})

it('applies one edit after the other, and in one flight only', () => {
  expect(run(combineEdits(dropMessage(CV), dropMessage(FIN)))).toEqual([EE, ccs])
  expect(run(inFlight(1, dropMessage(CV)), 1)).toEqual([EE, ccs, FIN])
  expect(run(inFlight(1, dropMessage(CV)), 0)).toEqual([EE, ccs, CV, FIN])
})

it('writes headers of three bytes of length (RFC 9846 §4)', () => {
  expect(rawMessage(4, new Uint8Array(0x10203)).subarray(0, 4)).toEqual(Uint8Array.of(4, 1, 2, 3))
})
