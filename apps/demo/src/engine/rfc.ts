/** Where RFC 9846 says what. */
import type { TlsErrorCode } from '@mortise/wire'
import type { Failure, Message } from './recording.ts'

const messageSections: Readonly<Record<string, string>> = {
  ClientHello: '4.2.2',
  ServerHello: '4.2.3',
  HelloRetryRequest: '4.2.4',
  EncryptedExtensions: '4.4.1',
  CertificateRequest: '4.4.2',
  Certificate: '4.5.1',
  CertificateVerify: '4.5.2',
  Finished: '4.5.3',
  EndOfEarlyData: '4.6',
  NewSessionTicket: '4.7.1',
  KeyUpdate: '4.7.3',
  change_cipher_spec: '5',
  'Application Data': '5.2',
}

export function messageSection({ kind, name, bytes }: Pick<Message, 'kind' | 'name' | 'bytes'>): string {
  const closeNotify = 0
  if (kind === 'alert') return bytes[1] === closeNotify ? '6.1' : '6.2'
  return messageSections[name] ?? '4'
}

const codeSections: { readonly [Code in TlsErrorCode]?: string } = {
  ERR_TLS_UNEXPECTED_MESSAGE: '4',
  ERR_TLS_UNEXPECTED_RECORD: '5',
  ERR_TLS_BAD_RECORD_MAC: '5.2',
  ERR_TLS_DECODE: '6.2',
  ERR_TLS_VERSION_NOT_OFFERED: '4.3.1',
  ERR_TLS_PROTOCOL_VERSION: '4.3.1',
  ERR_TLS_BAD_CERTIFICATE_VERIFY: '4.5.2',
  ERR_TLS_BAD_FINISHED: '4.5.3',
}

/** The rule that was broken; of a certificate, how one is judged. */
export function failureSection({ code, blame }: Failure): string {
  return codeSections[code] ?? (blame === 'certificate' ? '4.5.1.3' : '6.2')
}

export function sectionAddress(section: string): string {
  return `https://www.rfc-editor.org/rfc/rfc9846#section-${section}`
}

/** §4.5.1 for what the handshake settles about keys, §7.1 for secrets: where the key schedule is drawn. */
export const keyScheduleSection = '7.1'
