/** The client's state machine, as RFC 9846 §A.1 draws it. */
import { to, when, type Transitions } from '../machine.ts'
import type { ClientConnected } from '../postHandshake/connected.ts'
import { receiveKeyUpdate } from '../postHandshake/keyUpdate.ts'
import { receiveNewSessionTicket } from '../postHandshake/newSessionTicket.ts'
import { answerLater, mayBeAsked } from './answerLater.ts'
import type { ClientContext } from './context.ts'
import { compressionOffered, readCertificate, readCompressedCertificate } from './expectCertificate.ts'
import { readCertificateRequest } from './expectCertificateRequest.ts'
import { readCertificateVerify } from './expectCertificateVerify.ts'
import { readEncryptedExtensions } from './expectEncryptedExtensions.ts'
import { readFinished } from './expectFinished.ts'
import { readHelloRetryRequest } from './expectHelloRetryRequest.ts'
import { readSecondServerHello, readServerHello } from './expectServerHello.ts'
import type { ClientState } from './states.ts'

export const clientTransitions: Transitions<ClientState, ClientContext> = {
  Start: { level: 'initial', on: {} },
  ExpectServerHello: {
    level: 'initial',
    on: {
      ServerHello: to(readServerHello, 'ExpectEncryptedExtensions'),
      HelloRetryRequest: to(readHelloRetryRequest, 'ExpectSecondServerHello'),
    },
  },
  ExpectSecondServerHello: {
    level: 'initial',
    on: { ServerHello: to(readSecondServerHello, 'ExpectEncryptedExtensions') },
  },
  ExpectEncryptedExtensions: {
    level: 'handshake',
    on: { EncryptedExtensions: to(readEncryptedExtensions, 'ExpectCertificateOrRequest', 'ExpectFinished') },
  },
  ExpectCertificateOrRequest: {
    level: 'handshake',
    on: {
      CertificateRequest: to(readCertificateRequest, 'ExpectCertificate'),
      Certificate: to(readCertificate, 'ExpectCertificateVerify'),
      CompressedCertificate: when(
        compressionOffered,
        to(readCompressedCertificate, 'ExpectCertificateVerify'),
      ),
    },
  },
  ExpectCertificate: {
    level: 'handshake',
    on: {
      Certificate: to(readCertificate, 'ExpectCertificateVerify'),
      CompressedCertificate: when(
        compressionOffered,
        to(readCompressedCertificate, 'ExpectCertificateVerify'),
      ),
    },
  },
  ExpectCertificateVerify: {
    level: 'handshake',
    on: { CertificateVerify: to(readCertificateVerify, 'ExpectFinished') },
  },
  ExpectFinished: {
    level: 'handshake',
    on: { Finished: to(readFinished, 'Connected') },
  },
  Connected: {
    level: 'application',
    on: {
      NewSessionTicket: to(receiveNewSessionTicket, 'Connected'),
      CertificateRequest: when(mayBeAsked, to(answerLater, 'Connected')),
      KeyUpdate: to(receiveKeyUpdate<ClientConnected>, 'Connected'),
    },
  },
}
