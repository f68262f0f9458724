/** The messages that carry extensions (RFC 9846 §4.3). A HelloRetryRequest is one of its own. */
export type ExtensionMessage =
  | 'clientHello'
  | 'serverHello'
  | 'helloRetryRequest'
  | 'encryptedExtensions'
  | 'certificateRequest'
  | 'certificate'
  | 'newSessionTicket'
