/**
 * An open door for extensions that this package knows nothing of, quic_transport_parameters among them (RFC 9001 §8.2):
 * the owner's bytes go out in ClientHello and EncryptedExtensions, the peer's bytes of the same types come back to it.
 */
import {
  codeText,
  ExtensionType,
  inWords,
  isAllowedIn,
  isGrease,
  TlsError,
  type Extension,
} from '@mortise/wire'
import * as faults from '@mortise/wire/faults'

/** What the handshake acts upon by itself, or what would have to be acted upon elsewhere. */
const ours: readonly number[] = /* @__PURE__ */ Object.freeze([
  ExtensionType.server_name,
  ExtensionType.max_fragment_length,
  ExtensionType.status_request,
  ExtensionType.supported_groups,
  ExtensionType.signature_algorithms,
  ExtensionType.application_layer_protocol_negotiation,
  ExtensionType.signed_certificate_timestamp,
  ExtensionType.client_certificate_type,
  ExtensionType.server_certificate_type,
  ExtensionType.padding,
  ExtensionType.compress_certificate,
  ExtensionType.record_size_limit,
  ExtensionType.delegated_credential,
  ExtensionType.pre_shared_key,
  ExtensionType.early_data,
  ExtensionType.supported_versions,
  ExtensionType.cookie,
  ExtensionType.psk_key_exchange_modes,
  ExtensionType.certificate_authorities,
  ExtensionType.oid_filters,
  ExtensionType.post_handshake_auth,
  ExtensionType.signature_algorithms_cert,
  ExtensionType.key_share,
  ExtensionType.encrypted_client_hello,
])

/**
 * None that is ours, none twice, none that the message must not carry (RFC 9846 §4.3).
 * @throws TlsError `ERR_TLS_CONFIG`
 */
export function checkPrivateExtensions(
  extensions: readonly Extension[],
  message: 'clientHello' | 'encryptedExtensions',
): readonly Extension[] {
  const types = extensions.map(({ extensionType }) => extensionType)
  const wrong = types.find(
    (type, i) =>
      !(type >= 0 && type <= 0xffff) ||
      ours.includes(type) ||
      isGrease(type) ||
      !isAllowedIn(type, message) ||
      types.indexOf(type) !== i,
  )
  if (wrong !== undefined)
    throw new TlsError(faults.ERR_TLS_CONFIG, {
      detail:
        inWords && `extension ${codeText.extensionType(wrong)} can't be a private one, or stands there twice`,
    })
  return extensions
}

/** Those of `received` whose types are among `own`: copies, for the owner. */
export function privateExtensionsOf(
  received: readonly Extension[],
  own: readonly Extension[],
): readonly Extension[] {
  return received
    .filter(({ extensionType: type }) => own.some(({ extensionType }) => extensionType === type))
    .map(({ extensionType, extensionData }) => ({ extensionType, extensionData: extensionData.slice() }))
}
