/** The server's state machine, as RFC 9846 §A.2 draws it. */
import { to, when, type Transitions } from '../machine.ts'
import type { ServerConnected } from '../postHandshake/connected.ts'
import { receiveKeyUpdate } from '../postHandshake/keyUpdate.ts'
import type { ServerContext } from './context.ts'
import { compressionRequested, readCertificate, readCompressedCertificate } from './expectCertificate.ts'
import { readCertificateVerify } from './expectCertificateVerify.ts'
import { readClientHello } from './expectClientHello.ts'
import { readEndOfEarlyData } from './expectEndOfEarlyData.ts'
import { readFinished } from './expectFinished.ts'
import { readSecondClientHello } from './expectSecondClientHello.ts'
import {
  compressionRequestedLater,
  isAwaited,
  readPostHandshakeCertificate,
  readPostHandshakeCertificateVerify,
  readPostHandshakeCompressedCertificate,
  readPostHandshakeFinished,
} from './readClientCertificate.ts'
import type { ServerState } from './states.ts'

export const serverTransitions: Transitions<ServerState, ServerContext> = {
  ExpectClientHello: {
    level: 'initial',
    on: {
      ClientHello: to(
        readClientHello,
        'ExpectSecondClientHello',
        'ExpectEndOfEarlyData',
        'ExpectCertificate',
        'ExpectFinished',
      ),
    },
  },
  ExpectSecondClientHello: {
    level: 'initial',
    on: {
      ClientHello: to(readSecondClientHello, 'ExpectEndOfEarlyData', 'ExpectCertificate', 'ExpectFinished'),
    },
  },
  ExpectEndOfEarlyData: {
    level: 'early',
    on: { EndOfEarlyData: to(readEndOfEarlyData, 'ExpectFinished') },
  },
  ExpectCertificate: {
    level: 'handshake',
    on: {
      Certificate: to(readCertificate, 'ExpectCertificateVerify', 'ExpectFinished'),
      CompressedCertificate: when(
        compressionRequested,
        to(readCompressedCertificate, 'ExpectCertificateVerify', 'ExpectFinished'),
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
      KeyUpdate: to(receiveKeyUpdate<ServerConnected>, 'Connected'),
      Certificate: when(
        isAwaited,
        to(
          readPostHandshakeCertificate,
          'ExpectPostHandshakeCertificateVerify',
          'ExpectPostHandshakeFinished',
        ),
      ),
      CompressedCertificate: when(
        isAwaited,
        when(
          compressionRequestedLater,
          to(
            readPostHandshakeCompressedCertificate,
            'ExpectPostHandshakeCertificateVerify',
            'ExpectPostHandshakeFinished',
          ),
        ),
      ),
    },
  },
  ExpectPostHandshakeCertificateVerify: {
    level: 'application',
    uninterrupted: true,
    on: { CertificateVerify: to(readPostHandshakeCertificateVerify, 'ExpectPostHandshakeFinished') },
  },
  ExpectPostHandshakeFinished: {
    level: 'application',
    uninterrupted: true,
    on: { Finished: to(readPostHandshakeFinished, 'Connected') },
  },
}
